/** The formula of a set in symbols, and what each symbol is: what the method card shows and prints. */
import type { FitPayload } from '../../../src-main/contract/uncertainty.ts';

type Source = FitPayload['learntFrom'];

export interface MethodFormula {
  name: string;
  lines: string[];
  symbols: { symbol: string; meaning: string }[];
  source: string;
}

const widthLine = {
  conformal: 'P̂ₜ = |e|₍ₖ₎ ,  k = ⌈(N + 1) δ⌉',
  'prediction-normal': 'P̂ₜ = tₙ₋₁,₍₁₊δ₎⁄₂ · √(1 + 1⁄N) · sₜ ,  s² = Σ e² ⁄ (N − 1)',
} as const;

const sources = {
  conformal: 'Vovk, Gammerman, Shafer 2005; Lei et al. 2018',
  'prediction-normal': 'Zhou et al. 2017',
} as const;

export function methodFormula({ method, shape }: Pick<Source, 'method' | 'shape'>): MethodFormula {
  const byLevel = shape === 'level';
  return {
    name: `${method === 'conformal' ? 'Conformal interval' : 'Normal prediction interval'}, ${byLevel ? 'by level' : 'by time of day'}`,
    lines: [
      byLevel ? 'eₜ = (actual − forecast) ⁄ σ(forecast, t)' : 'eₜ = actual − forecast',
      widthLine[method],
      ...(byLevel ? ['half-width = P̂ · σ(forecast, t) · widening'] : ['half-width = P̂ₜ · widening']),
      'U(α) = { ξ : |ξⱼₜ| ≤ P̂ⱼₜ ,  Σⱼ |ξⱼₜ| ⁄ P̂ⱼₜ ≤ α }',
    ],
    symbols: [
      { symbol: 'e', meaning: 'error of a past day about the bias-corrected forecast' },
      { symbol: 'N', meaning: 'days learnt from' },
      { symbol: 'δ', meaning: 'share of occasions one interval shall hold' },
      method === 'conformal'
        ? { symbol: '|e|₍ₖ₎', meaning: 'the k-th smallest error in size' }
        : { symbol: 't', meaning: 'quantile of Student’s law with N − 1 degrees of freedom' },
      ...(byLevel
        ? [{ symbol: 'σ', meaning: 'size of errors at that forecast level and time of day, learnt from the same days' }]
        : []),
      { symbol: 'widening', meaning: 'at least 1; grows with flagged and replaced values of the slot' },
      { symbol: 'ξⱼₜ', meaning: 'deviation of component j in slot t' },
      { symbol: 'α', meaning: 'how many components may deviate fully at once' },
    ],
    source: `${sources[method]}; budget: Bertsimas and Sim 2004`,
  };
}
