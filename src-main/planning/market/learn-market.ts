/**
 * What a learner that met the past days one by one, as they came, would have known after so many of them; beside the bound of the model,
 * without which nothing learnt is used.
 */
import type { Steps } from '../../base/steps.ts';
import { addDays } from '../../base/zone.ts';
import type { MarketProblem } from '../../models/market/problem.ts';
import { robustLearner } from '../../models/market/robust-learning.ts';
import { policyValues, startValue } from '../../models/market/robust-values.ts';
import { stateOfPrice, type PriceChain, type PriceDay } from '../../uncertainty/price-chain.ts';

export interface LearningPoint {
  /** Days seen so far. */
  days: number;
  /** Worth of the day as the learner sees it. */
  believed: number;
  /** Its greedy policy under the adversary of the model's rows: at most the bound. */
  guaranteed: number;
}

/** Days seen at a point: a week, and twice as many each time; the last point is all of them. */
const firstPoint = 7;

/** @param hours hour of the local day of each slot */
export function* learnMarket(
  problem: MarketProblem,
  { chain, hours, days }: { chain: PriceChain; hours: readonly number[]; days: readonly PriceDay[] },
): Steps<LearningPoint[]> {
  const learner = robustLearner(problem);
  const stateAt = (day: PriceDay, hour: number): number => stateOfPrice(chain, hour, day.pricePerMwh[hour]!);
  const points: LearningPoint[] = [];
  let due = firstPoint;
  for (const [seen, day] of days.entries()) {
    yield;
    const next = days[seen + 1];
    const goesOn = next !== undefined && next.day === addDays(day.day, 1);
    // From the end: what an hour learns, the hours before it use on the same day.
    for (let slot = hours.length - 1; slot >= 0; slot--) {
      const hour = hours[slot]!;
      if (hour < 23) learner.observe(slot, stateAt(day, hour), stateAt(day, hour + 1));
      else if (goesOn) learner.observe(slot, stateAt(day, hour), stateAt(next, 0));
    }
    if (seen + 1 !== due && next !== undefined) continue;
    const learnt = learner.values();
    points.push({
      days: seen + 1,
      believed: startValue(problem, learnt),
      guaranteed: startValue(problem, policyValues(problem, learnt.policy)),
    });
    due *= 2;
  }
  return points;
}
