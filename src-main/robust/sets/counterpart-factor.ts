/**
 * Counterpart of a row under a factor polytope, by linear duality in the factors:
 *
 *   Σ a x + μᵀf(x) + B p + Σ_k q_k + s Σ_j rest_j |f_j(x)| ≤ upper,   p + q_k ≥ s |F_kᵀ f(x)|,   p, q ≥ 0
 *
 * Exact; K + 1 columns and 2 K + 1 rows for K factors whatever the number of slots, and the columns of |f_j| where their sign is not known.
 * Source: Bertsimas and Sim 2004 in the factors; Ben-Tal, El Ghaoui and Nemirovski 2009, section 2.3 for affine images.
 */
import type { ProgramBuilder } from '../../program/program.ts';
import type { FactorSet } from '../../uncertainty/day-set.ts';
import type { UncertainRow } from '../uncertain-row.ts';
import { addAtLeast, addGuarded, magnitudesOf, times, weighted, type CoefficientSign } from './expressions.ts';

export function addFactorCounterpart(
  program: ProgramBuilder,
  row: UncertainRow,
  set: FactorSet,
  sign: CoefficientSign,
): void {
  const { centre, factors, budget, rest, scale } = set;
  const threshold = program.addColumn({ name: `${row.name}: price of protection`, lower: 0, upper: Infinity });
  const excess = factors.map((factor, k) => {
    const load = times(weighted(row.uncertain, factor), scale);
    return addAtLeast(program, `${row.name}: excess of factor ${k + 1}`, [load, times(load, -1)], [[threshold, 1]]);
  });
  const magnitudes = magnitudesOf(program, row, row.uncertain, sign);
  addGuarded(program, row, [
    weighted(row.uncertain, centre),
    { terms: [[threshold, Math.min(budget, factors.length)]], constant: 0 },
    ...excess,
    times(weighted(magnitudes, rest), scale),
  ]);
}
