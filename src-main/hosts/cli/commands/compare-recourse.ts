import type { RecourseComparisonPayload } from '../../../contract/comparisons.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, type Command } from '../command.ts';
import { dayOption, fitOptionsHelp } from '../day-option.ts';
import { number, table } from '../table.ts';
import { planOptionsOf, solveOptionsHelp } from './plan.ts';

const { recourse: _recourse, ...solveOptions } = solveOptionsHelp;

export const compareRecourseCommand: Command = {
  name: 'compare-recourse',
  takes: '',
  summary:
    'What each step of adaptivity buys on a day: static, a share for the EV pool, one for every resource, and everything decided late. Nothing is stored.',
  options: {
    ...dayOption,
    protection: {
      type: 'string',
      value: 'α',
      help: 'How many components may deviate at once; two thirds of them unless said otherwise.',
    },
    ...solveOptions,
    ...fitOptionsHelp,
  },
  async run(context) {
    const ask = await createAsk(context);
    const { recourse: _, ...options } = await planOptionsOf(context.values, ask);
    const found = (await runJob(context, 'plan.compareRecourse', options)) as RecourseComparisonPayload;
    context.output.result(found, () => recourseText(found));
    return exitCodes.done;
  },
};

function recourseText({ day, currency, steps, worstKw }: RecourseComparisonPayload): string {
  const [first] = steps;
  const rows = steps.map(({ recourse, lower, upper, rounds, seconds, problem }) => [
    recourse,
    problem === '' ? number(lower, 2) : problem,
    problem === '' ? number(upper, 2) : '',
    problem === '' && first ? number(first.upper - upper, 2) : '',
    number(rounds, 0),
    number(seconds, 1),
  ]);
  const moved = Array.from(worstKw.keys()).filter((slot) => worstKw[slot]! > 0);
  return [
    `Worst-case cost of ${day}, ${currency}:`,
    table(['recourse', 'at least', 'at most', 'saves', 'rounds', 'seconds'], rows),
    ...(moved.length > 0 && moved.length < worstKw.length
      ? [`Worst slots when all is decided late: ${moved.join(', ')}.`]
      : []),
  ].join('\n\n');
}
