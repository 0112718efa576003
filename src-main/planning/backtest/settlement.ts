/**
 * What real time pays for energy that was not planned. With p the day-ahead price of a slot, buy and sell the site's own prices from it and
 * s the spread (share of |p|):
 *
 *   short:   max(buy, buy / (1 − loss), sell) + s |p|        surplus:   min(buy, buy / (1 − loss), sell) − s |p|
 *
 * so that nothing is ever better bought or sold in real time than the day before, whatever the sign of the price. Measured imbalance
 * prices may be better or worse than that on a given day; they are not telemetry of the desk.
 */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { Settlement } from '../../verify/realised-day.ts';
import type { DayPrices } from '../prices/day-prices.ts';

export interface SettlementWish {
  /** Share of the absolute day-ahead price by which real time is worse. */
  spread: number;
  /** Worth of a kWh that nobody could supply. */
  unservedPerKwh: number;
}

/** Without a grid nothing is bought or sold, and no price is asked. */
export function settlementOf(problem: V2gProblem, prices: DayPrices | null, wish: SettlementWish): Settlement {
  const slots = Array.from({ length: problem.slots }, (_, slot) => slot);
  const atGrid = (pick: (values: number[], spread: number) => number): number[] =>
    slots.map((slot) => {
      const { grid, lossShare } = problem;
      if (!grid || !prices) return 0;
      const buy = grid.buyPerKwh[slot]!;
      return pick(
        [buy, buy / (1 - lossShare), grid.sellPerKwh[slot]!],
        wish.spread * Math.abs(prices.marketPerKwh[slot]!),
      );
    });
  return {
    shortPerKwh: atGrid((values, spread) => Math.max(...values) + spread),
    surplusPerKwh: atGrid((values, spread) => Math.min(...values) - spread),
    unservedPerKwh: wish.unservedPerKwh,
    unmetPerKwh: wish.unservedPerKwh,
  };
}
