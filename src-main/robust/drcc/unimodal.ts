/**
 * Margin factor when the law is known to have one mode, wherever it lies.
 *
 *   sup P(X > μ + kσ) = 4 / (9 (1 + k²))           for k² ≥ 5/3
 *                     = 4 / (3 (1 + k²)) − 1/3     for k² < 5/3
 *
 *   ≤ ε   ⇔   k ≥ √((4 − 9ε) / (9ε)) for ε ≤ 1/6,   k ≥ √(3 (1 − ε) / (1 + 3ε)) for ε > 1/6
 *
 * Source: Vysochanskij and Petunin 1980, one-sided form (Mercadier and Strobel 2021).
 */
import { requireRisk } from './require-risk.ts';

/** k(ε). @throws Refusal `out-of-range` for ε outside (0, 1). */
export function unimodalFactor(epsilon: number): number {
  requireRisk(epsilon);
  return epsilon <= 1 / 6
    ? Math.sqrt((4 - 9 * epsilon) / (9 * epsilon))
    : Math.sqrt((3 * (1 - epsilon)) / (1 + 3 * epsilon));
}
