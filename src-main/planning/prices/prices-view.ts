/** The prices of a plan as the screens read them: how they were treated, the bill split into what is expected and what is risk, and the worst prices. */
import { worstPrices } from '../../verify/worst-prices.ts';
import type { PlanRecord } from '../ports.ts';

/** Null without a grid, and for a plan that asked for published prices only. */
export function pricesView({ problem, schedule, provenance: { prices } }: PlanRecord) {
  if (!prices || !problem.grid) return null;
  const worst = worstPrices(problem, schedule);
  return {
    ...prices,
    expectedBill: schedule.cost.gridPurchase + schedule.cost.gridSale,
    risk: schedule.cost.priceRisk ?? 0,
    worst: worst && {
      buyPerKwh: Float64Array.from(worst.buyPerKwh),
      sellPerKwh: Float64Array.from(worst.sellPerKwh),
    },
  };
}
