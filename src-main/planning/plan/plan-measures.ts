/**
 * The measures of a plan, each beside its limit, the same day without V2G, and the plan of the latest earlier day that has one.
 * Numbers only: scales and words belong to the screen.
 */
import { peakKw, reserveKw } from './plan-totals.ts';
import type { PlanRecord } from '../ports.ts';

/** The share of days with a violation that is aimed for. */
export const violationTarget = 0.05;

export type MeasureKey = 'cost' | 'violation' | 'reserve' | 'energy' | 'peak';

export interface PlanMeasure {
  key: MeasureKey;
  /** Currency, %, kW, % and kW in the order of the keys; null where it was not measured or has no meaning. */
  value: number | null;
  limit: number | null;
  withoutV2g: number | null;
  /** Of the earlier plan; null when there is none, or nothing of it compares. */
  earlier: number | null;
  /** Slot the value speaks of, if one. */
  slot: number | null;
}

type Numbers = Record<MeasureKey, Pick<PlanMeasure, 'value' | 'limit' | 'slot'>>;

/** In the order in which the overview shows them. */
export function planMeasures(plan: PlanRecord, earlier: PlanRecord | null): PlanMeasure[] {
  const own = numbersOf(plan);
  const before = earlier && numbersOf(earlier);
  const sameMoney = earlier?.problem.currency === plan.problem.currency;
  const without: Partial<Record<MeasureKey, number>> = plan.baseline
    ? { cost: plan.baseline.cost, peak: plan.baseline.peakKw }
    : {};
  const keys: MeasureKey[] = ['cost', 'violation', 'reserve', 'energy', 'peak'];
  return keys.map((key) => ({
    key,
    ...own[key],
    withoutV2g: without[key] ?? null,
    earlier: key === 'cost' && !sameMoney ? null : (before?.[key].value ?? null),
  }));
}

function numbersOf({ problem, schedule, test }: PlanRecord): Numbers {
  const { required, available } = reserveKw(problem, schedule);
  const margin = (slot: number) => available[slot]! - required[slot]!;
  const thinnest = available.reduce((least, _, slot) => (margin(slot) < margin(least) ? slot : least), 0);
  const neededKwh = problem.evs.reduce((sum, ev) => sum + Math.max(0, ev.requiredKwh - ev.initialKwh), 0);
  const unmetKwh = schedule.evs.reduce((sum, ev) => sum + ev.unmetKwh, 0);
  return {
    cost: { value: schedule.totalCost, limit: null, slot: null },
    violation: { value: test && 100 * test.anyViolation.share, limit: 100 * violationTarget, slot: null },
    reserve: { value: available[thinnest] ?? null, limit: required[thinnest] ?? null, slot: thinnest },
    energy: { value: neededKwh === 0 ? null : (100 * (neededKwh - unmetKwh)) / neededKwh, limit: 100, slot: null },
    peak: { value: peakKw(problem, schedule), limit: null, slot: null },
  };
}
