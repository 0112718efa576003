/**
 * Counterpart of a row under an ellipsoid:
 *
 *   Σ a x + max { fᵀξ : ξ = μ + r (F u + D v), ‖(u, v)‖₂ ≤ 1 } ≤ upper
 *   ⇔  r ‖(Fᵀ f(x), D f(x))‖₂ ≤ upper − Σ a x − μᵀ f(x)                    (Cauchy–Schwarz)
 *
 * A second-order cone of the program, which the solver meets by tangents inside its thread (docs/decisions/0005): the row holds to within
 * `coneTolerance`, in the row's unit, and the optimum is a lower bound of the true one. Source: Ben-Tal, El Ghaoui and Nemirovski 2009, section 2.3.
 */
import type { ProgramBuilder } from '../../program/program.ts';
import type { EllipsoidSet } from '../../uncertainty/day-set.ts';
import type { UncertainRow } from '../uncertain-row.ts';
import { addFirstTangent, ellipsoidCone } from './ellipsoid-cone.ts';

/** kW or kWh: a hundredth of a watt, a tenth of what a check would notice. */
export const coneTolerance = 1e-5;

export function addEllipsoidCounterpart(
  program: ProgramBuilder,
  row: UncertainRow,
  set: EllipsoidSet,
  tolerance = coneTolerance,
): void {
  addFirstTangent(program, row, set);
  const { axes, bound } = ellipsoidCone(row, set);
  program.addCone({ name: row.name, norm: axes, bound, tolerance });
}
