/**
 * What the data say of an exact chance constraint (exact-wasserstein.ts) before it is solved, for shares a(x) whose columns have bounds. With h_i(x) = a(x)ᵀ ξ⁽ⁱ⁾:
 *
 *   given up    every given-up sample takes s/N of ε s > 0, so fewer than ε N can be: p = ⌈ε N⌉ − 1
 *   reach       ε s − 1/N Σ q grows at least by ε − p/N for each s while at most p samples are nearer than s, so s ≤ θ max m / (ε − p/N) loses nothing
 *   worse       k is worse than i where h_k(x) ≥ h_i(x) for all x: given up are the samples beyond the limit, so z_i ≤ z_k
 *   left out    a sample with more than p worse ones: the one of rank p + 1 among the nearest is no farther, so its rows hold whenever theirs do
 *   slack       a given-up sample goes beyond the limit by no more than beyond some sample that is kept; of any p others one is kept, so M_i is the p-th smallest
 *               max_x (h_i − h_k) over k, and where that is not above 0 sample i is never given up
 *
 * Sources: knapsack and coefficient strengthening of chance constraints, Luedtke, Ahmed and Nemhauser 2010, Song, Luedtke and Küçükyavuz 2014; over Wasserstein balls
 * Ho-Nguyen, Kılınç-Karzan, Küçükyavuz and Lee 2022.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, ProgramBuilder } from '../../program/program.ts';
import { tailCount } from '../../uncertainty/ball-quantile.ts';
import type { CvarMarginSpec } from './cvar-margin.ts';

export interface ChanceSamples {
  /** p */
  mostGivenUp: number;
  /** Largest |a_j(x)|. */
  largestShare: number;
  /** S */
  mostReach: number;
  /** Of each share. */
  range: Range[];
  /** Samples that can matter. `slack` M_i, 0: never given up; `worse`: others of these that are given up before. */
  kept: { sample: number; slack: number; worse: number[] }[];
}

interface Range {
  lower: number;
  upper: number;
}

/** @throws Error where a share has no bounds (a model that forgot them). */
export function chanceSamples(
  program: ProgramBuilder,
  { name, shares, samples, epsilon, radius }: CvarMarginSpec,
): ChanceSamples {
  const count = samples.length;
  const p = Math.ceil(tailCount(count, epsilon)) - 1;
  const range = shares.map((share) => rangeOf(program, share));
  const largestShare = Math.max(0, ...range.flatMap(({ lower, upper }) => [Math.abs(lower), Math.abs(upper)]));
  if (!Number.isFinite(largestShare)) throw new Error(`${name}: a share without bounds`);
  /** max_x (h_i − h_k) */
  const ahead = (i: number, k: number): number => differenceOf(program, shares, samples[i]!, samples[k]!);
  const all = [...samples.keys()];
  const aheadOf = all.map((i) => all.map((k) => (i === k ? 0 : ahead(i, k))));
  // Of equals the first counts as the worse, so that they do not leave each other out.
  const isWorse = (k: number, i: number): boolean => k !== i && aheadOf[i]![k]! <= 0 && (aheadOf[k]![i]! > 0 || k < i);
  const worseThan = all.map((i) => all.filter((k) => isWorse(k, i)));
  const kept = all.filter((i) => worseThan[i]!.length <= p);
  return {
    mostGivenUp: p,
    largestShare,
    mostReach: (radius * largestShare) / (epsilon - p / count),
    range,
    kept: kept.map((i) => {
      const others = aheadOf[i]!.filter((_, k) => k !== i).sort((a, b) => a - b);
      return {
        sample: i,
        slack: p === 0 ? 0 : Math.max(0, others[p - 1] ?? Infinity),
        worse: worseThan[i]!.filter((k) => kept.includes(k)),
      };
    }),
  };
}

/**
 * The shares as one column that is never negative, or a constant (`of` null), times a number each; null where they are more than that. A column held at a value is a constant.
 */
export function oneNumber(
  program: ProgramBuilder,
  shares: readonly AffineExpression[],
): { of: Column | null; weights: number[] } | null {
  const free = new Set<Column>();
  for (const { terms } of shares)
    for (const [column, value] of terms) if (value !== 0 && !isHeld(program, column)) free.add(column);
  const constants = shares.map(({ terms, constant }) =>
    terms.reduce(
      (sum, [column, value]) => (isHeld(program, column) ? sum + value * program.boundsOf(column).lower : sum),
      constant,
    ),
  );
  if (free.size === 0) return { of: null, weights: constants };
  const [of] = free;
  if (free.size > 1 || of === undefined || program.boundsOf(of).lower < 0 || constants.some((value) => value !== 0))
    return null;
  return {
    of,
    weights: shares.map(({ terms }) => terms.reduce((sum, [column, value]) => (column === of ? sum + value : sum), 0)),
  };
}

const isHeld = (program: ProgramBuilder, column: Column): boolean => {
  const { lower, upper } = program.boundsOf(column);
  return lower === upper;
};

const rangeOf = (program: ProgramBuilder, share: AffineExpression): Range => ({
  lower: -mostOf(program, [share], [-1]),
  upper: mostOf(program, [share], [1]),
});

const differenceOf = (
  program: ProgramBuilder,
  shares: readonly AffineExpression[],
  one: readonly number[],
  other: readonly number[],
): number =>
  mostOf(
    program,
    shares,
    one.map((value, j) => value - other[j]!),
  );

/** Largest Σ_j weight_j a_j(x) within the bounds of the columns. */
function mostOf(program: ProgramBuilder, shares: readonly AffineExpression[], weights: readonly number[]): number {
  const coefficients = new Map<Column, number>();
  let most = 0;
  shares.forEach(({ terms, constant }, j) => {
    const weight = weights[j]!;
    most += constant * weight;
    for (const [column, value] of terms) coefficients.set(column, (coefficients.get(column) ?? 0) + value * weight);
  });
  for (const [column, value] of coefficients) {
    if (value === 0) continue;
    const { lower, upper } = program.boundsOf(column);
    most += value * (value > 0 ? upper : lower);
  }
  return most;
}
