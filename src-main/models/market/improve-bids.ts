/** One round over the slots of a day's bids, last to first: each slot's curve becomes the best answer to all others (bids.ts). */
import type { DayBids } from './bids.ts';
import { gridKwh, reward, type MarketProblem } from './problem.ts';
import { adversaryLaw, type PolicyValues } from './robust-values.ts';
import { actionRange, viableLevels } from './viable-levels.ts';

/** Law of the next price state after a slot that leaves `level`; slot −1 is the opening. */
export type Laws = (slot: number, state: number, level: number) => ArrayLike<number>;

/** Chance of each state and level when a slot begins [slot][state · levels + level]. */
export function chances(problem: MarketProblem, policy: readonly Int16Array[], law: Laws): Float64Array[] {
  const { slots, storage, start, opening } = problem;
  const states = problem.pricePerMwh[0]!.length;
  const levels = storage.energyLevels;
  let reached = new Float64Array(states * levels);
  if (opening) Array.from(law(-1, 0, start.level)).forEach((share, s) => (reached[s * levels + start.level] = share));
  else reached[start.priceState * levels + start.level] = 1;
  const all: Float64Array[] = [];
  for (let slot = 0; slot < slots; slot++) {
    all.push(reached);
    const next = new Float64Array(states * levels);
    reached.forEach((chance, cell) => {
      if (chance === 0) return;
      const after = (cell % levels) + policy[slot]![cell]!;
      const moves = law(slot, Math.floor(cell / levels), after);
      for (let to = 0; to < states; to++) next[to * levels + after]! += chance * moves[to]!;
    });
    reached = next;
  }
  return all;
}

/** @param values money-to-go of `bids` with imbalance, under the problem's ambiguity. */
export function improvedBids(
  problem: MarketProblem,
  bids: DayBids,
  values: PolicyValues,
  imbalancePerMwh: number,
): number[][] {
  const { storage, slots } = problem;
  const { states, levels } = values;
  // Each row is asked for by the walk forwards and again by the improvement of its slot.
  const known = new Map<number, Float64Array>();
  const law: Laws = (slot, state, level) => {
    const key = ((slot + 1) * states + state) * levels + level;
    const found = known.get(key) ?? adversaryLaw(problem, values, slot, state, level);
    known.set(key, found);
    return found;
  };
  const reached = chances(problem, bids.policy, law);
  const viable = viableLevels(storage, slots);
  const curves = bids.quantityKwh.map((curve) => curve);
  let after = values.value[slots]!;
  for (let slot = slots - 1; slot >= 0; slot--) {
    const reachable = viable[slot + 1]!;
    const moves = new Float64Array(states * levels).fill(NaN);
    for (let cell = 0; cell < moves.length; cell++) {
      const level = cell % levels;
      if (!reachable[level]) continue;
      const shares = law(slot, Math.floor(cell / levels), level);
      let sum = 0;
      for (let to = 0; to < states; to++) sum += shares[to]! * after[to * levels + level]!;
      moves[cell] = sum;
    }
    /** Money from the slot on with a bid of so many levels, from a state and level. */
    const money = (state: number, level: number, bid: number): number => {
      const [low, high] = feasible(storage, reachable, slot, level);
      const action = Math.min(high, Math.max(low, bid));
      const off = Math.abs(gridKwh(storage, action) - gridKwh(storage, bid)) / 1000;
      return (
        reward(storage, problem.pricePerMwh[slot]![state]!, action) -
        imbalancePerMwh * off +
        moves[state * levels + level + action]!
      );
    };
    const [least, most] = actionRange(storage, slot, Math.floor(levels / 2));
    const choices = Array.from({ length: most - least + 1 }, (_, at) => least + at);
    const worth = Array.from({ length: states }, (_, state) =>
      choices.map((bid) => {
        let sum = 0;
        for (let level = 0; level < levels; level++) {
          const chance = reached[slot]![state * levels + level]!;
          if (chance > 0) sum += chance * money(state, level, bid);
        }
        return sum;
      }),
    );
    const chosen = bestFalling(worth).map((at) => choices[at]!);
    curves[slot] = chosen.map((bid) => gridKwh(storage, bid));
    const now = new Float64Array(states * levels).fill(NaN);
    for (let cell = 0; cell < now.length; cell++)
      if (viable[slot]![cell % levels])
        now[cell] = money(Math.floor(cell / levels), cell % levels, chosen[Math.floor(cell / levels)]!);
    after = now;
  }
  return curves;
}

/** Least and most action that power allows and that later limits can live with; viable levels have no holes. */
function feasible(
  storage: MarketProblem['storage'],
  reachable: Uint8Array,
  slot: number,
  level: number,
): readonly [number, number] {
  let [low, high] = actionRange(storage, slot, level);
  while (low < high && !reachable[level + low]) low++;
  while (high > low && !reachable[level + high]) high--;
  return [low, high];
}

/** Choice of each row [row] with the greatest sum of `worth` [row][choice] and choices that never rise from row to row. */
export function bestFalling(worth: readonly (readonly number[])[]): number[] {
  const count = worth[0]!.length;
  // total[row][c]: best sum of the rows up to here when this row takes c or more; pick: which it takes.
  const picks: number[][] = [];
  let total = new Array<number>(count).fill(0);
  for (const row of worth) {
    const sums = row.map((value, choice) => value + total[choice]!);
    const pick = new Array<number>(count);
    let best = count - 1;
    for (let choice = count - 1; choice >= 0; choice--) {
      if (sums[choice]! > sums[best]!) best = choice;
      pick[choice] = best;
    }
    total = pick.map((at) => sums[at]!);
    picks.push(pick);
  }
  const chosen: number[] = [];
  let least = 0;
  for (let row = worth.length - 1; row >= 0; row--) {
    least = picks[row]![least]!;
    chosen.unshift(least);
  }
  return chosen;
}
