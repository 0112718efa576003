/**
 * Robust Q-learning on line: the learner sees the price move, one move at a time, and never the rows themselves. Source: Zhou et al. 2017
 * (RMES, learning where transitions are not known); Roy, Xu and Pokutta 2017 for the robust update; docs/method/market.md.
 *
 * A move of the price in a slot from s to j is counted into the row q̂ of (slot, s), and every energy level and action of that row learns
 * from it, since trade does not move the price and its own effect is known:
 *
 *   Q_t(s, e, a) ← Q_t(s, e, a) + N^−ω · ( r_t(s, a) + min_{p ∈ U(q̂)} Σ_j p_j max_b Q_{t+1}(j, e + a, b) − Q_t(s, e, a) )
 *
 * N: moves of the row seen. 1/2 < ω ≤ 1: steps sum to infinity, their squares do not. Before its first move a row leads everywhere alike,
 * and is counted as one move; the learner starts from the robust values of such rows.
 */
import { sortStates } from '../../robust/ambiguity/ambiguity.ts';
import { worstLaw } from '../../robust/ambiguity/worst-law.ts';
import { reward, type MarketProblem } from './problem.ts';
import { robustValues, type PolicyValues } from './robust-values.ts';
import { actionRange, viableLevels } from './viable-levels.ts';

export interface RobustLearner {
  /** The price state moved `from` → `to` at the end of the slot. */
  observe(slot: number, from: number, to: number): void;
  /** What it believes each state is worth, and its greedy policy; a copy. */
  values(): PolicyValues;
}

/** ω of the step N^−ω. */
const stepDecay = 0.6;

/** @param problem its transitions are not read: they are what is learnt; the sets around them are. */
export function robustLearner(problem: MarketProblem): RobustLearner {
  const { slots, storage } = problem;
  const states = problem.pricePerMwh[0]!.length;
  const levels = storage.energyLevels;
  const width = 2 * storage.maxStepsPerSlot + 1;
  const viable = viableLevels(storage, slots);
  const anywhere = new Array<number>(states).fill(1 / states);
  const start = robustValues({ ...problem, transition: problem.transition.map((rows) => rows.map(() => anywhere)) });
  const value = start.value.map((values) => values.slice());
  const greedy = start.policy.map((actions) => actions.slice());
  // One prior move, spread over all states.
  const counts = problem.transition.map((rows) => rows.map(() => Float64Array.from(anywhere)));
  const quality = problem.transition.map(() => new Float64Array(states * levels * width).fill(NaN));
  const column = new Float64Array(states);
  const order = new Uint16Array(states);
  const law = new Float64Array(states);
  const expected = new Float64Array(levels);

  function observe(slot: number, from: number, to: number): void {
    const row = counts[slot]![from]!;
    row[to]! += 1;
    const moves = row.reduce((sum, count) => sum + count, 0) - 1;
    const estimate = row.map((count) => count / (moves + 1));
    const after = value[slot + 1]!;
    for (let level = 0; level < levels; level++) {
      if (!viable[slot + 1]![level]) continue;
      for (let state = 0; state < states; state++) column[state] = after[state * levels + level]!;
      const question = { nominal: estimate, values: column, order: sortStates(column, order) };
      expected[level] = worstLaw(problem.ambiguity[slot]![from]!, question, law);
    }
    const step = moves ** -stepDecay;
    const price = problem.pricePerMwh[slot]![from]!;
    for (let level = 0; level < levels; level++) {
      if (!viable[slot]![level]) continue;
      const cell = from * levels + level;
      const [least, most] = actionRange(storage, slot, level);
      let best = -Infinity;
      for (let act = least; act <= most; act++) {
        if (!viable[slot + 1]![level + act]) continue;
        const at = cell * width + act + storage.maxStepsPerSlot;
        const target = reward(storage, price, act) + expected[level + act]!;
        const known = quality[slot]![at]!;
        const learnt = Number.isNaN(known) ? target : known + step * (target - known);
        quality[slot]![at] = learnt;
        if (learnt <= best) continue;
        best = learnt;
        greedy[slot]![cell] = act;
      }
      value[slot]![cell] = best;
    }
  }
  return {
    observe,
    values: () => ({
      states,
      levels,
      value: value.map((values) => values.slice()),
      policy: greedy.map((actions) => actions.slice()),
    }),
  };
}
