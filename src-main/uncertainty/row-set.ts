/**
 * A row of transition counts as an estimate q and the radius of a set around it that holds the true row with a stated confidence 1 − δ.
 * N moves seen to n states:
 *
 *   L1          √(2 ln((2ⁿ − 2)/δ) / N)                         Weissman et al. 2003, for every N
 *   interval    farthest end of the n Clopper–Pearson intervals at δ/n each        exact and Bonferroni, for every N
 *   likelihood  χ²_{n−1}(1 − δ)/(2N) · (1 + (n + 1)/(6N))        Wilks 1938 with Williams' correction 1976, asymptotic
 *   entropy     χ²_{n−1}(1 − δ)/(2N) about (count + ½)/(N + n/2) the same law to first order, asymptotic
 *   ellipsoid   √(χ²_{n−1}(1 − δ)/N) about (count + 1)/(N + n)   Pearson's statistic, asymptotic
 *   scenario    mix = half the L1 radius: as much mass as may be elsewhere; rows chosen, not a region, so no confidence is claimed
 *
 * Entropy and ellipsoid cannot reach a state of share 0, so their estimates give every state a pseudo-count. Their radii and that of
 * likelihood are never less than what holds the plain estimate: believing more never pays more than believing the counts.
 */
import { chiSquareQuantile } from '../base/chi-square.ts';
import { clopperPearson } from '../base/statistics.ts';
import { estimatedLaw } from './price-chain.ts';

export const rowSetKinds = ['nominal', 'scenario', 'interval', 'l1', 'likelihood', 'entropy', 'ellipsoid'] as const;
export type RowSetKind = (typeof rowSetKinds)[number];

export interface RowSet {
  kind: RowSetKind;
  /** Estimate the set lies around [state]. */
  nominal: number[];
  /** Mix of the scenario set; 0 for nominal. */
  radius: number;
}

/** Pseudo-count of each state. */
const smoothing: Record<RowSetKind, number> = {
  nominal: 0,
  scenario: 0,
  interval: 0,
  l1: 0,
  likelihood: 0,
  entropy: 0.5,
  ellipsoid: 1,
};

/** Of a row never left nothing is known: radii that hold every law to rounding. */
const unseen: Record<RowSetKind, number> = {
  nominal: 0,
  scenario: 1,
  interval: 1,
  l1: 2,
  likelihood: 60,
  entropy: 60,
  ellipsoid: 1e6,
};

/** @param confidence of this one row, 0 < confidence < 1. */
export function rowSetOf(counts: readonly number[], kind: RowSetKind, confidence: number): RowSet {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const nominal = estimatedLaw(counts, smoothing[kind]);
  const radius = total === 0 ? unseen[kind] : radiusOf(counts, total, kind, confidence, nominal);
  return { kind, nominal, radius };
}

function radiusOf(
  counts: readonly number[],
  total: number,
  kind: RowSetKind,
  confidence: number,
  nominal: readonly number[],
): number {
  const states = counts.length;
  if (states === 1) return 0;
  const plain = estimatedLaw(counts, 0);
  const chi = (): number => chiSquareQuantile(confidence, states - 1);
  switch (kind) {
    case 'nominal':
      return 0;
    case 'l1':
      return l1Radius(states, total, confidence);
    case 'scenario':
      return l1Radius(states, total, confidence) / 2;
    case 'interval':
      return Math.max(...cellIntervals(counts, confidence).map(({ lower, upper, share }) => Math.max(upper - share, share - lower))); // prettier-ignore
    case 'likelihood':
      return (chi() / (2 * total)) * (1 + (states + 1) / (6 * total));
    case 'entropy':
      return Math.max(chi() / (2 * total), divergence(plain, nominal));
    case 'ellipsoid':
      return Math.sqrt(Math.max(chi() / total, distance(plain, nominal)));
  }
}

const l1Radius = (states: number, total: number, confidence: number): number =>
  Math.min(2, Math.sqrt((2 * (Math.log(2 ** states - 2) - Math.log(1 - confidence))) / total));

/** Exact interval of every cell of a row, all of them together at the confidence [state]. */
export function cellIntervals(
  counts: readonly number[],
  confidence: number,
): { share: number; lower: number; upper: number }[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const level = 1 - (1 - confidence) / counts.length;
  return counts.map((count) =>
    total === 0 ? { share: 1 / counts.length, lower: 0, upper: 1 } : clopperPearson(count, total, level),
  );
}

/** Σ p ln(p/q) */
const divergence = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, share, state) => (share > 0 ? sum + share * Math.log(share / q[state]!) : sum), 0);

/** Σ (p − q)²/q */
const distance = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, share, state) => sum + (share - q[state]!) ** 2 / q[state]!, 0);
