import type { RowQuestion } from './ambiguity.ts';

/**
 * Worst law with |p_j − q_j| ≤ radius: every state at its least, then what is left of the unit mass poured in from the lowest value up.
 * Exact: a linear program over a box with one equation is solved by the greedy order (Nilim and El Ghaoui 2005).
 *
 * Writes the law [state]; n steps after the sort.
 */
export function intervalLaw({ nominal, order }: RowQuestion, radius: number, law: Float64Array): void {
  let left = 1;
  for (let state = 0; state < law.length; state++) {
    law[state] = Math.max(0, nominal[state]! - radius);
    left -= law[state]!;
  }
  for (let rank = 0; rank < law.length && left > 0; rank++) {
    const state = order[rank]!;
    const room = Math.min(1, nominal[state]! + radius) - law[state]!;
    const poured = Math.min(room, left);
    law[state]! += poured;
    left -= poured;
  }
}
