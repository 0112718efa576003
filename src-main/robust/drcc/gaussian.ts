/**
 * Margin factor of a normal law, for comparison: k = Φ⁻¹(1 − ε). It promises nothing when errors are not normal, and real errors of
 * wind have heavier tails.
 */
import { normalQuantile } from '../../base/statistics.ts';
import { requireRisk } from './require-risk.ts';

/** k(ε); negative for ε > ½. @throws Refusal `out-of-range` for ε outside (0, 1). */
export function gaussianFactor(epsilon: number): number {
  requireRisk(epsilon);
  return -normalQuantile(epsilon);
}
