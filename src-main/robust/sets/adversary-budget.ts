/**
 * Worst deviation of a budget over components within a slot and over slots within a day, for coefficients f.
 *
 *   slot t:  s_t = max { Σ_j f_j ξ_j : |ξ_j| ≤ P̂_j, Σ |ξ_j|/P̂_j ≤ α }     (robust/budget-set.ts)
 *   day:     max Σ_t u_t s_t,  0 ≤ u_t ≤ 1,  Σ u_t ≤ Γ                     the ⌊Γ⌋ dearest slots and a part of the next
 *
 * Exact: for given u the slots part, each slot's maximum is u_t s_t, and a sum over a budget is maximised greedily.
 * Source: Bertsimas and Sim 2004, applied twice.
 */
import type { BudgetDaySet } from '../../uncertainty/day-set.ts';
import { budgetAdversary } from '../budget-set.ts';

export function budgetDayAdversary(set: BudgetDaySet, coefficients: readonly number[]): number[] {
  const { slots, halfWidths, protection, slotProtection } = set;
  const components = halfWidths.length / slots;
  const realisation = new Array<number>(halfWidths.length).fill(0);
  const gains = new Array<number>(slots).fill(0);
  for (let slot = 0; slot < slots; slot++) {
    const own = Array.from({ length: components }, (_, component) => component * slots + slot);
    const widths = own.map((j) => halfWidths[j]!);
    const worst = budgetAdversary(
      { halfWidths: widths, protection },
      own.map((j) => coefficients[j]!),
    );
    own.forEach((j, at) => {
      realisation[j] = worst[at]!;
      gains[slot]! += coefficients[j]! * worst[at]!;
    });
  }
  // The slots are one more budget, of width 1 each, with their gains as coefficients.
  const awake = budgetAdversary({ halfWidths: gains.map(() => 1), protection: slotProtection }, gains);
  return realisation.map((value, j) => value * awake[j % slots]!);
}
