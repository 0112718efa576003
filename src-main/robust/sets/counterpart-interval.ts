/**
 * Counterpart of a row under a box:   Σ a x + Σ_j P̂_j m_j ≤ upper,   m_j ≥ |f_j(x)|.
 *
 * Exact; one column and two rows for a coordinate (none where the coefficients are known not to be negative). Symbol: m → `magnitudes`.
 */
import type { ProgramBuilder } from '../../program/program.ts';
import type { IntervalSet } from '../../uncertainty/day-set.ts';
import type { UncertainRow } from '../uncertain-row.ts';
import { addGuarded, magnitudesOf, times, type CoefficientSign } from './expressions.ts';

export function addIntervalCounterpart(
  program: ProgramBuilder,
  row: UncertainRow,
  set: IntervalSet,
  sign: CoefficientSign,
): void {
  const magnitudes = magnitudesOf(program, row, row.uncertain, sign);
  addGuarded(
    program,
    row,
    magnitudes.map((magnitude, j) => times(magnitude, set.halfWidths[j]!)),
  );
}
