/**
 * Counterpart of a row under a budget over components and over slots, by linear duality twice.
 *
 *   slot t:  s_t ≥ α p_t + Σ_j q_j,   p_t + q_j ≥ P̂_j |f_j(x)|            (the inner maximum is at most s_t)
 *   day:     Σ a x + Γ P + Σ_t Q_t ≤ upper,   P + Q_t ≥ α p_t + Σ_{j in t} q_j,   all ≥ 0
 *
 * Exact. L T + 2 T + 1 columns for L components and T slots; with one component of a slot and α ≥ 1 its p and q are not needed.
 * Source: Bertsimas and Sim 2004, theorem 1. Symbols: p → `threshold`, q → `excess`, P → `dayThreshold`, Q → `dayExcess`.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { ProgramBuilder } from '../../program/program.ts';
import type { BudgetDaySet } from '../../uncertainty/day-set.ts';
import type { UncertainRow } from '../uncertain-row.ts';
import { addAtLeast, addGuarded, magnitudesOf, plus, times, type CoefficientSign } from './expressions.ts';

export function addBudgetDayCounterpart(
  program: ProgramBuilder,
  row: UncertainRow,
  set: BudgetDaySet,
  sign: CoefficientSign,
): void {
  const { slots, slotProtection } = set;
  const components = set.halfWidths.length / slots;
  const impacts = magnitudesOf(program, row, row.uncertain, sign).map((magnitude, j) =>
    times(magnitude, set.halfWidths[j]!),
  );
  const ofSlot = Array.from({ length: slots }, (_, slot): AffineExpression => {
    const own = Array.from({ length: components }, (__, component) => impacts[component * slots + slot]!);
    return worstOfSlot(program, `${row.name}: slot ${slot + 1}`, own, set.protection);
  });
  const dayThreshold = program.addColumn({
    name: `${row.name}: price of a slot of protection`,
    lower: 0,
    upper: Infinity,
  });
  const dayExcess = ofSlot.map((worst, slot) =>
    addAtLeast(program, `${row.name}: excess of slot ${slot + 1}`, [worst], [[dayThreshold, 1]]),
  );
  const budget = Math.min(slotProtection, slots);
  addGuarded(program, row, [{ terms: [[dayThreshold, budget]], constant: 0 }, ...dayExcess]);
}

function worstOfSlot(
  program: ProgramBuilder,
  name: string,
  impacts: readonly AffineExpression[],
  protection: number,
): AffineExpression {
  if (protection >= impacts.length) return plus(impacts);
  const threshold = program.addColumn({ name: `${name}, price of protection`, lower: 0, upper: Infinity });
  const excess = impacts.map((impact, at) =>
    addAtLeast(program, `${name}, excess of component ${at + 1}`, [impact], [[threshold, 1]]),
  );
  return plus([{ terms: [[threshold, protection]], constant: 0 }, ...excess]);
}
