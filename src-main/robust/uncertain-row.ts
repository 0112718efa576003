/**
 * A row whose coefficients depend on what is uncertain, before it has been made deterministic:
 *
 *   Σ_k a_k x_k + max_{ξ ∈ U} Σ_j f_j(x) ξ_j ≤ upper,     f_j(x) = constant_j + Σ_k b_{jk} x_k
 *
 * Symbol → identifier: a → `terms`, f_j → `uncertain[j]`.
 */
import type { AffineExpression } from '../program/affine.ts';
import type { Term } from '../program/program.ts';

export interface UncertainRow {
  name: string;
  terms: readonly Term[];
  /** Coefficient of each uncertain component. */
  uncertain: readonly AffineExpression[];
  upper: number;
}

/** The deterministic row that one realisation ξ leaves behind: Σ a x + Σ_j (b_j ξ_j) x ≤ upper − Σ_j constant_j ξ_j. */
export function rowAt(row: UncertainRow, realisation: readonly number[]): { terms: Term[]; upper: number } {
  const terms: Term[] = [...row.terms];
  let upper = row.upper;
  row.uncertain.forEach((expression, j) => {
    const deviation = realisation[j]!;
    for (const [column, coefficient] of expression.terms) terms.push([column, coefficient * deviation]);
    upper -= expression.constant * deviation;
  });
  return { terms, upper };
}
