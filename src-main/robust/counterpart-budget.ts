/**
 * Counterpart of an uncertain row under a budget set, by linear duality.
 *
 *   Σ a x + max_{ξ ∈ U(α)} Σ_j f_j(x) ξ_j ≤ upper
 *
 * The inner maximum is max { Σ_j P̂_j |f_j(x)| z_j : 0 ≤ z_j ≤ 1, Σ z_j ≤ α }; its dual is min { α p + Σ_j q_j : p + q_j ≥
 * P̂_j |f_j(x)|, p, q ≥ 0 }. Minimum below a bound means some dual point below it, so the row holds exactly when there are p, q with
 *
 *   Σ a x + α p + Σ_j q_j ≤ upper
 *   p + q_j ≥  P̂_j f_j(x)
 *   p + q_j ≥ −P̂_j f_j(x)                         for every j
 *
 * Dimensions: L + 1 columns and 2L + 1 rows for L components. The shape depends on L only; α and P̂ are numbers in it.
 * Source: Bertsimas and Sim (2004), theorem 1. Symbol → identifier: p → `threshold`, q_j → `excess`, P̂ → `halfWidths`, α → `protection`.
 */
import type { Column, ProgramBuilder, Row, Term } from '../program/program.ts';
import type { BudgetSet } from './budget-set.ts';
import type { UncertainRow } from './uncertain-row.ts';

/**
 * Adds the rows and columns of the counterpart; returns the protected row.
 *
 * @throws Error when the set and the row differ in the number of components.
 */
export function addBudgetCounterpart(program: ProgramBuilder, row: UncertainRow, set: BudgetSet): Row {
  if (set.halfWidths.length !== row.uncertain.length)
    throw new Error(`row ${row.name}: ${row.uncertain.length} uncertain terms, set of ${set.halfWidths.length}`);
  const column = (name: string): Column =>
    program.addColumn({ name: `${row.name}: ${name}`, lower: 0, upper: Infinity });
  const protection = Math.min(set.protection, set.halfWidths.length);
  const threshold = column('price of protection');
  const guarded: Term[] = [...row.terms, [threshold, protection]];
  row.uncertain.forEach((coefficient, j) => {
    const excess = column(`excess of component ${j + 1}`);
    guarded.push([excess, 1]);
    for (const sign of [1, -1]) {
      const weight = sign * set.halfWidths[j]!;
      program.addRow({
        name: `${row.name}: component ${j + 1} ${sign > 0 ? 'up' : 'down'}`,
        lower: weight * coefficient.constant,
        upper: Infinity,
        terms: [[threshold, 1], [excess, 1], ...coefficient.terms.map(([x, value]): Term => [x, -weight * value])],
      });
    }
  });
  return program.addRow({ name: row.name, lower: -Infinity, upper: row.upper, terms: guarded });
}
