/** The adversary within a slot: |ξ_j| ≤ P̂_j and Σ_j |ξ_j| / P̂_j ≤ α, maximising Σ_j ξ_j. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import { worstDayOf } from './set-worst-day.ts';

/**
 * A worst vertex of every slot as one day, ξ [component][slot] in kW: the ⌊α⌋ widest components at their half-width, the next at the
 * fraction that is left.
 */
export function worstVertices(problem: V2gProblem): number[][] {
  const { components, protection } = problem.uncertainty;
  const vertex = components.map(() => new Array<number>(problem.slots).fill(0));
  for (let slot = 0; slot < problem.slots; slot++) {
    const widestFirst = components
      .map((component, j) => ({ j, halfWidthKw: component.halfWidthKw[slot]! }))
      .sort((a, b) => b.halfWidthKw - a.halfWidthKw);
    let left = protection;
    for (const { j, halfWidthKw } of widestFirst) {
      vertex[j]![slot] = Math.min(1, left) * halfWidthKw;
      left = Math.max(0, left - 1);
    }
  }
  return vertex;
}

export const totalDeviation = (deviationKw: readonly (readonly number[])[], slots: number): Float64Array =>
  Float64Array.from({ length: slots }, (_, slot) => deviationKw.reduce((sum, component) => sum + component[slot]!, 0));

/** Worst total deviation of every slot; where less demand is all that can happen, what is expected may still happen. */
export function worstTotals(problem: V2gProblem): Float64Array {
  const { slots, uncertainty } = problem;
  const { set } = uncertainty;
  if (!set) return totalDeviation(worstVertices(problem), slots);
  return new Float64Array(slots).map((_, slot) =>
    Math.max(0, worstDayOf(set, slots, new Float64Array(slots).fill(1, slot, slot + 1)).value),
  );
}

/** Most energy the EV pool must have given up to and with each slot: the worst day of each horizon, not the sum of the worst slots. */
export function worstPoolEnergyKwh(problem: V2gProblem, evShare: readonly number[]): Float64Array {
  const { slots, slotHours, uncertainty } = problem;
  const { set } = uncertainty;
  const weights = new Float64Array(slots);
  if (set)
    return new Float64Array(slots).map((_, slot) => {
      weights[slot] = slotHours * evShare[slot]!;
      return Math.max(0, worstDayOf(set, slots, weights).value);
    });
  let sum = 0;
  return worstTotals(problem).map((kw, slot) => (sum += slotHours * evShare[slot]! * kw));
}
