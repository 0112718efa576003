/**
 * A margin that grows with decisions: reserve shares a(x), affine in the columns, meet an error vector ξ with mean μ and covariance Σ.
 *
 *   base(x) + μᵀ a(x) + k ‖Σ^{1/2} a(x)‖₂ ≤ upper          with ‖Σ^{1/2} a‖₂ = √(aᵀ Σ a)
 *
 * HiGHS has no cones. A column s stands for the norm and is held up by tangents, each a valid lower bound of it, exact at its point â:
 *
 *   s ≥ (Σ â / √(âᵀ Σ â))ᵀ a(x)
 *
 * To begin with ±â along each share; then `cut` adds the tangent at a solution where s is short by more than the tolerance. When no
 * margin is cut any more every row is kept to within k · tolerance, and the optimum found is a lower bound of the true one.
 *
 * Source: Kelley 1960; for chance constraints Calafiore and El Ghaoui 2006. Symbol → identifier: a → `shares`, Σ → `covariance`.
 */
import { Refusal } from '../../base/errors.ts';
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { evaluate, type AffineExpression } from '../../program/affine.ts';

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

export interface NormMargin {
  /** s, which stands for ‖Σ^{1/2} a‖₂ in the unit of the errors. */
  norm: Column;
  /** By how much s falls short of the norm at these column values; not positive when it does not. */
  shortfall(columns: ArrayLike<number>): number;
  /** Adds the tangent at these column values to the program it was built in. */
  cut(columns: ArrayLike<number>): void;
}

/** @throws Refusal `out-of-range` for a negative factor or a covariance that is not one (size, symmetry, negative variance). */
export function addNormMargin(program: ProgramBuilder, spec: NormMarginSpec): NormMargin {
  requireSpec(spec);
  const { name, shares, covariance, mean, factor, base, upper } = spec;
  const norm = program.addColumn({ name: `${name}: deviation`, lower: 0, upper: Infinity });
  const shift = shares.reduce((sum, share, j) => sum + mean[j]! * share.constant, base.constant);
  program.addRow({
    name,
    lower: -Infinity,
    upper: upper - shift,
    terms: [...base.terms, ...shares.flatMap((share, j) => scaled(share.terms, mean[j]!)), [norm, factor]],
  });
  let tangents = 0;
  const addTangent = (point: readonly number[]): void => {
    const product = covariance.map((row) => dot(row, point));
    const size = Math.sqrt(Math.max(0, dot(product, point)));
    if (size === 0) return;
    const slopes = product.map((value) => value / size);
    program.addRow({
      name: `${name}: tangent ${++tangents}`,
      lower: shares.reduce((sum, share, j) => sum + slopes[j]! * share.constant, 0),
      upper: Infinity,
      terms: [[norm, 1], ...shares.flatMap((share, j) => scaled(share.terms, -slopes[j]!))],
    });
  };
  shares.forEach((_, j) => {
    addTangent(shares.map((__, at) => (at === j ? 1 : 0)));
    addTangent(shares.map((__, at) => (at === j ? -1 : 0)));
  });
  const pointAt = (columns: ArrayLike<number>): number[] => shares.map((share) => evaluate(share, columns));
  return {
    norm,
    shortfall: (columns) => deviationOf(covariance, pointAt(columns)) - columns[norm]!,
    cut: (columns) => addTangent(pointAt(columns)),
  };
}

/** √(aᵀ Σ a) */
export function deviationOf(covariance: NormMarginSpec['covariance'], shares: readonly number[]): number {
  const square = covariance.reduce((sum, row, i) => sum + shares[i]! * dot(row, shares), 0);
  return Math.sqrt(Math.max(0, square));
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const scaled = (terms: readonly Term[], factor: number): Term[] =>
  terms.map(([column, coefficient]): Term => [column, coefficient * factor]);

function requireSpec({ shares, covariance, mean, factor }: NormMarginSpec): void {
  const refuse = (what: string, value: unknown, range: string) => new Refusal('out-of-range', { what, value, range });
  if (!(factor >= 0 && factor < Infinity)) throw refuse('The margin factor', factor, '0 or more');
  const size = shares.length;
  if (covariance.length !== size || covariance.some((row) => row.length !== size) || mean.length !== size)
    throw refuse('The size of the covariance', covariance.length, `that of the shares, ${size}`);
  covariance.forEach((row, i) => {
    if (!(row[i]! >= 0)) throw refuse(`Variance ${i + 1}`, row[i], '0 or more');
    row.forEach((value, j) => {
      if (!(Math.abs(value - covariance[j]![i]!) <= 1e-9 * (1 + Math.abs(value))))
        throw refuse(`Covariance ${i + 1}, ${j + 1}`, value, `the same as its mirror, ${covariance[j]![i]!}`);
    });
  });
}
