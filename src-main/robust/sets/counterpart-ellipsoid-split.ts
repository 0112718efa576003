/**
 * The ellipsoid's counterpart with its norm split in two-dimensional pieces, for rows whose norm is minimised itself:
 *
 *   ‖v(x)‖₂ ≤ b(x)   ⇔   Σ_k w_k ≤ b(x),   v_k(x)² ≤ b(x) w_k,   w ≥ 0
 *
 * each piece a cone, ‖(2 v_k, b − w_k)‖₂ ≤ b + w_k. A tangent of one piece serves every combination of the others, so tangents that run around a
 * sphere of many axes for hundreds of rounds are done in a few. Exact as the whole: a breach of τ in every piece is one of at most τ K/4 in
 * the norm, for K axes. Source: Vielma, Dunning, Huchette and Lubin 2017. Symbols: v and b as in ellipsoid-cone.ts, w → `part`.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { ProgramBuilder } from '../../program/program.ts';
import type { EllipsoidSet } from '../../uncertainty/day-set.ts';
import type { UncertainRow } from '../uncertain-row.ts';
import { coneTolerance } from './counterpart-ellipsoid.ts';
import { addFirstTangent, ellipsoidCone } from './ellipsoid-cone.ts';
import { plus, times } from './expressions.ts';

export function addSplitEllipsoidCounterpart(
  program: ProgramBuilder,
  row: UncertainRow,
  set: EllipsoidSet,
  tolerance = coneTolerance,
): void {
  addFirstTangent(program, row, set);
  const { axes, bound } = ellipsoidCone(row, set);
  const parts = axes.map((axis, at): AffineExpression => {
    const part = program.addColumn({ name: `${row.name}: part of axis ${at + 1}`, lower: 0, upper: Infinity });
    const own: AffineExpression = { terms: [[part, 1]], constant: 0 };
    program.addCone({
      name: `${row.name}: axis ${at + 1}`,
      norm: [times(axis, 2), plus([bound, times(own, -1)])],
      bound: plus([bound, own]),
      tolerance,
    });
    return own;
  });
  const { terms, constant } = plus([...parts, times(bound, -1)]);
  program.addRow({ name: row.name, lower: -Infinity, upper: -constant, terms });
}
