import { defaultTargetDays } from '../../../contract/defaults.ts';
import type { DialPayload } from '../../../contract/risk-curve.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, numberOption, type Command } from '../command.ts';
import { dayOption, fitOptionsHelp } from '../day-option.ts';
import { networkOptionsHelp, networkOptionsOf } from '../network-options.ts';
import { priceOptionsHelp, priceOptionsOf } from '../price-options.ts';
import { chanceLine, scaleWords } from '../set-text.ts';
import { number, percent, table } from '../table.ts';
import { truckOptionsHelp, truckOptionsOf } from '../truck-options.ts';
import { planCommand, planOptionsOf, solveOptionsHelp } from './plan.ts';

const defaultTarget = 1 / defaultTargetDays;

export const dialCommand: Command = {
  name: 'dial',
  takes: '',
  summary: 'The least size of a set that keeps a wanted chance of a violation, measured on days not planned for.',
  options: {
    ...dayOption,
    target: {
      type: 'string',
      value: 'SHARE',
      help: `Largest wanted chance of any violation in a day; ${defaultTarget} unless said otherwise.`,
    },
    protection: planCommand.options['protection']!,
    ...networkOptionsHelp,
    ...solveOptionsHelp,
    ...truckOptionsHelp,
    ...priceOptionsHelp,
    ...fitOptionsHelp,
  },
  async run(context) {
    const { values } = context;
    const ask = await createAsk(context);
    const options = {
      ...(await planOptionsOf(values, ask)),
      ...priceOptionsOf(values),
      ...networkOptionsOf(values),
      ...truckOptionsOf(values),
    };
    const target = numberOption(values, 'target') ?? defaultTarget;
    const dial = (await runJob(context, 'risk.dial', { ...options, target })) as DialPayload;
    context.output.result(dial, () => dialText(dial));
    return exitCodes.done;
  },
};

export function dialText({
  day,
  target,
  verdict,
  unsolved,
  size,
  points,
  flat,
  currency,
  scale,
  setting,
  evidenceDays,
  chance,
}: DialPayload): string {
  const wanted = percent(target);
  const sized = (value: number): string => `${scale.symbol} ${number(value, 3)}`;
  const at = points.find((point) => point.size === size);
  const reached = points.findLast(({ state }) => state === 'solved');
  const impossible = points.find(({ state }) => state === 'infeasible');
  const lowest = `the lowest is ${percent(at?.anyViolation.share ?? NaN)}, from ${sized(size)} on`;
  const answer = {
    met: `${sized(size)} of ${number(scale.most, 3)} (${scale.kind}: ${scaleWords(scale)}) is the least that keeps the chance of a violation on ${day} at ${wanted} or less.`,
    'not-binding': `No protection is needed on ${day}: the chance of a violation is at most ${wanted} without any.`,
    'not-reached': reached
      ? `Not even ${sized(reached.size)}, the largest of this set (${scale.kind}) that ${impossible ? 'can be planned with' : 'there is'}, keeps the chance of a violation on ${day} at ${wanted}; ${lowest}. Raise the nominal coverage or the window of the set, or take another kind.`
      : `No size of this set (${scale.kind}) can be planned with on ${day}: ${impossible?.problem ?? ''}`,
    unsolved: reached
      ? `Whether this set (${scale.kind}) keeps the chance of a violation on ${day} at ${wanted} is not known: of the sizes solved none does (${lowest}), and ${counted(unsolved)} had no plan in time. Allow more time (--time-limit), or take another kind.`
      : `Nothing is known of this set (${scale.kind}) on ${day}: none of the sizes tried had a plan in time. Allow more time (--time-limit), or take another kind.`,
  }[verdict];
  const extra = `${number(setting.extraCost, 2)} ${currency}`;
  const judged = {
    absurd: `${sized(setting.size)}, in force, is absurdly conservative: ${extra} dearer, more than twice the price of protection that keeps the target.`,
    dear: `${sized(setting.size)}, in force, costs ${extra} more and is measured no safer.`,
    short: `${sized(setting.size)}, in force, does not keep the target.`,
    fair: '',
    untold: '',
  }[setting.verdict];
  return [
    answer,
    table(
      [scale.symbol, `cost ${currency}`, 'any violation', 'bound', 'state'],
      points.map((point) => [
        number(point.size, 3),
        number(point.totalCost, 2),
        percent(point.anyViolation.share),
        percent(point.bound),
        point.state === 'solved' ? 'solved' : `${point.state}: ${point.problem}`,
      ]),
    ),
    chanceLine(chance),
    flat ? 'Robustness is worth nothing today: protection costs nothing and the curve is flat.' : '',
    judged,
    unsolved > 0 && verdict !== 'unsolved'
      ? `Below it ${counted(unsolved)} had no plan in time: a smaller one may keep the target too.`
      : '',
    target * evidenceDays < 1
      ? `Measured on ${evidenceDays} real days, which cannot tell ${wanted} from none.`
      : `Measured on ${evidenceDays} real days.`,
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

const counted = (sizes: number): string => (sizes === 1 ? '1 size' : `${sizes} sizes`);
