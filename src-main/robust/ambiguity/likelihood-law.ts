import type { RowQuestion } from './ambiguity.ts';
import { rootLog } from './root-log.ts';

/**
 * Worst law with Σ q_j ln(q_j / p_j) ≤ radius: p_j ∝ q_j / (v_j − μ) with μ below every value (Nilim and El Ghaoui 2005).
 *
 * A state never seen (q_j = 0) costs no divergence of its own. When its value v₀ lies below the μ that the seen states alone would give,
 * μ = v₀ and mass w moves there: scaling the seen states by 1 − w adds −ln(1 − w), so w = 1 − e^{−(radius − KL₀)}, KL₀ the divergence at
 * μ = v₀.
 *
 * Writes the law [state].
 */
export function likelihoodLaw({ nominal, values, order }: RowQuestion, radius: number, law: Float64Array): void {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let state = 0; state < law.length; state++) {
    law[state] = nominal[state]!;
    if (nominal[state]! === 0) continue;
    lowest = Math.min(lowest, values[state]!);
    highest = Math.max(highest, values[state]!);
  }
  if (radius <= 0) return;
  /** Tilts the seen states at μ = lowest − distance and returns the divergence; falls as the distance rises. */
  const tilt = (distance: number): number => {
    let mass = 0;
    let logs = 0;
    for (let state = 0; state < law.length; state++) {
      if (nominal[state]! === 0) {
        law[state] = 0;
        continue;
      }
      const over = (values[state]! - lowest) / distance;
      law[state] = nominal[state]! / (1 + over);
      mass += law[state]!;
      logs += nominal[state]! * Math.log1p(over);
    }
    for (let state = 0; state < law.length; state++) law[state]! /= mass;
    return logs + Math.log(mass);
  };
  const unseen = order[0]!;
  if (nominal[unseen]! === 0 && values[unseen]! < lowest) {
    const divergence = tilt(lowest - values[unseen]!);
    if (divergence <= radius) {
      const kept = Math.exp(divergence - radius);
      for (let state = 0; state < law.length; state++) law[state]! *= kept;
      law[unseen]! += 1 - kept;
      return;
    }
  }
  if (highest > lowest) rootLog((distance) => radius - tilt(distance), highest - lowest);
}
