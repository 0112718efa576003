/**
 * A root L of a covariance, Σ = L Lᵀ, so that √(aᵀ Σ a) = ‖Lᵀ a‖₂: Cholesky's factorisation, in which a component that the earlier ones
 * explain wholly has nothing left to divide by and gets a column of zeros.
 */
import { Refusal } from '../../base/errors.ts';

/** What rounding may leave of a variance that is explained wholly, relative to the variance itself. */
const roundingShare = 1e-12;

/**
 * @param covariance Σ [component][component], in the square of the errors' unit.
 * @returns L by columns, [column][component], in the errors' unit.
 * @throws Refusal `out-of-range` when Σ is no covariance: not square, not symmetric, or with a direction of negative variance.
 */
export function covarianceRoot(covariance: readonly (readonly number[])[]): number[][] {
  requireSymmetric(covariance);
  const columns: number[][] = [];
  covariance.forEach((row, k) => {
    const left = row.map((value, i) => value - columns.reduce((sum, column) => sum + column[i]! * column[k]!, 0));
    const variance = left[k]!;
    const rounding = roundingShare * row[k]!;
    const size = variance > rounding ? Math.sqrt(variance) : 0;
    const loose = left.findIndex(
      (value, i) => i > k && Math.abs(value) > Math.sqrt(roundingShare * row[k]! * covariance[i]![i]!),
    );
    if (variance < -rounding || (size === 0 && loose >= 0))
      throw refuse(`Variance ${k + 1}`, row[k]!, 'at least what the other components explain of it');
    columns.push(left.map((value, i) => (i < k || size === 0 ? 0 : value / size)));
  });
  return columns;
}

function requireSymmetric(covariance: readonly (readonly number[])[]): void {
  covariance.forEach((row, i) => {
    if (row.length !== covariance.length)
      throw refuse('The size of the covariance', row.length, `${covariance.length}`);
    if (!(row[i]! >= 0)) throw refuse(`Variance ${i + 1}`, row[i]!, '0 or more');
    row.forEach((value, j) => {
      const mirror = covariance[j]?.[i];
      if (mirror === undefined || !(Math.abs(value - mirror) <= 1e-9 * (1 + Math.abs(value))))
        throw refuse(`Covariance ${i + 1}, ${j + 1}`, value, `the same as its mirror, ${mirror}`);
    });
  });
}

const refuse = (what: string, value: number, range: string): Refusal =>
  new Refusal('out-of-range', { what, value, range });
