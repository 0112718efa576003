import type { RowQuestion } from './ambiguity.ts';

/**
 * Worst law with Σ (p_j − q_j)² / q_j ≤ radius². On the states A that keep mass, with Q = Σ_A q, mean m and variance s² of v under q on A:
 *
 *   p_j = q_j (1/Q − c (v_j − m)),   c = √((radius² − (1 − Q)/Q) / (Q s²))
 *
 * which is the mean less radius standard deviations while no p_j is negative; otherwise the highest value leaves A and the rest is solved
 * again. Exact after at most n such steps. Source: first-order conditions of the program; docs/method/market.md.
 *
 * Writes the law [state].
 */
export function ellipsoidLaw({ nominal, values, order }: RowQuestion, radius: number, law: Float64Array): void {
  law.fill(0);
  // Counted from the lowest value seen: differences of nearly equal values stay exact, and a level row has variance 0 exactly.
  let least = 0;
  while (nominal[order[least]!]! === 0) least++;
  const lowest = values[order[least]!]!;
  const above = (rank: number): number => values[order[rank]!]! - lowest;
  let kept = order.length;
  // Mass of the states that left, summed for itself: 1 − mass would leave its rounding under the root.
  let lost = 0;
  for (;;) {
    while (nominal[order[kept - 1]!]! === 0) kept--;
    let mass = 0;
    let mean = 0;
    for (let rank = 0; rank < kept; rank++) {
      const share = nominal[order[rank]!]!;
      mass += share;
      mean += share * above(rank);
    }
    mean /= mass;
    let variance = 0;
    for (let rank = 0; rank < kept; rank++) variance += (nominal[order[rank]!]! / mass) * (above(rank) - mean) ** 2;
    const left = Math.max(0, radius * radius - lost / mass);
    const tilt = variance > 0 ? Math.sqrt(left / (mass * variance)) : 0;
    const highest = above(kept - 1);
    if (tilt * (highest - mean) <= 1 / mass) {
      for (let rank = 0; rank < kept; rank++) {
        const state = order[rank]!;
        law[state] = nominal[state]! * (1 / mass - tilt * (above(rank) - mean));
      }
      return;
    }
    for (; above(kept - 1) === highest; kept--) lost += nominal[order[kept - 1]!]!;
  }
}
