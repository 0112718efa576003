/**
 * Margin from N samples when the true law lies within Wasserstein distance θ (order 1) of them: the least r with
 *
 *   sup { P(L > r) : W₁(P, P_N) ≤ θ } ≤ ε
 *
 * exactly (uncertainty/ball-quantile.ts), and CVaR_{1−ε}(L) + θ/ε, which is what comes out where every portion of the tail counts: never smaller and
 * linear in L, the safe form. Source: Chen, Kuhn and Wiesemann 2022; Mohajerin Esfahani and Kuhn 2018.
 * Symbol → identifier: L → `losses`, θ → `radius`.
 */
import { Refusal } from '../../base/errors.ts';
import { ballQuantile, ballTail } from '../../uncertainty/ball-quantile.ts';
import { requireRisk } from './require-risk.ts';

/** Exact worst-case quantile. @throws Refusal `out-of-range` for ε outside (0, 1), θ < 0 or no samples. */
export function wassersteinQuantile(losses: readonly number[], epsilon: number, radius: number): number {
  requireBall(losses, epsilon, radius);
  return ballQuantile(losses, epsilon, radius);
}

/** CVaR_{1−ε} + θ/ε, the safe form. @throws Refusal as `wassersteinQuantile`. */
export function wassersteinSafe(losses: readonly number[], epsilon: number, radius: number): number {
  requireBall(losses, epsilon, radius);
  const mean = ballTail(losses, epsilon).tail.reduce((sum, { portion, loss }) => sum + portion * loss, 0) / epsilon;
  return mean + radius / epsilon;
}

function requireBall(losses: readonly number[], epsilon: number, radius: number): void {
  requireRisk(epsilon);
  if (!(radius >= 0 && radius < Infinity))
    throw new Refusal('out-of-range', { what: 'The radius', value: radius, range: '0 or more' });
  if (losses.length === 0)
    throw new Refusal('out-of-range', { what: 'The number of samples', value: 0, range: '1 or more' });
}
