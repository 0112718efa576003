import type { RowQuestion } from './ambiguity.ts';

/**
 * Worst law with Σ |p_j − q_j| ≤ radius: up to half the radius moves onto the lowest value, taken from the highest values first.
 * Source: Strehl and Littman 2008; Ho, Petrik and Wiesemann 2018. Writes the law [state]; n steps after the sort.
 */
export function l1Law({ nominal, order }: RowQuestion, radius: number, law: Float64Array): void {
  for (let state = 0; state < law.length; state++) law[state] = nominal[state]!;
  const lowest = order[0]!;
  let moving = Math.min(radius / 2, 1 - law[lowest]!);
  law[lowest]! += moving;
  for (let rank = law.length - 1; rank > 0 && moving > 0; rank--) {
    const state = order[rank]!;
    const taken = Math.min(law[state]!, moving);
    law[state]! -= taken;
    moving -= taken;
  }
}
