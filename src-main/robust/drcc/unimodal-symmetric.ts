/**
 * Margin factor when the law is known to be symmetric with its mode at the mean.
 *
 *   P(X > μ + kσ) ≤ 2 / (9k²)            for k ≥ 2/√3
 *                 ≤ ½ (1 − k/√3)         for k < 2/√3
 *
 *   ≤ ε   ⇔   k ≥ √(2 / (9ε)) for ε ≤ 1/6,   k ≥ √3 (1 − 2ε) for 1/6 < ε < ½,   k ≥ 0 otherwise
 *
 * Attained by a uniform law on μ ± (3/2)kσ mixed with a point at μ. Source: Gauss 1823, halved by symmetry.
 */
import { requireRisk } from './require-risk.ts';

/** k(ε). @throws Refusal `out-of-range` for ε outside (0, 1). */
export function unimodalSymmetricFactor(epsilon: number): number {
  requireRisk(epsilon);
  if (epsilon <= 1 / 6) return Math.sqrt(2 / (9 * epsilon));
  return Math.max(0, Math.sqrt(3) * (1 - 2 * epsilon));
}
