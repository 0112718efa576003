/** A fitted set of whole days, and the worst day of a plan, as the screens read them. */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import { convexForm, type DaySetFit, type UncertaintySet } from '../../uncertainty/day-set.ts';
import { dayScale, sizeOf } from '../../uncertainty/set-size.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import type { WorstCaseDay } from '../../verify/types.ts';
import { worstSlotsKw } from './deviation-days.ts';
import { sumSlots } from '../plan/plan-totals.ts';
import { promiseAtSize } from './promise-at-size.ts';

export function daySetView({ kind, set, size, facts, evidence }: DaySetFit, slots: number, slotHours: number) {
  const worstKw = worstSlotsKw(set, slots);
  return {
    kind,
    size,
    facts,
    worstKw: Float64Array.from(worstKw),
    meanWorstKw: worstKw.reduce((sum, kw) => sum + kw, 0) / slots,
    worstDayKwh: slotHours * setWorstCase(totalSet(set, slots), new Array<number>(slots).fill(1)),
    evidence,
  };
}

/** The fit with the set of a plan that was made at another size than the fitted; what was measured stays that of the fitted size. */
export function atSizeOf(fit: DaySetFit, set: UncertaintySet): DaySetFit {
  const scale = dayScale(fit);
  const value = sizeOf(set, fit);
  if (Math.abs(value - scale.fitted) <= 1e-9 * scale.fitted) return fit;
  const { evidence } = fit;
  return {
    ...fit,
    set,
    size: { name: scale.name, value },
    facts: [...fit.facts, `coverage was measured at the fitted size, ${scale.fitted.toPrecision(3)}`],
    evidence: { ...evidence, guarantee: { ...evidence.guarantee, ...promiseAtSize(fit, value) } },
  };
}

/** The fit of a ball whose CVaR form a plan was made with; what was measured stays that of the fitted form, which is never wider. */
export function inConvexForm(fit: DaySetFit): DaySetFit {
  if (fit.set.kind !== 'wasserstein-exact') return fit;
  return {
    ...fit,
    kind: 'wasserstein',
    set: convexForm(fit.set),
    facts: [...fit.facts, 'planned by the CVaR form; coverage was measured of the exact one'],
  };
}

export function worstCaseView(worst: WorstCaseDay, { slots, uncertainty }: V2gProblem) {
  const { component, componentSlot = worst.slot, deviationKw, ...limit } = worst;
  const named = uncertainty.components.map(({ id, name }, index) => ({
    id,
    name,
    valueKw: Float64Array.from(deviationKw[index] ?? []),
  }));
  return {
    ...limit,
    componentSlot,
    componentId: named[component]?.id ?? '',
    componentName: named[component]?.name ?? '',
    deviationKw: named,
    netKw: sumSlots(slots, deviationKw),
  };
}
