/** The measures of the overview: what the core compared, given a name, a scale and a sentence. */
import { formatNumber, formatQuantity, type Digits } from '../../components/format-number.ts';
import type { PlanPayload } from '../../../src-main/contract/plan.ts';

type Compared = PlanPayload['measures'][number];

export interface Measure {
  key: Compared['key'];
  label: string;
  value: number | null;
  unit: string;
  min: number;
  max: number;
  limit: { value: number; label: string; digits?: Digits } | null;
  comparisons: { value: number; label: string }[];
  sentence: string;
  screen: 'schedule' | 'risk';
  /** Slot the measure speaks of, if one. */
  slot: number | null;
}

export function measuresOf(plan: PlanPayload): Measure[] {
  return plan.measures.map((compared) => {
    const unit = compared.key === 'cost' ? plan.currency : units[compared.key];
    const comparisons = [
      ...(compared.withoutV2g === null ? [] : [{ value: compared.withoutV2g, label: 'without V2G' }]),
      ...(compared.earlier === null || plan.earlier.kind !== 'plan'
        ? []
        : [{ value: compared.earlier, label: `plan of ${plan.earlier.day}` }]),
    ];
    return {
      key: compared.key,
      label: labels[compared.key],
      value: compared.value,
      unit,
      ...scaleOf(compared),
      limit: limitOf(compared),
      comparisons,
      sentence: sentences[compared.key](plan, compared),
      screen: compared.key === 'violation' ? 'risk' : 'schedule',
      slot: compared.slot,
    };
  });
}

/** What the measures are compared with, in one line; what is absent is said. */
export function comparedWith({ earlier, withoutV2g }: PlanPayload): string {
  const limits = withoutV2g ? 'Against limits, no V2G' : 'Against limits';
  switch (earlier.kind) {
    case 'plan':
      return `${limits}, the ${earlier.status === 'approved' ? 'approved' : 'last'} plan of ${earlier.day}`;
    case 'unreadable':
      return `${limits}; plan of ${earlier.day} cannot be read`;
    case 'none':
      return `${limits}; no earlier plan exists`;
  }
}

const labels: Record<Compared['key'], string> = {
  cost: 'Worst-case cost',
  violation: 'Chance of a violation',
  reserve: 'Reserve at its thinnest',
  energy: 'EV energy met',
  peak: 'Peak demand with EVs',
};
const units = { violation: '%', reserve: 'kW', energy: '%', peak: 'kW' } as const;

function scaleOf({ key, value, limit, withoutV2g, earlier }: Compared): { min: number; max: number } {
  if (key === 'energy') return { min: 0, max: 100 };
  const marks = [value, limit, withoutV2g, earlier].filter((mark) => mark !== null);
  const least = key === 'violation' ? 10 : 1;
  const highest = Math.max(0, ...marks);
  return { min: Math.min(0, ...marks), max: roundUp(Math.max(least, highest * 1.1)) };
}

function limitOf({ key, limit }: Compared): Measure['limit'] {
  if (limit === null) return null;
  const words = { violation: 'target', reserve: 'required', energy: 'wanted', cost: 'limit', peak: 'limit' } as const;
  return { value: limit, label: words[key], ...(key === 'reserve' ? { digits: 3 as const } : {}) };
}

const sentences: Record<Compared['key'], (plan: PlanPayload, compared: Compared) => string> = {
  cost: (_, { value, withoutV2g }) => against(value, withoutV2g, ['less', 'more'], 'the same day without V2G'),
  violation: ({ test }) =>
    test === null
      ? 'Not tested out of sample yet.'
      : `On ${count(test.anyViolation.hits)} of ${count(test.anyViolation.trials)} days drawn, some limit would break.`,
  reserve: (plan, { value, limit, slot }) => {
    if (value === null || limit === null) return '';
    const spare = value - limit;
    return `${formatQuantity(Math.abs(spare), 'kW', 3)} ${spare < 0 ? 'below' : 'above'} the requirement, thinnest at ${plan.horizon.labels[slot ?? 0] ?? ''}.`;
  },
  energy: (plan) => {
    const unmet = sum(plan.aggregators.map((one) => one.unmetKwh));
    const cars = sum(plan.aggregators.map((one) => one.cars));
    return `${count(cars)} cars leave${unmet > 0 ? `, together ${formatQuantity(unmet, 'kWh', 3)} short.` : ' with what they need.'}`;
  },
  peak: (_, { value, withoutV2g }) => against(value, withoutV2g, ['lower', 'higher'], 'without V2G'),
};

function against(
  value: number | null,
  other: number | null,
  [less, more]: readonly [string, string],
  what: string,
): string {
  if (value === null || other === null || other <= 0) return '';
  const change = 1 - value / other;
  return `${formatQuantity(100 * Math.abs(change), '%', 3)} ${change >= 0 ? less : more} than ${what}.`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const count = (value: number): string => formatNumber(value, 'count');

/** The next tenth of the value's decade: a scale end that reads well. */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return (Math.ceil((value / decade) * 10 - 1e-9) / 10) * decade;
}
