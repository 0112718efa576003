/**
 * The chance constraint over a Wasserstein ball as it is, with shares as decisions: for N samples ξ⁽ⁱ⁾, a ball of radius θ > 0 about them in the
 * distance Σ_j |·|, and shares a(x) affine in the columns,
 *
 *   sup { P(base(x) + a(x)ᵀ ξ > upper) : W₁(P, P_N) ≤ θ } ≤ ε
 *
 * holds exactly when moving the nearest ε of probability beyond the limit costs at least θ: with d_i = max(upper − base(x) − a(x)ᵀ ξ⁽ⁱ⁾, 0),
 *
 *   ε s − 1/N Σ_i q_i ≥ θ m,   q_i ≥ s − d_i,   q, s ≥ 0,   −m ≤ a_j(x) ≤ m
 *   s − q_i ≤ upper − base(x) − a(x)ᵀ ξ⁽ⁱ⁾ + M_i z_i,   s − q_i ≤ S (1 − z_i),   z_i ∈ {0, 1},   Σ z ≤ p
 *
 * z_i = 1 gives sample i up. Every number comes from the data and the bounds of the shares' columns (chance-samples.ts): S, M_i, how many can be given up, which samples can
 * matter and which can never be given up; where p = 0 there is no binary, and the CVaR form is exact. Where only one number is uncertain, a(x)ᵀξ = g(x) · (cᵀξ) with g ≥ 0, the
 * limit is base(x) + g(x) · (worst-case quantile of cᵀξ) ≤ upper, by sorting the samples (uncertainty/ball-quantile.ts), and no binary is needed for any number of samples.
 *
 * The CVaR form (cvar-margin.ts) needs none and is safe, but can call infeasible what this form allows; whoever uses one says which.
 * Source: Chen, Kuhn and Wiesemann 2022, theorem 3. Symbol → identifier: θ → `radius`, s → `reach`, q → `excess`, m → `largest`, z → `given up`, M → `slack`.
 */
import { Refusal } from '../../base/errors.ts';
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { chanceSamples, oneNumber, type ChanceSamples } from './chance-samples.ts';
import type { CvarMarginSpec } from './cvar-margin.ts';
import { requireRisk } from './require-risk.ts';
import { wassersteinQuantile } from './wasserstein.ts';

/** More samples than this are for the CVaR form, where binaries are needed. */
export const mostExactSamples = 60;

export interface ExactChanceSpec extends CvarMarginSpec {
  /** 'parts': samples may be given up in part, which asks for less than the chance constraint; for a first look at which rows bind. 'whole' when left out. */
  givenUp?: GivenUp;
}
export type GivenUp = 'whole' | 'parts';

/** @throws Refusal `out-of-range` for ε outside (0, 1), θ ≤ 0, no samples or, where binaries are needed, more than `mostExactSamples`. */
export function addExactChance(program: ProgramBuilder, spec: ExactChanceSpec): void {
  requireSpec(spec);
  const { name, samples, epsilon, radius, base, upper } = spec;
  const one = oneNumber(program, spec.shares);
  if (one === null) return addBinaries(program, spec, chanceSamples(program, spec));
  const losses = samples.map((sample) => sample.reduce((sum, value, j) => sum + value * one.weights[j]!, 0));
  const steepest = Math.max(0, ...one.weights.map(Math.abs));
  const level = wassersteinQuantile(losses, epsilon, radius * steepest);
  program.addRow({
    name,
    lower: -Infinity,
    upper: upper - base.constant - (one.of === null ? level : 0),
    terms: [...base.terms, ...(one.of === null ? [] : [[one.of, level] as const])],
  });
}

function addBinaries(program: ProgramBuilder, spec: ExactChanceSpec, of: ChanceSamples): void {
  const { name, shares, samples, epsilon, radius, base, upper } = spec;
  if (samples.length > mostExactSamples) throw tooMany(samples.length);
  const reach = program.addColumn({ name: `${name}: reach`, lower: 0, upper: of.mostReach });
  const largest = program.addColumn({ name: `${name}: largest share`, lower: 0, upper: of.largestShare });
  shares.forEach(({ terms, constant }, j) => {
    for (const sign of [1, -1])
      // A share that is never on that side needs no row for it.
      if (of.range[j]![sign > 0 ? 'upper' : 'lower'] * sign > 0)
        program.addRow({
          name: `${name}: share ${j + 1}, ${sign > 0 ? 'up' : 'down'}`,
          lower: sign * constant,
          upper: Infinity,
          terms: [[largest, 1], ...scaled(terms, -sign)],
        });
  });
  const givenUp = new Map<number, Column>();
  const excesses = of.kept.map(({ sample: i, slack }): Term => {
    const excess = program.addColumn({ name: `${name}: excess ${i + 1}`, lower: 0, upper: of.mostReach });
    const constant = shares.reduce((sum, share, j) => sum + share.constant * samples[i]![j]!, base.constant);
    const within: Term[] = [[reach, 1], [excess, -1], ...base.terms];
    shares.forEach(({ terms }, j) => within.push(...scaled(terms, samples[i]![j]!)));
    if (slack > 0) {
      const kind = spec.givenUp === 'parts' ? 'continuous' : 'integer';
      const up = program.addColumn({ name: `${name}: given up ${i + 1}`, lower: 0, upper: 1, kind });
      givenUp.set(i, up);
      within.push([up, -slack]);
      program.addRow({
        name: `${name}: sample ${i + 1} beyond`,
        lower: -Infinity,
        upper: of.mostReach,
        terms: [
          [reach, 1],
          [excess, -1],
          [up, of.mostReach],
        ],
      });
    }
    program.addRow({
      name: `${name}: sample ${i + 1} within`,
      lower: -Infinity,
      upper: upper - constant,
      terms: within,
    });
    return [excess, -1 / samples.length];
  });
  if (givenUp.size > of.mostGivenUp)
    program.addRow({
      name: `${name}: most given up`,
      lower: -Infinity,
      upper: of.mostGivenUp,
      terms: [...givenUp.values()].map((column): Term => [column, 1]),
    });
  for (const { sample: i, worse } of of.kept)
    for (const k of worse) {
      const [own, before] = [givenUp.get(i), givenUp.get(k)];
      if (own === undefined || before === undefined) continue;
      program.addRow({
        name: `${name}: ${k + 1} given up before ${i + 1}`,
        lower: -Infinity,
        upper: 0,
        terms: [
          [own, 1],
          [before, -1],
        ],
      });
    }
  program.addRow({ name, lower: 0, upper: Infinity, terms: [[reach, epsilon], ...excesses, [largest, -radius]] });
}

const scaled = (terms: readonly Term[], factor: number): Term[] =>
  factor === 0 ? [] : terms.map(([column, coefficient]): Term => [column, coefficient * factor]);

const refuse = (what: string, value: number, range: string) => new Refusal('out-of-range', { what, value, range });
const tooMany = (count: number) =>
  refuse(
    'The number of past days of an exact chance constraint that is searched day by day',
    count,
    `1 to ${mostExactSamples} (for more choose the set "wasserstein", its CVaR form)`,
  );

function requireSpec({ shares, samples, epsilon, radius }: CvarMarginSpec): void {
  requireRisk(epsilon);
  if (!(radius > 0 && radius < Infinity)) throw refuse('The radius', radius, 'above 0');
  if (samples.length === 0) throw refuse('The number of samples', 0, '1 or more');
  const other = samples.find((sample) => sample.length !== shares.length);
  if (other) throw refuse('The size of a sample', other.length, `that of the shares, ${shares.length}`);
}
