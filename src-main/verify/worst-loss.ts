/**
 * Most that a day of the set can take from a car which gives w_t · ξ_t⁺ / β_t in slot t, w_t ≥ 0 in kWh. Days of a hull are tried one by one, for the sum is convex; a
 * budget only ever deviates upwards. Where limits need hold with a probability only it is what the worst law takes with that probability at most, no slot asked beyond β. For the other sets it is the worst day with what the car gets back on slots below the forecast, which is the least that must hold.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import { worstDayOf } from './set-worst-day.ts';
import { cappedLevel } from './worst-chance.ts';

/** @returns a function of w [slot]; with slots on their own, their sum. */
export function worstLoss(problem: V2gProblem, worstKw: Float64Array): (weights: Float64Array) => number {
  const { slots, uncertainty } = problem;
  const { set } = uncertainty;
  if (!set) return (weights) => weights.reduce((sum, kwh) => sum + kwh, 0);
  const perKwOf = (weights: Float64Array): Float64Array =>
    weights.map((kwh, slot) => (worstKw[slot]! > 0 ? kwh / worstKw[slot]! : 0));
  if (set.kind === 'wasserstein-exact') {
    const days = set.points.map((point) => totalOf(point, slots));
    return (weights) => cappedLevel(days, perKwOf(weights), worstKw, set);
  }
  if (set.kind !== 'scenarios' && set.kind !== 'support')
    return (weights) => Math.max(0, worstDayOf(set, slots, perKwOf(weights)).value);
  const { centre, points, scale } = set;
  const days = points.map((point) => {
    const stretched = point.map((value, j) => (1 - scale) * centre[j]! + scale * value);
    return totalOf(stretched, slots).map((kw, slot) => (worstKw[slot]! > 0 ? Math.max(0, kw) / worstKw[slot]! : 0));
  });
  return (weights) =>
    Math.max(0, ...days.map((asked) => asked.reduce((sum, part, slot) => sum + part * weights[slot]!, 0)));
}

function totalOf(point: readonly number[], slots: number): Float64Array {
  const totalKw = new Float64Array(slots);
  point.forEach((value, j) => (totalKw[j % slots]! += value));
  return totalKw;
}
