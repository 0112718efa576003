/**
 * What a budget of deviations is worth. Let n links deviate independently and symmetrically within ±d_l. Then the time of the way
 * exceeds Σ time_l + max over Γ of them of Σ d_l with probability at most
 *
 *   B(n, Γ) = (1 − μ) P(X ≥ ⌊ν⌋) + μ P(X ≥ ⌊ν⌋ + 1),   ν = (Γ + n) / 2,  μ = ν − ⌊ν⌋,  X ~ Binomial(n, 1/2)
 *
 * Source: Bertsimas and Sim 2004, theorem 3. At Γ ≥ n every deviation is covered. A jam that slows neighbouring links together is not
 * independent: then the bound does not hold, and n should count the stretches that move as one.
 * Symbol → identifier: n → `links`, Γ → `budget`.
 */
import { Refusal } from '../../../base/errors.ts';
import { regularizedIncompleteBeta } from '../../../base/statistics.ts';

export function exceedanceBound(links: number, budget: number): number {
  if (budget >= links) return 0;
  const place = (Math.max(0, budget) + links) / 2;
  const whole = Math.floor(place);
  const share = place - whole;
  return (1 - share) * halfBinomialTail(links, whole) + share * halfBinomialTail(links, whole + 1);
}

/** Smallest whole Γ with B(n, Γ) ≤ 1 − confidence. @throws Refusal `out-of-range` for a confidence outside [0.5, 1). */
export function budgetFor(links: number, confidence: number): number {
  if (!(confidence >= 0.5 && confidence < 1))
    throw new Refusal('out-of-range', { what: 'The confidence', value: confidence, range: 'at least 0.5 and below 1' });
  let low = 0;
  let high = links;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (exceedanceBound(links, middle) <= 1 - confidence) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** P(X ≥ k) for X ~ Binomial(n, 1/2), which is I_{1/2}(k, n − k + 1). */
function halfBinomialTail(trials: number, least: number): number {
  if (least <= 0) return 1;
  if (least > trials) return 0;
  return regularizedIncompleteBeta(0.5, least, trials - least + 1);
}
