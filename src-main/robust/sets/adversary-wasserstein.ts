/**
 * Worst deviation behind the CVaR form of a Wasserstein ball, for coefficients f:
 *
 *   max { Σ_i w_i fᵀp_i + fᵀe : 0 ≤ w_i ≤ 1/(εN), Σ w = 1, ‖e‖₁ ≤ ρ/ε } = CVaR_{1−ε}(fᵀp) + (ρ/ε) max_j |f_j|
 *
 * The worst days take their full weight until it adds up to one; all of the ball goes into the coordinate with the largest |f_j|.
 * Source: the dual of Rockafellar and Uryasev 2000; Mohajerin Esfahani and Kuhn 2018.
 */
import type { WassersteinSet } from '../../uncertainty/day-set.ts';

export function wassersteinAdversary(set: WassersteinSet, coefficients: readonly number[]): number[] {
  const { points, risk, radius } = set;
  const values = points.map((point) => point.reduce((sum, value, j) => sum + value * coefficients[j]!, 0));
  const worstFirst = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b);
  const most = 1 / (risk * points.length);
  const realisation = new Array<number>(coefficients.length).fill(0);
  let left = 1;
  for (const index of worstFirst) {
    const weight = Math.min(most, left);
    points[index]!.forEach((value, j) => (realisation[j]! += weight * value));
    left -= weight;
    if (left <= 0) break;
  }
  let largest = 0;
  coefficients.forEach((value, j) => {
    if (Math.abs(value) > Math.abs(coefficients[largest]!)) largest = j;
  });
  realisation[largest]! += (coefficients[largest]! < 0 ? -1 : 1) * (radius / risk);
  return realisation;
}
