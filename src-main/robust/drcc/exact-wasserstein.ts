/**
 * The chance constraint over a Wasserstein ball as it is, with shares as decisions: for N samples ξ⁽ⁱ⁾, a ball of radius θ > 0 about them in the
 * distance Σ_j |·|, and shares a(x) affine in the columns,
 *
 *   sup { P(base(x) + a(x)ᵀ ξ > upper) : W₁(P, P_N) ≤ θ } ≤ ε
 *
 * holds exactly when moving the nearest ε of probability beyond the limit costs at least θ: with d_i = max(upper − base(x) − a(x)ᵀ ξ⁽ⁱ⁾, 0),
 *
 *   ε s − 1/N Σ_i q_i ≥ θ m,   q_i ≥ s − d_i,   q, s ≥ 0,   −m ≤ a_j(x) ≤ m
 *   s − q_i ≤ upper − base(x) − a(x)ᵀ ξ⁽ⁱ⁾ + M z_i,   s − q_i ≤ M (1 − z_i),   z_i ∈ {0, 1}
 *
 * z_i = 1 gives sample i up. One binary per sample: for small samples only. The CVaR form (cvar-margin.ts) needs none and is safe, but can
 * call infeasible what this form allows; whoever uses one says which. Source: Chen, Kuhn and Wiesemann 2018, theorem 3.
 * Symbol → identifier: θ → `radius`, s → `reach`, q → `excess`, m → `largest`, z → `given up`, M → `mostSlack`.
 */
import { Refusal } from '../../base/errors.ts';
import type { AffineExpression } from '../../program/affine.ts';
import type { ProgramBuilder, Term } from '../../program/program.ts';
import { requireRisk } from './require-risk.ts';

export interface ExactChanceSpec {
  name: string;
  shares: readonly AffineExpression[];
  /** [sample][share] */
  samples: readonly (readonly number[])[];
  epsilon: number;
  radius: number;
  base: AffineExpression;
  upper: number;
  /** Bound on |upper − base(x) − a(x)ᵀ ξ⁽ⁱ⁾| over all columns and samples; tight is fast. */
  mostSlack: number;
}

export const mostExactSamples = 40;

/** @throws Refusal `out-of-range` for ε outside (0, 1), θ ≤ 0, no samples or more than `mostExactSamples`. */
export function addExactChance(program: ProgramBuilder, spec: ExactChanceSpec): void {
  const { name, shares, samples, epsilon, radius, base, upper, mostSlack } = spec;
  requireSpec(spec);
  const column = (what: string) => program.addColumn({ name: `${name}: ${what}`, lower: 0, upper: Infinity });
  const reach = column('reach');
  const largest = column('largest share');
  shares.forEach(({ terms, constant }, j) => {
    for (const sign of [1, -1])
      program.addRow({
        name: `${name}: share ${j + 1}, ${sign > 0 ? 'up' : 'down'}`,
        lower: sign * constant,
        upper: Infinity,
        terms: [[largest, 1], ...scaled(terms, -sign)],
      });
  });
  const excesses = samples.map((sample, i): Term => {
    const excess = column(`excess ${i + 1}`);
    const givenUp = program.addColumn({ name: `${name}: given up ${i + 1}`, lower: 0, upper: 1, kind: 'integer' });
    const constant = shares.reduce((sum, share, j) => sum + share.constant * sample[j]!, base.constant);
    program.addRow({
      name: `${name}: sample ${i + 1} within`,
      lower: -Infinity,
      upper: upper - constant,
      terms: [
        [reach, 1],
        [excess, -1],
        [givenUp, -mostSlack],
        ...base.terms,
        ...shares.flatMap(({ terms }, j) => scaled(terms, sample[j]!)),
      ],
    });
    program.addRow({
      name: `${name}: sample ${i + 1} beyond`,
      lower: -Infinity,
      upper: mostSlack,
      terms: [
        [reach, 1],
        [excess, -1],
        [givenUp, mostSlack],
      ],
    });
    return [excess, -1 / samples.length];
  });
  program.addRow({
    name,
    lower: 0,
    upper: Infinity,
    terms: [[reach, epsilon], ...excesses, [largest, -radius]],
  });
}

const scaled = (terms: readonly Term[], factor: number): Term[] =>
  terms.map(([column, coefficient]): Term => [column, coefficient * factor]);

function requireSpec({ shares, samples, epsilon, radius }: ExactChanceSpec): void {
  requireRisk(epsilon);
  const refuse = (what: string, value: number, range: string) => new Refusal('out-of-range', { what, value, range });
  if (!(radius > 0 && radius < Infinity)) throw refuse('The radius', radius, 'above 0');
  if (!(samples.length >= 1 && samples.length <= mostExactSamples))
    throw refuse('The number of samples', samples.length, `1 to ${mostExactSamples}`);
  const other = samples.find((sample) => sample.length !== shares.length);
  if (other) throw refuse('The size of a sample', other.length, `that of the shares, ${shares.length}`);
}
