import { defaultCurvePoints } from '../../../contract/defaults.ts';
import type { SweepPayload, SweepResultPayload } from '../../../contract/risk-curve.ts';
import { setKind, type SetKindPayload } from '../../../contract/uncertainty.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, numberOption, wrongUsage, type Command, type OptionValues } from '../command.ts';
import { dayOption, fitOptionsHelp } from '../day-option.ts';
import { networkOptionsHelp, networkOptionsOf } from '../network-options.ts';
import { priceOptionsHelp, priceOptionsOf } from '../price-options.ts';
import { boundWords, chanceLine, scaleWords } from '../set-text.ts';
import { number, percent, table } from '../table.ts';
import { truckOptionsHelp, truckOptionsOf } from '../truck-options.ts';
import { planOptionsOf, requireProtections, solveOptionsHelp } from './plan.ts';

const { size: _size, ...curveOptionsHelp } = solveOptionsHelp;

export const sweepCommand: Command = {
  name: 'sweep',
  takes: '',
  summary: 'Cost against measured risk: the day solved and tested along the size of a set, or of several kinds.',
  options: {
    ...dayOption,
    kinds: {
      type: 'string',
      value: 'KIND,KIND,…|all',
      help: 'Kinds of set, a curve each; that of --set unless said otherwise.',
    },
    sizes: {
      type: 'string',
      value: 'SIZE,SIZE,…',
      help: "Points of the curve on the set's own scale; evenly along it unless said otherwise.",
    },
    points: {
      type: 'string',
      value: 'N',
      help: `How many points along a scale; ${defaultCurvePoints} unless said otherwise, and for a budget 0, 1, … to all components.`,
    },
    protections: { type: 'string', value: 'α,α,…', help: 'The same as --sizes, for a budget.' },
    ...networkOptionsHelp,
    ...curveOptionsHelp,
    ...truckOptionsHelp,
    ...priceOptionsHelp,
    ...fitOptionsHelp,
  },
  async run(context) {
    const { values } = context;
    const ask = await createAsk(context);
    const { set, size: __, ...options } = await planOptionsOf(values, ask);
    const { site } = await ask('desk.state', {});
    const components = site?.components ?? 0;
    const kinds = kindsOf(values['kinds']) ?? [set];
    const budgetAlone = kinds.length === 1 && kinds[0] === 'budget';
    const protections = numbersOf('protections', values['protections']);
    if (protections && !budgetAlone)
      throw wrongUsage('--protections goes with a budget alone; other sets have --sizes.');
    if (protections) requireProtections('protections', protections, components);
    const points = numberOption(values, 'points');
    if (points !== undefined && !(Number.isInteger(points) && points >= 2))
      throw wrongUsage('--points takes a whole number from 2 on.');
    const whole = budgetAlone && points === undefined ? wholeSteps(components) : null;
    const sizes = protections ?? numbersOf('sizes', values['sizes']) ?? whole;
    const sweep = (await runJob(context, 'risk.sweep', {
      ...options,
      ...priceOptionsOf(values),
      ...networkOptionsOf(values),
      ...truckOptionsOf(values),
      kinds,
      points: points ?? defaultCurvePoints,
      ...(sizes ? { sizes } : {}),
    })) as SweepResultPayload;
    context.output.result(sweep, () => sweepText(sweep));
    return exitCodes.done;
  },
};

const wholeSteps = (components: number): number[] => Array.from({ length: components + 1 }, (_, point) => point);

function numbersOf(name: string, option: OptionValues[string]): number[] | null {
  if (typeof option !== 'string') return null;
  const numbers = option.split(',').map((text) => (text.trim() === '' ? NaN : Number(text)));
  if (numbers.some((value) => !(value >= 0))) throw wrongUsage(`--${name} takes numbers with commas, not "${option}".`);
  return numbers;
}

function kindsOf(option: OptionValues[string]): SetKindPayload[] | null {
  if (typeof option !== 'string') return null;
  if (option === 'all') return [...setKind.options];
  return option.split(',').map((text) => {
    const kind = setKind.options.find((each) => each === text.trim());
    if (kind === undefined) throw wrongUsage(`--kinds takes all, or of ${setKind.options.join(', ')}; not "${text}".`);
    return kind;
  });
}

function sweepText({ curves, refused }: SweepResultPayload): string {
  return [
    ...curves.map(curveText),
    ...refused.map(({ kind, problem }) => `No curve for ${kind}: ${problem}`),
    curves.length > 1 ? 'dial --set KIND finds the least size of a kind that keeps a wanted chance.' : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function curveText({ day, currency, points, flat, scale, promises, evidenceDays, chance }: SweepPayload): string {
  return [
    `Risk curve of ${day}, ${scale.kind}: ${scaleWords(scale)}. Chances measured on ${evidenceDays} real days; bounds of ${boundWords(promises)}.`,
    table(
      [
        scale.symbol,
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
        number(point.size, 2),
        number(point.totalCost, 2),
        percent(point.anyViolation.share),
        percent(point.largestSingle.share),
        percent(point.bound),
        number(point.expectedUnservedKwh),
        number(point.chargeKwh, 0),
        number(point.dischargeKwh, 0),
        point.state === 'solved' ? 'solved' : `${point.state}: ${point.problem}`,
      ]),
    ),
    chanceLine(chance),
    flat ? 'Protection costs nothing on this day: the curve is flat.' : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
