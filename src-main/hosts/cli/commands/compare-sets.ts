import type { SetComparisonPayload } from '../../../contract/comparisons.ts';
import { setKind } from '../../../contract/uncertainty.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, wrongUsage, type Command, type OptionValues } from '../command.ts';
import { dayOption, fitOptionsHelp } from '../day-option.ts';
import { promiseText } from '../set-text.ts';
import { number, percent, table } from '../table.ts';
import { planOptionsOf, solveOptionsHelp } from './plan.ts';

const { set: _set, ...solveOptions } = solveOptionsHelp;

export const compareSetsCommand: Command = {
  name: 'compare-sets',
  takes: '',
  summary: 'One day under several kinds of sets: promise, coverage, cost, worst day. Nothing is stored.',
  options: {
    ...dayOption,
    kinds: {
      type: 'string',
      value: 'KIND,KIND,…',
      help: `Kinds compared; all unless said: ${setKind.options.join(', ')}.`,
    },
    protection: {
      type: 'string',
      value: 'α',
      help: 'Protection of the budget set; two thirds of the components unless said otherwise.',
    },
    ...solveOptions,
    ...fitOptionsHelp,
  },
  async run(context) {
    const ask = await createAsk(context);
    const kinds = kindsOf(context.values);
    const { set: _kind, ...options } = await planOptionsOf(context.values, ask);
    const comparison = (await runJob(context, 'plan.compareSets', { ...options, kinds })) as SetComparisonPayload;
    context.output.result(comparison, () => comparisonText(comparison));
    return exitCodes.done;
  },
};

/** @throws Refusal `usage` for a kind that is none */
function kindsOf({ kinds }: OptionValues): SetComparisonPayload['rows'][number]['kind'][] {
  if (typeof kinds !== 'string') return [...setKind.options];
  return kinds.split(',').map((text) => {
    const found = setKind.options.find((kind) => kind === text.trim());
    if (!found) throw wrongUsage(`--kinds takes ${setKind.options.join(', ')}, not "${text}".`);
    return found;
  });
}

function comparisonText({ day, currency, rows }: SetComparisonPayload): string {
  const heads = ['set', 'promise', 'about', 'verdict', 'slots below', 'whole days', 'worst slot kW', 'worst day kWh'];
  const lines = rows.map(({ kind, set, state, problem, totalCost, anyViolation, worstCase, solveMs }) => [
    kind,
    set ? promiseText(set.evidence) : '',
    set?.evidence.guarantee.event ?? '',
    set?.evidence.verdict ?? '',
    set ? percent(set.evidence.measured.limits.share) : '',
    set ? percent(set.evidence.measured.wholeDay.share) : '',
    set ? number(set.meanWorstKw, 0) : '',
    set ? number(set.worstDayKwh, 0) : '',
    state === 'solved' ? number(totalCost, 2) : problem,
    state === 'solved' ? percent(anyViolation.share) : '',
    worstCase ? `${worstCase.limit}, slot ${worstCase.slot}` : '',
    number(solveMs / 1000, 1),
  ]);
  return [
    `Sets for ${day}:`,
    table([...heads, `cost ${currency}`, 'days short', 'nearest limit', 'solve s'], lines),
  ].join('\n\n');
}
