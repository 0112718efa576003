/**
 * What a finished plan costs when everything it is protected against is at its worst: each item of the schedule carried out, grid trade at the worst market
 * prices, responses on their dearest day, cars off plan at their dearest. Added up here from the flows; the plan's own total is its robust cost.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { recomputedCost } from './check-cost.ts';
import { worstPrices } from './worst-prices.ts';

export interface ReplayedCost {
  total: number;
  items: { key: 'schedule' | 'trade' | 'response' | 'offPlan'; label: string; amount: number }[];
}

export function replayCost(problem: V2gProblem, schedule: V2gSchedule): ReplayedCost {
  const {
    gridPurchase: _bought,
    gridSale: _sold,
    priceRisk,
    response,
    offPlan,
    ...own
  } = recomputedCost(problem, schedule);
  const carriedOut = Object.values(own).reduce((sum, amount) => sum + amount, 0);
  const items: ReplayedCost['items'] = [
    { key: 'schedule', label: 'Schedule as committed', amount: carriedOut },
    { key: 'trade', label: priceRisk === undefined ? 'Grid trade' : 'Grid trade at the worst prices', amount: trade(problem, schedule) }, // prettier-ignore
    { key: 'response', label: 'Responses on their dearest day', amount: response ?? 0 },
    { key: 'offPlan', label: 'Cars off plan at their dearest', amount: offPlan ?? 0 },
  ];
  const kept = items.filter(({ key, amount }) => key === 'schedule' || amount !== 0);
  return { total: kept.reduce((sum, { amount }) => sum + amount, 0), items: kept };
}

function trade(problem: V2gProblem, schedule: V2gSchedule): number {
  const { grid: flow, slotHours } = schedule;
  const prices = problem.grid && (worstPrices(problem, schedule) ?? problem.grid);
  if (!prices || flow === null) return 0;
  return flow.importKw.reduce(
    (sum, kw, slot) => sum + slotHours * (kw * prices.buyPerKwh[slot]! - flow.exportKw[slot]! * prices.sellPerKwh[slot]!), // prettier-ignore
    0,
  );
}
