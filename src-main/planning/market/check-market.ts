/** Promises of a market plan against the walk forwards of verify/, which shares no recursion with the model. */
import { bidValues, type DayBids } from '../../models/market/bids.ts';
import type { MarketProblem } from '../../models/market/problem.ts';
import { adversaryLaw, startValue, type PolicyValues } from '../../models/market/robust-values.ts';
import { checkBids } from '../../verify/check-bids.ts';
import { checkPolicy, type Act } from '../../verify/check-policy.ts';
import type { MarketCheck } from './market-plan.ts';

/** Money may differ by rounding over a day of sums. */
const tolerance = 1e-6;

/** @param believed the same rows without any doubt: a guarantee that exceeds what they promise is no guarantee. */
export function checkMarket(
  problem: MarketProblem,
  robust: PolicyValues,
  bids: DayBids,
  imbalancePerMwh: number,
  believedValue: number,
): MarketCheck {
  const act =
    (policy: readonly Int16Array[]): Act =>
    (slot, state, level) =>
      policy[slot]![state * robust.levels + level]!;
  const guaranteed = startValue(problem, robust);
  const found = checkPolicy(problem, act(robust.policy), (slot, state, level) =>
    adversaryLaw(problem, robust, slot, state, level),
  );
  const values = bidValues(problem, bids, imbalancePerMwh);
  const bidsFound = checkBids(problem, bids.quantityKwh, imbalancePerMwh, act(bids.policy), (slot, state, level) =>
    adversaryLaw(problem, values, slot, state, level),
  );
  const same = (promised: number, earned: number): boolean =>
    Math.abs(promised - earned) <= tolerance * Math.max(1, Math.abs(promised));
  const bidPromise = startValue(problem, values);
  const items = [
    item('Robust policy against its adversary', guaranteed, found.expected, same(guaranteed, found.expected)),
    item('Guarantee within what the estimate promises', believedValue, guaranteed, guaranteed <= believedValue + tolerance * Math.max(1, Math.abs(believedValue))), // prettier-ignore
    item('Bids against their adversary', bidPromise, bidsFound.expected, same(bidPromise, bidsFound.expected)),
    item('Bid curves that buy more at a higher price', 0, bidsFound.risingSlots.length, bidsFound.risingSlots.length === 0), // prettier-ignore
  ];
  return { passed: items.every(({ passed }) => passed), items };
}

const item = (name: string, promised: number, found: number, passed: boolean): MarketCheck['items'][number] => ({
  name,
  promised,
  found,
  passed,
});
