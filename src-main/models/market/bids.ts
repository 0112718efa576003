/**
 * Price–quantity bids for every slot of a day, made before any of its prices is known, from a policy that would have waited.
 *
 * Walking the policy forwards under the estimated laws gives the chance of every level at each slot and price state; the bid of a state is
 * the mean energy the policy trades there. Pooling adjacent states (isotonic regression, weights = chances) makes each curve fall: what is
 * bought never grows with the price. What the batteries cannot deliver is settled as imbalance, which always loses against the price:
 * `imbalancePerMwh` on each MWh too much or too little.
 */
import { gridKwh, type MarketProblem } from './problem.ts';
import { policyValues, type ActionCost, type PolicyValues } from './robust-values.ts';
import { actionRange, viableLevels } from './viable-levels.ts';

export interface DayBids {
  /** Energy bought (+) or sold (−) at the grid when the price lies in the state [slot][state], kWh; falls with the state. */
  quantityKwh: number[][];
  /** What is then done from each level, in levels [slot][state · levels + level]: the feasible action nearest to the bid. */
  policy: Int16Array[];
  /** Chance of each price state [slot][state] under the estimate. */
  stateShare: number[][];
}

export function bidsOf(problem: MarketProblem, { policy, levels, states }: PolicyValues): DayBids {
  const { slots, storage, transition, start, opening } = problem;
  let reached = new Float64Array(states * levels);
  const first = opening?.transition ?? Array.from({ length: states }, (_, s) => (s === start.priceState ? 1 : 0));
  first.forEach((share, state) => (reached[state * levels + start.level] = share));
  const quantityKwh: number[][] = [];
  const stateShare: number[][] = [];
  for (let slot = 0; slot < slots; slot++) {
    const next = new Float64Array(states * levels);
    const share = new Array<number>(states).fill(0);
    const energy = new Array<number>(states).fill(0);
    reached.forEach((chance, cell) => {
      if (chance === 0) return;
      const state = Math.floor(cell / levels);
      const action = policy[slot]![cell]!;
      share[state]! += chance;
      energy[state]! += chance * gridKwh(storage, action);
      const after = (cell % levels) + action;
      transition[slot]![state]!.forEach((move, to) => (next[to * levels + after]! += chance * move));
    });
    stateShare.push(share);
    quantityKwh.push(
      falling(
        energy.map((sum, state) => (share[state]! > 0 ? sum / share[state]! : 0)),
        share,
      ),
    );
    reached = next;
  }
  return { quantityKwh, stateShare, policy: deliveries(problem, quantityKwh) };
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
function deliveries({ storage, slots }: MarketProblem, quantityKwh: readonly number[][]): Int16Array[] {
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
