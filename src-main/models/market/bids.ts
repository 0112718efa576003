/**
 * Price–quantity bids for every slot of a day, made before any of its prices is known: one quantity per slot and price state, never more
 * bought at a higher price. What the batteries cannot deliver is settled as imbalance, which always loses against the price:
 * `imbalancePerMwh` on each MWh too much or too little.
 *
 * The bids are improved slot by slot from the last to the first. With M the chance of each state and level when the slot begins (bids before
 * it) and W the money-to-go after it (bids behind it), the quantities q_s of a slot maximise
 *
 *   Σ_s Σ_e M(s, e) · [ reward(a) − imbalance(a, q_s) + Σ_j p_j W(j, e + a) ],   a = the feasible action nearest to q_s,   q_1 ≥ q_2 ≥ …
 *
 * over whole levels, exactly, by a recursion over the states. Each step is the best answer to all other bids, so under the estimate the
 * money never falls from round to round; against an adversary M and p are its laws against the last round, and the best round is kept. A best
 * answer to the others need not be the best of all: the search starts twice, from what a waiting policy trades on average and from one
 * schedule for every price.
 */
import { gridKwh, type MarketProblem } from './problem.ts';
import { runThrough, type Steps } from '../../base/steps.ts';
import { chances, improvedBids } from './improve-bids.ts';
import {
  policyValues,
  robustValues,
  startValue,
  withAmbiguity,
  type ActionCost,
  type PolicyValues,
} from './robust-values.ts';
import { actionRange, viableLevels } from './viable-levels.ts';

export interface DayBids {
  /** Energy bought (+) or sold (−) at the grid when the price lies in the state [slot][state], kWh; falls with the state. */
  quantityKwh: number[][];
  /** What is then done from each level, in levels [slot][state · levels + level]: the feasible action nearest to the bid. */
  policy: Int16Array[];
}

/** Rounds without a better one after which the search ends, and the most of them. */
const patience = 2;
const mostRounds = 12;

/** Best bids found under the problem's ambiguity. @param values of the policy that waits for the prices. */
export const bidsOf = (problem: MarketProblem, values: PolicyValues, imbalancePerMwh: number): DayBids =>
  runThrough(bidsInSteps(problem, values, imbalancePerMwh));

/** As `bidsOf`, a round at a time. */
export function* bidsInSteps(problem: MarketProblem, values: PolicyValues, imbalancePerMwh: number): Steps<DayBids> {
  let best = { bids: completed(problem, []), money: -Infinity };
  for (const start of bidStarts(problem, values)) {
    const found = yield* improvedFrom(problem, completed(problem, start), imbalancePerMwh);
    if (found.money > best.money) best = found;
  }
  return best.bids;
}

/** Where the search begins: what the policy trades on average, and the best schedule that heeds no price [start][slot][state]. */
export function bidStarts(problem: MarketProblem, values: PolicyValues): number[][][] {
  const believed = withAmbiguity(problem, { kind: 'nominal' });
  const reached = chances(problem, values.policy, (slot, state) =>
    slot < 0 ? believed.opening!.transition : believed.transition[slot]![state]!,
  );
  return [meanTrades(problem, values, reached), oneSchedule(problem, values, reached)];
}

function* improvedFrom(
  problem: MarketProblem,
  start: DayBids,
  imbalancePerMwh: number,
): Steps<{ bids: DayBids; money: number }> {
  let bids = start;
  let best = { bids: start, money: -Infinity };
  for (let round = 0, since = 0; round < mostRounds && since <= patience; round++, since++) {
    const now = bidValues(problem, bids, imbalancePerMwh);
    const money = startValue(problem, now);
    if (round === 0 || money > best.money + 1e-9 * (1 + Math.abs(best.money))) {
      best = { bids, money };
      since = 0;
    }
    bids = completed(problem, improvedBids(problem, bids, now, imbalancePerMwh));
    yield;
  }
  return best;
}

const completed = (problem: MarketProblem, quantityKwh: number[][]): DayBids => ({
  quantityKwh,
  policy: deliveries(problem, quantityKwh),
});

/** Mean energy a policy trades in each state, made to fall. @param reached chances of states and levels [slot][state · levels + level] */
function meanTrades({ storage }: MarketProblem, values: PolicyValues, reached: readonly Float64Array[]): number[][] {
  return reached.map((cells, slot) => {
    const weights = new Array<number>(values.states).fill(0);
    const energy = new Array<number>(values.states).fill(0);
    cells.forEach((chance, cell) => {
      if (chance === 0) return;
      const state = Math.floor(cell / values.levels);
      weights[state]! += chance;
      energy[state]! += chance * gridKwh(storage, values.policy[slot]![cell]!);
    });
    const means = energy.map((sum, state) => (weights[state]! > 0 ? sum / weights[state]! : 0));
    return falling(means, weights);
  });
}

/** The best schedule at the mean price of each slot, bid at any price: it is always delivered. */
function oneSchedule(
  problem: MarketProblem,
  { states, levels }: PolicyValues,
  reached: readonly Float64Array[],
): number[][] {
  const { slots, storage, start } = problem;
  const prices = reached.map((cells, slot) => [
    cells.reduce((sum, chance, cell) => sum + chance * problem.pricePerMwh[slot]![Math.floor(cell / levels)]!, 0),
  ]);
  const { policy } = robustValues({
    name: problem.name,
    currency: problem.currency,
    slots,
    pricePerMwh: prices,
    transition: prices.map(() => [[1]]),
    ambiguity: prices.map(() => [{ kind: 'nominal' }]),
    storage,
    start: { priceState: 0, level: start.level },
  });
  let level = start.level;
  return policy.map((actions) => {
    const action = actions[level]!;
    level += action;
    return new Array<number>(states).fill(gridKwh(storage, action));
  });
}

/** Guaranteed values of the bids with imbalance settled, under the problem's ambiguity. */
export const bidValues = (problem: MarketProblem, bids: DayBids, imbalancePerMwh: number): PolicyValues =>
  policyValues(problem, bids.policy, imbalanceCost(problem, bids, imbalancePerMwh));

/** Cost of being off the bid by an action. */
export const imbalanceCost =
  ({ storage }: MarketProblem, { quantityKwh }: DayBids, imbalancePerMwh: number): ActionCost =>
  (slot, state, action) =>
    (imbalancePerMwh * Math.abs(gridKwh(storage, action) - quantityKwh[slot]![state]!)) / 1000;

/** The feasible action whose energy at the grid lies nearest to the bid; the smaller of two as near. */
export function deliveries({ storage, slots }: MarketProblem, quantityKwh: readonly number[][]): Int16Array[] {
  const viable = viableLevels(storage, slots);
  const levels = storage.energyLevels;
  return quantityKwh.map((curve, slot) => {
    const actions = new Int16Array(curve.length * levels);
    for (let cell = 0; cell < actions.length; cell++) {
      const level = cell % levels;
      const [least, most] = actionRange(storage, slot, level);
      let nearest = Infinity;
      for (let action = least; action <= most; action++) {
        const away = Math.abs(gridKwh(storage, action) - curve[Math.floor(cell / levels)]!);
        if (!viable[slot + 1]![level + action] || away >= nearest - 1e-9) continue;
        nearest = away;
        actions[cell] = action;
      }
    }
    return actions;
  });
}

/** Nearest curve that never rises, by pooling adjacent violators (Ayer et al. 1955). A state of no weight takes its lower neighbour's. */
export function falling(values: readonly number[], weights: readonly number[]): number[] {
  const pools: { sum: number; weight: number; count: number }[] = [];
  values.forEach((value, at) => {
    const weight = weights[at]!;
    if (weight === 0 && pools.length > 0) {
      pools[pools.length - 1]!.count += 1;
      return;
    }
    pools.push({ sum: value * Math.max(weight, 1e-12), weight: Math.max(weight, 1e-12), count: 1 });
    for (let last = pools.length - 1; last > 0; last--) {
      const [below, above] = [pools[last - 1]!, pools[last]!];
      if (below.sum / below.weight >= above.sum / above.weight) break;
      pools.splice(last - 1, 2, {
        sum: below.sum + above.sum,
        weight: below.weight + above.weight,
        count: below.count + above.count,
      });
    }
  });
  return pools.flatMap(({ sum, weight, count }) => new Array<number>(count).fill(sum / weight));
}
