/**
 * Re-checks a day's bids in plain arithmetic: curves that fall, and the money of the bids walked forwards with imbalance settled. That a
 * bid foresees nothing is its shape: one curve per slot, a quantity for a price.
 */
import type { MarketProblem } from '../models/market/problem.ts';
import { checkPolicy, type Act, type Law, type PolicyMoney } from './check-policy.ts';

export interface CheckedBids extends PolicyMoney {
  /** Curves on which more is bought at a higher price: 0 in sound bids. */
  risingSlots: number[];
}

/** @param quantityKwh bought (+) or sold (−) at the grid [slot][state]. @throws Error as `checkPolicy` */
export function checkBids(
  problem: MarketProblem,
  quantityKwh: readonly (readonly number[])[],
  imbalancePerMwh: number,
  deliver: Act,
  law: Law,
): CheckedBids {
  const { efficiency, stepKwh } = problem.storage;
  const risingSlots = [...quantityKwh.keys()].filter((slot) => {
    const prices = problem.pricePerMwh[slot]!;
    const byPrice = [...prices.keys()].sort((a, b) => prices[a]! - prices[b]!);
    return byPrice.some(
      (state, rank) => rank > 0 && quantityKwh[slot]![state]! > quantityKwh[slot]![byPrice[rank - 1]!]! + 1e-9,
    );
  });
  const money = checkPolicy(problem, deliver, law, (slot, state, action) => {
    const delivered = Math.max(0, action) / efficiency - Math.max(0, -action) * efficiency;
    return (Math.abs(delivered * stepKwh - quantityKwh[slot]![state]!) / 1000) * imbalancePerMwh;
  });
  return { ...money, risingSlots };
}
