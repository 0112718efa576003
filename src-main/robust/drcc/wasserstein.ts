/**
 * Margin from N samples when the true law lies within Wasserstein distance θ (order 1) of them: the least r with
 *
 *   sup { P(L > r) : W₁(P, P_N) ≤ θ } ≤ ε
 *
 * Pushing probability ε beyond r is cheapest from the samples nearest to it, so, with L₍₁₎ ≥ L₍₂₎ ≥ … and the mass ε taken from the
 * top in portions w_i of at most 1/N,
 *
 *   Σ_i w_i · max(r − L₍ᵢ₎, 0) ≥ θ                                      (exact; θ > 0)
 *
 * The left side is piecewise linear in r: r is found by adding the portions from the smallest sample of the tail upwards. Where every
 * portion counts it is CVaR_{1−ε}(L) + θ/ε, which is never smaller and linear in L: the safe form. At θ = 0 the exact form is the
 * empirical quantile. Source: Chen, Kuhn and Wiesemann 2018; Mohajerin Esfahani and Kuhn 2018.
 * Symbol → identifier: L → `losses`, θ → `radius`, w → `portion`.
 */
import { Refusal } from '../../base/errors.ts';
import { requireRisk } from './require-risk.ts';

/** Exact worst-case quantile. @throws Refusal `out-of-range` for ε outside (0, 1), θ < 0 or no samples. */
export function wassersteinQuantile(losses: readonly number[], epsilon: number, radius: number): number {
  const { tail, next } = splitTail(losses, epsilon, radius);
  if (radius === 0) return next;
  let mass = 0;
  let weighted = 0;
  for (let at = tail.length - 1; at >= 0; at--) {
    mass += tail[at]!.portion;
    weighted += tail[at]!.portion * tail[at]!.loss;
    const level = (radius + weighted) / mass;
    if (at === 0 || level <= tail[at - 1]!.loss) return level;
  }
  return next;
}

/** CVaR_{1−ε} + θ/ε, the safe form. @throws Refusal as `wassersteinQuantile`. */
export function wassersteinSafe(losses: readonly number[], epsilon: number, radius: number): number {
  const { tail } = splitTail(losses, epsilon, radius);
  const mean = tail.reduce((sum, { portion, loss }) => sum + portion * loss, 0) / epsilon;
  return mean + radius / epsilon;
}

/** The ε-tail in falling order, and the largest sample that may be left beyond no reserve when θ = 0. */
function splitTail(losses: readonly number[], epsilon: number, radius: number) {
  requireRisk(epsilon);
  if (!(radius >= 0 && radius < Infinity))
    throw new Refusal('out-of-range', { what: 'The radius', value: radius, range: '0 or more' });
  if (losses.length === 0)
    throw new Refusal('out-of-range', { what: 'The number of samples', value: 0, range: '1 or more' });
  const falling = losses.toSorted((a, b) => b - a);
  const tail: { loss: number; portion: number }[] = [];
  // Rounding of ε N must not open a portion of almost nothing.
  const count = snap(epsilon * losses.length);
  for (let at = 0; at < count; at++)
    tail.push({ loss: falling[at]!, portion: Math.min(1, count - at) / losses.length });
  return { tail, next: falling[Math.min(Math.floor(count), falling.length - 1)]! };
}

const snap = (count: number): number => (Math.abs(count - Math.round(count)) < 1e-9 ? Math.round(count) : count);
