/**
 * The level that a number of past losses exceeds with probability at most ε under every law within Wasserstein distance θ (order 1) of them: the least r with
 *
 *   sup { P(L > r) : W₁(P, P_N) ≤ θ } ≤ ε
 *
 * Pushing probability ε beyond r is cheapest from the samples nearest to it, so, with L₍₁₎ ≥ L₍₂₎ ≥ … and the mass ε taken from the
 * top in portions w_i of at most 1/N,
 *
 *   Σ_i w_i · max(r − L₍ᵢ₎, 0) ≥ θ                                      (exact; θ > 0)
 *
 * The left side is piecewise linear in r: r is found by adding the portions from the smallest sample of the tail upwards. At θ = 0 it is the
 * empirical quantile. Sorting is all it takes: no program and no binary. Source: Chen, Kuhn and Wiesemann 2022.
 * Symbol → identifier: L → `losses`, ε → `risk`, θ → `radius`, w → `portion`.
 */

/** @param risk in (0, 1). @param radius ≥ 0, in the unit of the losses. */
export function ballQuantile(losses: readonly number[], risk: number, radius: number): number {
  const { tail, next } = ballTail(losses, risk);
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

/** The ε-tail in falling order, and the largest sample that may be left beyond no reserve when θ = 0. */
export function ballTail(losses: readonly number[], risk: number) {
  const falling = losses.toSorted((a, b) => b - a);
  const tail: { loss: number; portion: number }[] = [];
  const count = tailCount(losses.length, risk);
  for (let at = 0; at < count; at++)
    tail.push({ loss: falling[at]!, portion: Math.min(1, count - at) / losses.length });
  return { tail, next: falling[Math.min(Math.floor(count), falling.length - 1)]! };
}

/** ε N. Rounding must not open a portion of almost nothing. */
export function tailCount(samples: number, risk: number): number {
  const count = risk * samples;
  return Math.abs(count - Math.round(count)) < 1e-9 ? Math.round(count) : count;
}
