/**
 * Fuel and wear of what single units add, on the day of the set on which that is dearest: Σ_t w_t u_t with w_t the cost of the slot's whole
 * response and u_t ≤ 1 the part of its worst deviation that the day brings.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { chordCostPerHour } from './chord-cost.ts';
import { gasResponseKw, storageResponseKw } from './responses.ts';
import { worstDayOf } from './set-worst-day.ts';

/** What that day pays in each slot [slot]; all 0 where no unit takes a share. */
export function responseCostBySlot(problem: V2gProblem, schedule: V2gSchedule): Float64Array {
  const { slots, slotHours, uncertainty } = problem;
  if (schedule.responseShare === undefined) return new Float64Array(slots);
  const whole = Float64Array.from({ length: slots }, (_, slot) => {
    let hourly = 0;
    problem.gas.forEach((unit, k) => {
      const kw = schedule.gas[k]!.outputKw[slot]!;
      hourly += chordCostPerHour(unit, kw + gasResponseKw(problem, schedule, k, slot)) - chordCostPerHour(unit, kw);
    });
    problem.storage.forEach((unit, k) => (hourly += unit.degradationPerKwh * storageResponseKw(schedule, k, slot)));
    return Math.max(0, hourly * slotHours);
  });
  if (uncertainty.set === undefined) return whole;
  const weights = whole.map((cost, slot) => (cost > 0 ? cost / schedule.worstDeviationKw[slot]! : 0));
  const { deviation } = worstDayOf(uncertainty.set, slots, weights);
  const paid = new Float64Array(slots);
  deviation.forEach((kw, j) => (paid[j % slots]! += kw * weights[j % slots]!));
  return paid;
}
