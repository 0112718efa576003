/** The adversary within a slot: |ξ_j| ≤ P̂_j and Σ_j |ξ_j| / P̂_j ≤ α, maximising Σ_j ξ_j. */
import type { V2gProblem } from '../models/v2g/problem.ts';

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
