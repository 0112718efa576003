/**
 * Margin factor when the moments themselves are only estimated: with μ̂ and σ̂ from data,
 *
 *   (E X − μ̂)² ≤ γ₁ σ̂²,   E (X − μ̂)² ≤ γ₂ σ̂²
 *
 * The worst law has its mean m σ̂ away and variance (γ₂ − m²) σ̂², so k = max over m ∈ [0, √γ₁] of m + √((1 − ε)/ε · (γ₂ − m²)); the
 * maximum without the limit lies at m² = γ₂ ε:
 *
 *   k = √γ₁ + √((1 − ε)/ε · (γ₂ − γ₁))   for γ₁ ≤ γ₂ ε,      k = √(γ₂ / ε)   otherwise
 *
 * γ₁ = 0 and γ₂ = 1 is Cantelli's. Source: Delage and Ye 2010; closed form Zhang, Jiang and Shen 2018.
 */
import { Refusal } from '../../base/errors.ts';
import { requireRisk } from './require-risk.ts';

export interface MomentDoubt {
  /** γ₁ ≥ 0: squared error of the mean, in variances. */
  meanDoubt: number;
  /** γ₂ ≥ γ₁: second moment about the estimated mean, in variances. */
  spreadDoubt: number;
}

/** k(ε). @throws Refusal `out-of-range` for ε outside (0, 1) or γ₁ < 0 or γ₂ < γ₁. */
export function delageYeFactor(epsilon: number, { meanDoubt, spreadDoubt }: MomentDoubt): number {
  requireRisk(epsilon);
  if (!(meanDoubt >= 0 && meanDoubt < Infinity))
    throw new Refusal('out-of-range', { what: 'The doubt of the mean', value: meanDoubt, range: '0 or more' });
  if (!(spreadDoubt >= meanDoubt && spreadDoubt < Infinity))
    throw new Refusal('out-of-range', {
      what: 'The doubt of the spread',
      value: spreadDoubt,
      range: `at least the doubt of the mean, ${meanDoubt}`,
    });
  if (meanDoubt > spreadDoubt * epsilon) return Math.sqrt(spreadDoubt / epsilon);
  return Math.sqrt(meanDoubt) + Math.sqrt(((1 - epsilon) / epsilon) * (spreadDoubt - meanDoubt));
}
