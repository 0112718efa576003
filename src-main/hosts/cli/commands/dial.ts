import { defaultTargetDays } from '../../../contract/defaults.ts';
import type { DialPayload } from '../../../contract/plan.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, numberOption, type Command } from '../command.ts';
import { dayOption, fitOptionsHelp } from '../day-option.ts';
import { number, percent, table } from '../table.ts';
import { planOptionsOf, solveOptionsHelp } from './plan.ts';

const defaultTarget = 1 / defaultTargetDays;

export const dialCommand: Command = {
  name: 'dial',
  takes: '',
  summary: 'The least protection that keeps a wanted chance of a violation, measured on days not planned for.',
  options: {
    ...dayOption,
    target: {
      type: 'string',
      value: 'SHARE',
      help: `Largest wanted chance of any violation in a day; ${defaultTarget} unless said otherwise.`,
    },
    ...solveOptionsHelp,
    ...fitOptionsHelp,
  },
  async run(context) {
    const ask = await createAsk(context);
    const options = await planOptionsOf(context.values, ask);
    const target = numberOption(context.values, 'target') ?? defaultTarget;
    const dial = (await runJob(context, 'risk.dial', { ...options, target })) as DialPayload;
    context.output.result(dial, () => dialText(dial));
    return exitCodes.done;
  },
};

function dialText({
  day,
  target,
  verdict,
  protection,
  points,
  flat,
  currency,
  components,
  evidenceDays,
}: DialPayload): string {
  const wanted = percent(target);
  const at = points.find((point) => point.protection === protection);
  const answer = {
    met: `Protection ${number(protection, 3)} of ${components} is the least that keeps the chance of a violation on ${day} at ${wanted} or less.`,
    'not-binding': `No protection is needed on ${day}: the chance of a violation is at most ${wanted} without any.`,
    'not-reached': `Not even full protection keeps the chance of a violation on ${day} at ${wanted}; the lowest is ${percent(at?.anyViolation.share ?? NaN)}, from protection ${number(protection, 3)} on. Raise the nominal coverage or the window of the set.`,
  }[verdict];
  return [
    answer,
    table(
      ['protection', `cost ${currency}`, 'any violation', 'state'],
      points.map((point) => [
        number(point.protection, 3),
        number(point.totalCost, 2),
        percent(point.anyViolation.share),
        point.state === 'solved' ? 'solved' : `${point.state}: ${point.problem}`,
      ]),
    ),
    flat ? 'Protection costs nothing on this day: the curve is flat.' : '',
    target * evidenceDays < 1
      ? `Measured on ${evidenceDays} real days, which cannot tell ${wanted} from none.`
      : `Measured on ${evidenceDays} real days.`,
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}
