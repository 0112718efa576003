import type { SweepPayload } from '../../../contract/plan.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, wrongUsage, type Command, type OptionValues } from '../command.ts';
import { dayOption, fitOptionsHelp } from '../day-option.ts';
import { number, percent, table } from '../table.ts';
import { planOptionsOf, requireProtections, solveOptionsHelp } from './plan.ts';

export const sweepCommand: Command = {
  name: 'sweep',
  takes: '',
  summary: 'Cost against risk: the day solved and tested at every protection.',
  options: {
    ...dayOption,
    protections: {
      type: 'string',
      value: 'α,α,…',
      help: 'Points of the curve; 0, 1, … to all components unless said otherwise.',
    },
    ...solveOptionsHelp,
    ...fitOptionsHelp,
  },
  async run(context) {
    const ask = await createAsk(context);
    const options = await planOptionsOf(context.values, ask);
    const { site } = await ask('desk.state', {});
    const components = site?.components ?? 0;
    const protections =
      protectionsOf(context.values.protections) ?? Array.from({ length: components + 1 }, (_, point) => point);
    requireProtections('protections', protections, components);
    const sweep = (await runJob(context, 'risk.sweep', { ...options, protections })) as SweepPayload;
    context.output.result(sweep, () => sweepText(sweep));
    return exitCodes.done;
  },
};

function protectionsOf(option: OptionValues[string]): number[] | null {
  if (typeof option !== 'string') return null;
  const numbers = option.split(',').map((text) => (text.trim() === '' ? NaN : Number(text)));
  if (numbers.some((value) => !(value >= 0)))
    throw wrongUsage(`--protections takes numbers with commas, not "${option}".`);
  return numbers;
}

function sweepText({ day, currency, points, flat }: SweepPayload): string {
  return [
    `Risk curve of ${day}.`,
    table(
      [
        'protection',
        `cost ${currency}`,
        'any violation',
        'one limit',
        'bound',
        'unserved kWh',
        'EV charge kWh',
        'EV discharge kWh',
        'state',
      ],
      points.map((point) => [
        number(point.protection, 2),
        number(point.totalCost, 2),
        percent(point.anyViolation.share),
        percent(point.largestSingle.share),
        percent(point.boundBinomial),
        number(point.expectedUnservedKwh),
        number(point.chargeKwh, 0),
        number(point.dischargeKwh, 0),
        point.state === 'solved' ? 'solved' : `${point.state}: ${point.problem}`,
      ]),
    ),
    flat ? 'Protection costs nothing on this day: the curve is flat.' : '',
  ].join('\n\n');
}
