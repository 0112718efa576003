/**
 * Worst deviation of a factor polytope { μ + s (F z + e) : |z_k| ≤ 1, Σ |z_k| ≤ B, |e_j| ≤ rest_j } for coefficients f:
 *
 *   max fᵀξ = fᵀμ + s (the ⌊B⌋ largest |F_kᵀf| and a part of the next + Σ_j |f_j| rest_j)
 *
 * z and e are free of each other, so each part is maximised alone.
 */
import type { FactorSet } from '../../uncertainty/day-set.ts';
import { budgetAdversary } from '../budget-set.ts';

export function factorAdversary(set: FactorSet, coefficients: readonly number[]): number[] {
  const { centre, factors, budget, rest, scale } = set;
  const loads = factors.map((factor) => factor.reduce((sum, value, j) => sum + value * coefficients[j]!, 0));
  const weights = budgetAdversary({ halfWidths: loads.map(() => 1), protection: budget }, loads);
  return centre.map((value, j) => {
    let shift = coefficients[j]! < 0 ? -rest[j]! : rest[j]!;
    factors.forEach((factor, k) => (shift += factor[j]! * weights[k]!));
    return value + scale * shift;
  });
}
