/** The formula of a set in symbols, and what each symbol is: what the method card shows and prints. */
import type { FitPayload, SetKindPayload } from '../../../src-main/contract/uncertainty.ts';

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

interface KindFormula {
  line: string;
  symbols: { symbol: string; meaning: string }[];
  source: string;
}

const mean = { symbol: 'μ', meaning: 'mean deviation of past days' };
const dayWeights = { symbol: 'wᵢ', meaning: 'weight of past day i; they add up to 1' };
const pastDay = { symbol: 'pᵢ', meaning: 'deviations of past day i, all components and slots' };
const factors = { symbol: 'F, z', meaning: 'main patterns of past errors, and how far each goes' };
const ellipsoid: KindFormula = {
  line: 'U = { μ + r (F u + D v) :  ‖(u, v)‖₂ ≤ 1 }',
  symbols: [
    mean,
    { symbol: 'F, D', meaning: 'axes of the shrunk covariance, and what they leave' },
    { symbol: 'r', meaning: 'radius in standard deviations' },
  ],
  source: 'Ben-Tal, El Ghaoui, Nemirovski 2009',
};
const hull: KindFormula = {
  line: 'U = { μ + s (Σᵢ wᵢ pᵢ − μ) :  w ≥ 0,  Σᵢ wᵢ = 1 }',
  symbols: [mean, pastDay, dayWeights, { symbol: 's', meaning: 'stretch about the mean' }],
  source: 'convex hull of past days',
};

const kindFormulas: Record<SetKindPayload, KindFormula> = {
  interval: {
    line: 'U = { ξ : |ξⱼₜ| ≤ P̂ⱼₜ }',
    symbols: [{ symbol: 'ξⱼₜ', meaning: 'deviation of component j in slot t' }],
    source: 'box of the intervals',
  },
  budget: {
    line: 'U(α) = { ξ : |ξⱼₜ| ≤ P̂ⱼₜ ,  Σⱼ |ξⱼₜ| ⁄ P̂ⱼₜ ≤ α }',
    symbols: [
      { symbol: 'ξⱼₜ', meaning: 'deviation of component j in slot t' },
      { symbol: 'α', meaning: 'how many components may deviate fully at once' },
    ],
    source: 'budget: Bertsimas and Sim 2004',
  },
  ellipsoid,
  moment: { ...ellipsoid, source: 'Cantelli; Delage and Ye 2010' },
  factor: {
    line: 'U = { μ + s (F z + e) :  |zₖ| ≤ 1,  Σₖ |zₖ| ≤ B,  |eⱼ| ≤ restⱼ }',
    symbols: [
      mean,
      factors,
      { symbol: 'B', meaning: 'how many patterns may go fully at once' },
      { symbol: 's', meaning: 'stretch that keeps the promise' },
    ],
    source: 'principal components of past errors',
  },
  scenarios: hull,
  support: { ...hull, source: 'convex hull of the days forecast most alike' },
  wasserstein: {
    line: 'U = { Σᵢ wᵢ pᵢ + e :  0 ≤ wᵢ ≤ 1 ⁄ (ε N),  Σᵢ wᵢ = 1,  ‖e‖₁ ≤ ρ ⁄ ε }',
    symbols: [
      pastDay,
      dayWeights,
      { symbol: 'ε', meaning: '1 − δ, the accepted risk' },
      { symbol: 'ρ', meaning: 'radius of the ball of laws' },
    ],
    source: 'Mohajerin Esfahani and Kuhn 2018',
  },
  'wasserstein-exact': {
    line: 'U = { P :  W₁(P, Pₙ) ≤ ρ } ,  P(fᵀξ > limit) ≤ ε for each P of U and each limit f',
    symbols: [
      { symbol: 'P', meaning: 'a law of the deviations ξ of all components and slots' },
      { symbol: 'f', meaning: 'how much of each deviation a limit has to bear' },
      { symbol: 'Pₙ', meaning: 'the past days, each with the same weight' },
      { symbol: 'W₁', meaning: 'what it takes to carry one law into the other, kW' },
      { symbol: 'ε', meaning: '1 − δ, the accepted risk' },
      { symbol: 'ρ', meaning: 'radius of the ball of laws' },
    ],
    source: 'Chen, Kuhn and Wiesemann 2022',
  },
};

const sources = {
  conformal: 'Vovk, Gammerman, Shafer 2005; Lei et al. 2018',
  'prediction-normal': 'Zhou et al. 2017',
} as const;

export function methodFormula(
  { method, shape }: Pick<Source, 'method' | 'shape'>,
  kind: SetKindPayload,
): MethodFormula {
  const { line, symbols, source } = kindFormulas[kind];
  const byLevel = shape === 'level';
  return {
    name: `${method === 'conformal' ? 'Conformal interval' : 'Normal prediction interval'}, ${byLevel ? 'by level' : 'by time of day'}`,
    lines: [
      byLevel ? 'eₜ = (actual − forecast) ⁄ σ(forecast, t)' : 'eₜ = actual − forecast',
      widthLine[method],
      ...(byLevel ? ['half-width = P̂ · σ(forecast, t) · widening'] : ['half-width = P̂ₜ · widening']),
      line,
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
      ...symbols,
    ],
    source: `Intervals: ${sources[method]}. Set: ${source}.`,
  };
}
