/**
 * Counterpart of a row under an ellipsoid:
 *
 *   Σ a x + max { fᵀξ : ξ = μ + r (F u + D v), ‖(u, v)‖₂ ≤ 1 } ≤ upper
 *   ⇔  r ‖(Fᵀ f(x), D f(x))‖₂ ≤ upper − Σ a x − μᵀ f(x)                    (Cauchy–Schwarz)
 *
 * A second-order cone of the program, which the solver meets by tangents inside its thread (docs/decisions/0005): the row holds to within
 * `coneTolerance`, in the row's unit, and the optimum is a lower bound of the true one. One row to begin with: the tangent along
 * f = (1, …, 1), which is close where all slots count alike. Source: Ben-Tal, El Ghaoui and Nemirovski 2009, section 2.3.
 */
import type { ProgramBuilder } from '../../program/program.ts';
import type { EllipsoidSet } from '../../uncertainty/day-set.ts';
import { rowAt, type UncertainRow } from '../uncertain-row.ts';
import { ellipsoidAdversary } from './adversary-ellipsoid.ts';
import { times, weighted } from './expressions.ts';

/** kW or kWh: a hundredth of a watt, a tenth of what a check would notice. */
export const coneTolerance = 1e-5;

export function addEllipsoidCounterpart(
  program: ProgramBuilder,
  row: UncertainRow,
  set: EllipsoidSet,
  tolerance = coneTolerance,
): void {
  const { centre, factors, spread, radius } = set;
  const start = ellipsoidAdversary(
    set,
    row.uncertain.map(() => 1),
  );
  program.addRow({ name: `${row.name}: first tangent`, lower: -Infinity, ...rowAt(row, start) });
  const shift = weighted(row.uncertain, centre);
  program.addCone({
    name: row.name,
    norm: [
      ...factors.map((factor) => times(weighted(row.uncertain, factor), radius)),
      ...row.uncertain.flatMap((each, j) => (spread[j] === 0 ? [] : [times(each, radius * spread[j]!)])),
    ],
    bound: {
      terms: times({ terms: [...row.terms, ...shift.terms], constant: 0 }, -1).terms,
      constant: row.upper - shift.constant,
    },
    tolerance,
  });
}
