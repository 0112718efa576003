/**
 * Counterpart of an uncertain row under a one-sided budget, by linear duality.
 *
 *   Σ a x + max_{z ∈ Z(Γ)} Σ_j f_j(x) z_j ≤ upper
 *
 * The inner maximum is max { Σ f_j z_j : 0 ≤ z_j ≤ m_j, Σ z_j ≤ Γ }; its dual is min { Γ p + Σ m_j q_j : p + q_j ≥ f_j(x), p, q ≥ 0 }:
 *
 *   Σ a x + Γ p + Σ_j m_j q_j ≤ upper,     p + q_j ≥ f_j(x)
 *
 * Where Γ reaches Σ m the budget never binds and p is left out; where f_j is known to be nonnegative as well, m_j f_j stands for itself and no
 * column is needed. Exact in every case. Source: Bertsimas and Sim (2004), theorem 1, for half of their set.
 * Symbol → identifier: p → `threshold`, q → `excess`, m → `most`, Γ → `atOnce`.
 */
import type { ProgramBuilder } from '../program/program.ts';
import type { OneSidedBudget } from './one-sided-budget.ts';
import { addAtLeast, addGuarded, times, type CoefficientSign } from './sets/expressions.ts';
import type { UncertainRow } from './uncertain-row.ts';

/** @throws Error when set and row differ in the number of components. */
export function addOneSidedCounterpart(
  program: ProgramBuilder,
  row: UncertainRow,
  { most, atOnce }: OneSidedBudget,
  sign: CoefficientSign = 'any',
): void {
  if (most.length !== row.uncertain.length)
    throw new Error(`row ${row.name}: ${row.uncertain.length} uncertain terms, set of ${most.length}`);
  const whole = most.reduce((sum, count) => sum + count, 0) <= atOnce;
  if (whole && sign === 'nonnegative')
    return addGuarded(
      program,
      row,
      row.uncertain.map((coefficient, j) => times(coefficient, most[j]!)),
    );
  const threshold = whole
    ? []
    : [program.addColumn({ name: `${row.name}: price of one more at once`, lower: 0, upper: Infinity })];
  const excess = row.uncertain.map((coefficient, j) =>
    times(
      addAtLeast(
        program,
        `${row.name}: excess of component ${j + 1}`,
        [coefficient],
        threshold.map((column) => [column, 1] as const),
      ),
      most[j]!,
    ),
  );
  addGuarded(program, row, [
    ...threshold.map((column) => ({ terms: [[column, atOnce] as const], constant: 0 })),
    ...excess,
  ]);
}
