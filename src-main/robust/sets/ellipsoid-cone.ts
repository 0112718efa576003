/**
 * What every form of an ellipsoid's counterpart begins with: the cone of the row, and one tangent of it.
 *
 *   ‖v(x)‖₂ ≤ b(x),     v = r (Fᵀ f(x), D f(x)),     b = upper − Σ a x − μᵀ f(x)
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { ProgramBuilder } from '../../program/program.ts';
import type { EllipsoidSet } from '../../uncertainty/day-set.ts';
import { rowAt, type UncertainRow } from '../uncertain-row.ts';
import { ellipsoidAdversary } from './adversary-ellipsoid.ts';
import { times, weighted } from './expressions.ts';

export interface EllipsoidCone {
  /** v, one expression an axis; axes without spread are left out. */
  axes: AffineExpression[];
  /** b */
  bound: AffineExpression;
}

export function ellipsoidCone(row: UncertainRow, { centre, factors, spread, radius }: EllipsoidSet): EllipsoidCone {
  const shift = weighted(row.uncertain, centre);
  return {
    axes: [
      ...factors.map((factor) => times(weighted(row.uncertain, factor), radius)),
      ...row.uncertain.flatMap((each, j) => (spread[j] === 0 ? [] : [times(each, radius * spread[j]!)])),
    ],
    bound: {
      terms: times({ terms: [...row.terms, ...shift.terms], constant: 0 }, -1).terms,
      constant: row.upper - shift.constant,
    },
  };
}

/** The row at the worst deviation along f = (1, …, 1): close where all coordinates count alike. */
export function addFirstTangent(program: ProgramBuilder, row: UncertainRow, set: EllipsoidSet): void {
  const start = ellipsoidAdversary(
    set,
    row.uncertain.map(() => 1),
  );
  program.addRow({ name: `${row.name}: first tangent`, lower: -Infinity, ...rowAt(row, start) });
}
