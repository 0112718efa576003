/**
 * How far a day's prices went, in the trades that plans are made of: one kWh bought or sold in one period, bought in one and sold in another,
 * and bought or sold evenly over the day. The score is the largest share of what the set knows of a trade, seen from its centre,
 *
 *   score = max_f (fᵀπ − fᵀμ) / (σ(f) − fᵀμ),      f ∈ { ±e_h } ∪ { e_h − e_k } ∪ { ±(1, …, 1) }
 *
 * so no such trade is dearer than the set says exactly when the score is at most 1. With many periods, pairs are of every n-th period.
 */
import type { SupportFunction } from './day-fitter.ts';
import type { PriceSet } from './price-set.ts';

export interface TradeReach {
  /** f, as [period, share] pairs, with σ(f) − fᵀμ and fᵀμ. */
  trades: { legs: readonly (readonly [period: number, share: number])[]; reach: number; centre: number }[];
}

const mostPairPeriods = 24;

export function tradeReach(set: PriceSet, periods: number, worstCase: SupportFunction): TradeReach {
  const mean = 'centre' in set ? set.centre : new Array<number>(periods).fill(0);
  const trades = tradesOf(periods).map((legs) => {
    const coefficients = new Array<number>(periods).fill(0);
    for (const [period, share] of legs) coefficients[period]! += share;
    const centre = legs.reduce((sum, [period, share]) => sum + share * mean[period]!, 0);
    return { legs, reach: worstCase(set, coefficients) - centre, centre };
  });
  return { trades };
}

/** @param deviation π [period] */
export function tradeScore({ trades }: TradeReach, deviation: ArrayLike<number>): number {
  let score = 0;
  for (const { legs, reach, centre } of trades) {
    let cost = -centre;
    for (const [period, share] of legs) cost += share * deviation[period]!;
    if (cost <= 1e-12) continue;
    score = Math.max(score, reach > 1e-12 ? cost / reach : Infinity);
  }
  return score;
}

function tradesOf(periods: number): TradeReach['trades'][number]['legs'][] {
  const all = Array.from({ length: periods }, (_, period) => period);
  const step = Math.ceil(periods / mostPairPeriods);
  const some = all.filter((period) => period % step === 0);
  const evenly = (share: number) => all.map((period) => [period, share] as const);
  return [
    ...all.flatMap((period) => [[[period, 1] as const], [[period, -1] as const]]),
    ...some.flatMap((bought) =>
      some.flatMap((sold) => (bought === sold ? [] : [[[bought, 1] as const, [sold, -1] as const]])),
    ),
    evenly(1 / periods),
    evenly(-1 / periods),
  ];
}
