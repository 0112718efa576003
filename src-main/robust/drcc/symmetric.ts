/**
 * Margin factor when the law is known to be symmetric about its mean.
 *
 *   P(X > μ + kσ) = ½ P(|X − μ| > kσ) ≤ min(½, 1 / (2k²)) ≤ ε   ⇔   k ≥ √(1 / (2ε)) for ε < ½, k ≥ 0 otherwise
 *
 * Attained by μ ± kσ with probability ε each and μ with the rest. Source: Chebyshev 1867, halved by symmetry.
 */
import { requireRisk } from './require-risk.ts';

/** k(ε). @throws Refusal `out-of-range` for ε outside (0, 1). */
export function symmetricFactor(epsilon: number): number {
  requireRisk(epsilon);
  return epsilon < 0.5 ? Math.sqrt(1 / (2 * epsilon)) : 0;
}
