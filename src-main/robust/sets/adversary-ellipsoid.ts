/**
 * Worst deviation of an ellipsoid { μ + r (F u + D v) : ‖(u, v)‖₂ ≤ 1 } for coefficients f:
 *
 *   max fᵀξ = fᵀμ + r ‖(Fᵀf, D f)‖₂,     ξ = μ + r (F Fᵀf + D² f) / ‖(Fᵀf, D f)‖₂
 *
 * by Cauchy–Schwarz. Where f meets no direction of the set the centre is as bad as any point. Also the worst law of the moment set:
 * Cantelli's two points have their mass ε at this ξ.
 */
import type { EllipsoidSet } from '../../uncertainty/day-set.ts';

export function ellipsoidAdversary(set: EllipsoidSet, coefficients: readonly number[]): number[] {
  const { centre, factors, spread, radius } = set;
  const loads = factors.map((factor) => factor.reduce((sum, value, j) => sum + value * coefficients[j]!, 0));
  let square = loads.reduce((sum, load) => sum + load * load, 0);
  spread.forEach((value, j) => (square += (value * coefficients[j]!) ** 2));
  const size = Math.sqrt(square);
  if (size === 0) return [...centre];
  const step = radius / size;
  return centre.map((value, j) => {
    let shift = spread[j]! ** 2 * coefficients[j]!;
    factors.forEach((factor, k) => (shift += factor[j]! * loads[k]!));
    return value + step * shift;
  });
}
