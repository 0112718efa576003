/**
 * What policies would have earned on real days they have not seen: every four weeks a chain is learnt from the days before, and each day
 * of the four weeks is then run hour by hour at its own prices with tomorrow's fleet, so that what differs is the prices alone.
 */
import { bidsInSteps, imbalanceCost, type DayBids } from '../../models/market/bids.ts';
import { gridKwh, reward, terminalValue, type MarketProblem, type MarketStorage } from '../../models/market/problem.ts';
import { robustValues, type ActionCost, type PolicyValues } from '../../models/market/robust-values.ts';
import { fitPriceChain, stateOfPrice, type PriceChain, type PriceDay } from '../../uncertainty/price-chain.ts';
import type { RowSetKind } from '../../uncertainty/row-set.ts';
import { marketProblem } from './market-problem.ts';

export interface ReplayParts {
  currency: string;
  storage: MarketStorage;
  startLevel: number;
  states: number;
  kinds: readonly RowSetKind[];
  /** Kinds whose bids are replayed too. */
  bidKinds: readonly RowSetKind[];
  confidence: number;
  imbalancePerMwh: number;
  /** Days learnt from before each four weeks. */
  windowDays: number;
}

export interface ReplayedDay {
  day: string;
  pricePerMwh: number[];
  /** Policies that see each hour's price before they act, by kind of set. */
  waiting: Record<RowSetKind, DayRun>;
  /** Bids made the day before from those policies, imbalance settled. */
  bidding: Partial<Record<RowSetKind, DayRun>>;
  /** With all prices of the day known: what nobody can beat. */
  hindsightMoney: number;
}

export interface DayRun {
  money: number;
  /** Bought (+) or sold (−) at the grid [hour]. */
  energyKwh: number[];
}

export const refitDays = 28;
const everyHour = Array.from({ length: 24 }, (_, hour) => hour);

/** @param days ascending. @param testDays how many of the last are replayed. */
export function* replayMarket(
  days: readonly PriceDay[],
  testDays: number,
  parts: ReplayParts,
): Generator<void, ReplayedDay[]> {
  const replayed: ReplayedDay[] = [];
  for (let from = days.length - testDays; from < days.length; from += refitDays) {
    const chain = fitPriceChain(days.slice(Math.max(0, from - parts.windowDays), from), parts.states);
    const perKind: KindOfSet[] = [];
    for (const kind of parts.kinds) {
      const problem = marketProblem({ ...parts, name: kind, chain, kind, hours: everyHour, stateBefore: null });
      const values = robustValues(problem);
      yield;
      const bids = parts.bidKinds.includes(kind) ? yield* bidsInSteps(problem, values, parts.imbalancePerMwh) : null;
      perKind.push({ kind, problem, values, bids });
      yield;
    }
    for (const { day, pricePerMwh } of days.slice(from, from + refitDays)) {
      const prices = Array.from(pricePerMwh);
      const runs = perKind.map((set) => [set.kind, run(chain, prices, set, parts.imbalancePerMwh)] as const);
      replayed.push({
        day,
        pricePerMwh: prices,
        waiting: Object.fromEntries(runs.map(([kind, { waiting }]) => [kind, waiting])) as ReplayedDay['waiting'],
        bidding: Object.fromEntries(
          runs.flatMap(([kind, { bidding }]) => (bidding ? [[kind, bidding] as const] : [])),
        ) as ReplayedDay['bidding'],
        hindsightMoney: hindsight(parts, prices),
      });
      yield;
    }
  }
  return replayed;
}

interface KindOfSet {
  kind: RowSetKind;
  problem: MarketProblem;
  values: PolicyValues;
  bids: DayBids | null;
}

function run(
  chain: PriceChain,
  prices: readonly number[],
  { problem, values, bids }: KindOfSet,
  imbalancePerMwh: number,
): { waiting: DayRun; bidding: DayRun | null } {
  const walk = (policy: readonly Int16Array[], costOf: ActionCost): DayRun => {
    let level = problem.start.level;
    let money = 0;
    const energyKwh: number[] = [];
    prices.forEach((price, hour) => {
      const state = stateOfPrice(chain, hour, price);
      const action = policy[hour]![state * values.levels + level]!;
      money += reward(problem.storage, price, action) - costOf(hour, state, action);
      energyKwh.push(gridKwh(problem.storage, action));
      level += action;
    });
    return { money: money + terminalValue(problem.storage, level), energyKwh };
  };
  return {
    waiting: walk(values.policy, () => 0),
    bidding: bids && walk(bids.policy, imbalanceCost(problem, bids, imbalancePerMwh)),
  };
}

function hindsight({ currency, storage, startLevel }: ReplayParts, prices: readonly number[]): number {
  const problem: MarketProblem = {
    name: 'prices known',
    currency,
    slots: prices.length,
    pricePerMwh: prices.map((price) => [price]),
    transition: prices.map(() => [[1]]),
    ambiguity: prices.map(() => [{ kind: 'nominal' }]),
    storage,
    start: { priceState: 0, level: startLevel },
  };
  return robustValues(problem).value[0]![startLevel]!;
}
