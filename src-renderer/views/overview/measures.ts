/** The five measures of the overview, each on a scale with its limit and what it is compared with. */
import { formatNumber, formatQuantity, type Digits } from '../../components/format-number.ts';
import type { PlanPayload, PlanSummaryPayload } from '../../../src-main/contract/plan.ts';

export interface Measure {
  key: 'cost' | 'violation' | 'reserve' | 'energy' | 'peak';
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

/** The share of days with a violation that is aimed for. */
export const violationTarget = 0.05;

export function measuresOf(plan: PlanPayload, previous: PlanSummaryPayload | null): Measure[] {
  return [
    costMeasure(plan, previous),
    violationMeasure(plan),
    reserveMeasure(plan),
    energyMeasure(plan),
    peakMeasure(plan),
  ];
}

function costMeasure(plan: PlanPayload, previous: PlanSummaryPayload | null): Measure {
  const comparisons = [
    ...(plan.withoutV2g ? [{ value: plan.withoutV2g.cost, label: 'without V2G' }] : []),
    ...(previous && previous.currency === plan.currency
      ? [{ value: previous.totalCost, label: `plan of ${previous.day}` }]
      : []),
  ];
  const all = [0, plan.cost.total, ...comparisons.map((mark) => mark.value)];
  const saved = plan.withoutV2g && plan.withoutV2g.cost > 0 ? 1 - plan.cost.total / plan.withoutV2g.cost : null;
  const change =
    saved === null
      ? ''
      : `${percentText(Math.abs(saved))} ${saved >= 0 ? 'less' : 'more'} than the same day without V2G.`;
  return {
    key: 'cost',
    label: 'Worst-case cost',
    value: plan.cost.total,
    unit: plan.currency,
    min: Math.min(...all),
    max: roundUp(Math.max(...all) * 1.05),
    limit: null,
    comparisons,
    sentence: change,
    screen: 'schedule',
    slot: null,
  };
}

function violationMeasure(plan: PlanPayload): Measure {
  const share = plan.test?.anyViolation ?? null;
  const percent = share === null ? null : 100 * share.share;
  return {
    key: 'violation',
    label: 'Chance of a violation',
    value: percent,
    unit: '%',
    min: 0,
    max: roundUp(Math.max(10, (percent ?? 0) * 1.2)),
    limit: { value: 100 * violationTarget, label: 'target' },
    comparisons: [],
    sentence:
      share === null
        ? 'Not tested out of sample yet.'
        : `On ${count(share.hits)} of ${count(share.trials)} days drawn, some limit would break.`,
    screen: 'risk',
    slot: null,
  };
}

function reserveMeasure(plan: PlanPayload): Measure {
  const { requiredKw, availableKw } = plan.reserve;
  let thinnest = 0;
  for (let slot = 1; slot < plan.horizon.slots; slot++)
    if (margin(plan, slot) < margin(plan, thinnest)) thinnest = slot;
  const none = plan.horizon.slots === 0;
  const available = none ? null : (availableKw[thinnest] ?? 0);
  const required = requiredKw[thinnest] ?? 0;
  const spare = (available ?? 0) - required;
  return {
    key: 'reserve',
    label: 'Reserve at its thinnest',
    value: available,
    unit: 'kW',
    min: Math.min(0, available ?? 0),
    max: roundUp(1.2 * Math.max(required, available ?? 0, 1)),
    limit: none ? null : { value: required, label: 'required', digits: 3 },
    comparisons: [],
    sentence: none
      ? ''
      : `${formatQuantity(Math.abs(spare), 'kW', 3)} ${spare < 0 ? 'below' : 'above'} the requirement, thinnest at ${plan.horizon.labels[thinnest] ?? ''}.`,
    screen: 'schedule',
    slot: thinnest,
  };
}

const margin = (plan: PlanPayload, slot: number): number =>
  (plan.reserve.availableKw[slot] ?? 0) - (plan.reserve.requiredKw[slot] ?? 0);

function energyMeasure(plan: PlanPayload): Measure {
  const needed = sum(plan.aggregators.map((one) => one.neededKwh));
  const unmet = sum(plan.aggregators.map((one) => one.unmetKwh));
  const cars = sum(plan.aggregators.map((one) => one.cars));
  return {
    key: 'energy',
    label: 'EV energy met',
    value: needed === 0 ? null : (100 * (needed - unmet)) / needed,
    unit: '%',
    min: 0,
    max: 100,
    limit: { value: 100, label: 'wanted' },
    comparisons: [],
    sentence: `${count(cars)} cars leave${unmet > 0 ? `, together ${count(unmet)} kWh short.` : ' with what they need.'}`,
    screen: 'schedule',
    slot: null,
  };
}

function peakMeasure(plan: PlanPayload): Measure {
  const without = plan.withoutV2g?.peakKw;
  return {
    key: 'peak',
    label: 'Peak demand with EVs',
    value: plan.peakKw,
    unit: 'kW',
    min: 0,
    max: roundUp(Math.max(plan.peakKw, without ?? 0) * 1.05),
    limit: null,
    comparisons: without === undefined ? [] : [{ value: without, label: 'without V2G' }],
    sentence:
      without === undefined || without <= 0
        ? ''
        : `${percentText(Math.abs(1 - plan.peakKw / without))} ${plan.peakKw <= without ? 'lower' : 'higher'} than without V2G.`,
    screen: 'schedule',
    slot: null,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const count = (value: number): string => formatNumber(value, 'count');
const percentText = (share: number): string => formatQuantity(100 * share, '%', 3);

/** The next tenth of the value's decade: a scale end that reads well. */
function roundUp(value: number): number {
  if (value <= 0) return 1;
  const decade = 10 ** Math.floor(Math.log10(value));
  return (Math.ceil((value / decade) * 10 - 1e-9) / 10) * decade;
}
