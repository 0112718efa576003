/**
 * A margin that grows with decisions: reserve shares a(x), affine in the columns, meet an error vector ξ with mean μ and covariance Σ.
 *
 *   base(x) + μᵀ a(x) + k ‖Σ^{1/2} a(x)‖₂ ≤ upper          with ‖Σ^{1/2} a‖₂ = √(aᵀ Σ a) = ‖Lᵀ a‖₂ for Σ = L Lᵀ
 *
 * That is the counterpart of base(x) + a(x)ᵀ ξ ≤ upper under the ellipsoid { μ + k L u : ‖u‖₂ ≤ 1 }, and is stated as such: one cone of
 * the program, which the solver meets. With k(ε) of Cantelli it is P(a(x)ᵀ ξ + base(x) > upper) ≤ ε under every law with these moments.
 *
 * Source: Calafiore and El Ghaoui 2006. Symbol → identifier: a → `shares`, Σ → `covariance`, μ → `mean`, k → `factor`.
 */
import { Refusal } from '../../base/errors.ts';
import type { AffineExpression } from '../../program/affine.ts';
import type { ProgramBuilder } from '../../program/program.ts';
import { addEllipsoidCounterpart } from '../sets/counterpart-ellipsoid.ts';
import { covarianceRoot } from './covariance-root.ts';

export interface NormMarginSpec {
  name: string;
  /** a(x): one affine expression per component of ξ. */
  shares: readonly AffineExpression[];
  /** Σ, row by row; symmetric and without negative eigenvalues. */
  covariance: readonly (readonly number[])[];
  mean: readonly number[];
  /** k(ε) ≥ 0. */
  factor: number;
  /** base(x), and what the whole must not exceed. */
  base: AffineExpression;
  upper: number;
}

/**
 * @param tolerance by how much the row may be exceeded, in its unit; the optimum is a lower bound of the true one.
 * @throws Refusal `out-of-range` for a negative factor, or a covariance that is not one or not of the size of the shares.
 */
export function addNormMargin(program: ProgramBuilder, spec: NormMarginSpec, tolerance?: number): void {
  requireSpec(spec);
  const { name, shares, covariance, mean, factor, base, upper } = spec;
  addEllipsoidCounterpart(
    program,
    { name, terms: base.terms, uncertain: shares, upper: upper - base.constant },
    {
      kind: 'moment',
      centre: [...mean],
      factors: covarianceRoot(covariance),
      spread: shares.map(() => 0),
      radius: factor,
    },
    tolerance,
  );
}

function requireSpec({ shares, covariance, mean, factor }: NormMarginSpec): void {
  const refuse = (what: string, value: number, range: string) => new Refusal('out-of-range', { what, value, range });
  if (!(factor >= 0 && factor < Infinity)) throw refuse('The margin factor', factor, '0 or more');
  const other = [covariance.length, mean.length].find((size) => size !== shares.length);
  if (other !== undefined) throw refuse('The size of the covariance', other, `that of the shares, ${shares.length}`);
}
