/**
 * Margin factor when mean and standard deviation are all that is known.
 *
 *   sup { P(X > μ + kσ) : E X = μ, Var X = σ² } = 1 / (1 + k²) ≤ ε   ⇔   k ≥ √((1 − ε) / ε)
 *
 * Attained by two points: μ + kσ with probability ε, μ − σ/k with 1 − ε. Source: Cantelli 1928; as a chance constraint Calafiore and
 * El Ghaoui 2006.
 */
import { requireRisk } from './require-risk.ts';

/** k(ε). @throws Refusal `out-of-range` for ε outside (0, 1). */
export function cantelliFactor(epsilon: number): number {
  requireRisk(epsilon);
  return Math.sqrt((1 - epsilon) / epsilon);
}
