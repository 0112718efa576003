/** A fitted set of whole days, and the worst day of a plan, as the screens read them. */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { DaySetFit } from '../../uncertainty/day-set.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import type { WorstCaseDay } from '../../verify/types.ts';
import { worstSlotsKw } from './deviation-days.ts';
import { sumSlots } from '../plan/plan-totals.ts';

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

export function worstCaseView(worst: WorstCaseDay, { slots, uncertainty }: V2gProblem) {
  const { component, deviationKw, ...limit } = worst;
  const named = uncertainty.components.map(({ id, name }, index) => ({
    id,
    name,
    valueKw: Float64Array.from(deviationKw[index] ?? []),
  }));
  return {
    ...limit,
    componentId: named[component]?.id ?? '',
    componentName: named[component]?.name ?? '',
    deviationKw: named,
    netKw: sumSlots(slots, deviationKw),
  };
}
