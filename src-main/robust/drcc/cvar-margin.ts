/**
 * The safe Wasserstein margin with reserve shares as decisions, in linear rows. For N samples ξ⁽ⁱ⁾, a ball of radius θ about them in the
 * distance Σ_j |·|, and shares a(x) affine in the columns:
 *
 *   base(x) + CVaR_{1−ε}(a(x)ᵀ ξ) + (θ/ε) max_j |a_j(x)| ≤ upper
 *
 *   CVaR_{1−ε}(L) = min_c { c + 1/(εN) Σ_i max(L_i − c, 0) }          (Rockafellar and Uryasev 2000)
 *
 *   c + 1/(εN) Σ_i s_i + (θ/ε) m + base(x) ≤ upper,   s_i ≥ a(x)ᵀ ξ⁽ⁱ⁾ − c,   s_i ≥ 0,   −m ≤ a_j(x) ≤ m
 *
 * N + 2 columns and N + 2·(number of shares) + 1 rows. Sufficient for P(a(x)ᵀ ξ + base(x) > upper) ≤ ε under every law in the ball;
 * with one share fixed at 1 it is `wassersteinSafe`. Source: Mohajerin Esfahani and Kuhn 2018.
 * Symbol → identifier: θ → `radius`, c → `threshold`, s → `excess`, m → `largest`.
 */
import { Refusal } from '../../base/errors.ts';
import type { ProgramBuilder, Term } from '../../program/program.ts';
import type { AffineExpression } from '../../program/affine.ts';
import { requireRisk } from './require-risk.ts';

export interface CvarMarginSpec {
  name: string;
  shares: readonly AffineExpression[];
  /** [sample][share], the unit of the margin. */
  samples: readonly (readonly number[])[];
  epsilon: number;
  radius: number;
  base: AffineExpression;
  upper: number;
}

/** @throws Refusal `out-of-range` for ε outside (0, 1), θ < 0, no samples, or samples of another size than the shares. */
export function addCvarMargin(program: ProgramBuilder, spec: CvarMarginSpec): void {
  requireSpec(spec);
  const { name, shares, samples, epsilon, radius, base, upper } = spec;
  const threshold = program.addColumn({ name: `${name}: threshold`, lower: -Infinity, upper: Infinity });
  const largest = program.addColumn({ name: `${name}: largest share`, lower: 0, upper: Infinity });
  shares.forEach(({ terms, constant }, j) => {
    program.addRow({
      name: `${name}: share ${j + 1} from above`,
      lower: constant,
      upper: Infinity,
      terms: [[largest, 1], ...scaled(terms, -1)],
    });
    program.addRow({
      name: `${name}: share ${j + 1} from below`,
      lower: -constant,
      upper: Infinity,
      terms: [[largest, 1], ...terms],
    });
  });
  const excesses = samples.map((sample, i): Term => {
    const excess = program.addColumn({ name: `${name}: excess ${i + 1}`, lower: 0, upper: Infinity });
    program.addRow({
      name: `${name}: sample ${i + 1}`,
      lower: shares.reduce((sum, { constant }, j) => sum + constant * sample[j]!, 0),
      upper: Infinity,
      terms: [[excess, 1], [threshold, 1], ...shares.flatMap(({ terms }, j) => scaled(terms, -sample[j]!))],
    });
    return [excess, 1 / (epsilon * samples.length)];
  });
  program.addRow({
    name,
    lower: -Infinity,
    upper: upper - base.constant,
    terms: [...base.terms, [threshold, 1], ...excesses, [largest, radius / epsilon]],
  });
}

const scaled = (terms: readonly Term[], factor: number): Term[] =>
  terms.map(([column, coefficient]): Term => [column, coefficient * factor]);

function requireSpec({ shares, samples, epsilon, radius }: CvarMarginSpec): void {
  requireRisk(epsilon);
  const refuse = (what: string, value: number, range: string) => new Refusal('out-of-range', { what, value, range });
  if (!(radius >= 0 && radius < Infinity)) throw refuse('The radius', radius, '0 or more');
  if (samples.length === 0) throw refuse('The number of samples', 0, '1 or more');
  const other = samples.find((sample) => sample.length !== shares.length);
  if (other) throw refuse('The size of a sample', other.length, `that of the shares, ${shares.length}`);
}
