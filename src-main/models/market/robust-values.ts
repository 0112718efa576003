/**
 * Backward recursion over a market problem: the best policy against the adversary, or the value of a given policy. The adversary is asked
 * once per price state and next level, not once per action, and its states are sorted once per next level for all rows.
 */
import { sortStates, type Ambiguity, type RowQuestion } from '../../robust/ambiguity/ambiguity.ts';
import { worstLaw } from '../../robust/ambiguity/worst-law.ts';
import { reward, terminalValue, type MarketProblem } from './problem.ts';
import { actionRange, viableLevels } from './viable-levels.ts';

export interface PolicyValues {
  states: number;
  levels: number;
  /** Money-to-go [slot 0 … slots][state · levels + level]; NaN at levels from which a later limit cannot be met. */
  value: Float64Array[];
  /** Levels charged (+) or discharged (−) [slot][state · levels + level]. */
  policy: Int16Array[];
}

/** What counts as equal when actions are compared, relative to the money at stake: the smallest of equal actions is taken. */
const equalShare = 1e-12;

/** Money an action costs besides trade and wear. */
export type ActionCost = (slot: number, priceState: number, action: number) => number;
const free: ActionCost = () => 0;

/** Best policy and its guaranteed value under the problem's ambiguity. */
export function robustValues(problem: MarketProblem): PolicyValues {
  return recursion(problem, null, free);
}

/** Guaranteed value of a fixed policy [slot][state · levels + level] under the problem's ambiguity. */
export function policyValues(
  problem: MarketProblem,
  policy: readonly Int16Array[],
  actionCost: ActionCost = free,
): PolicyValues {
  return recursion(problem, policy, actionCost);
}

/** The same problem with one ambiguity for every row. */
export const withAmbiguity = (problem: MarketProblem, ambiguity: Ambiguity): MarketProblem => ({
  ...problem,
  ambiguity: problem.ambiguity.map((rows) => rows.map(() => ambiguity)),
  ...(problem.opening ? { opening: { ...problem.opening, ambiguity } } : {}),
});

function recursion(problem: MarketProblem, fixed: readonly Int16Array[] | null, actionCost: ActionCost): PolicyValues {
  const { slots, storage } = problem;
  const states = problem.pricePerMwh[0]!.length;
  const levels = storage.energyLevels;
  const viable = viableLevels(storage, slots);
  const value: Float64Array[] = new Array<Float64Array>(slots + 1);
  const policy: Int16Array[] = new Array<Int16Array>(slots);
  const last = new Float64Array(states * levels);
  for (let cell = 0; cell < last.length; cell++)
    last[cell] = viable[slots]![cell % levels] ? terminalValue(storage, cell % levels) : NaN;
  value[slots] = last;

  const columns = Array.from({ length: levels }, () => new Float64Array(states));
  const law = new Float64Array(states);
  const order = new Uint16Array(states);
  const expected = new Float64Array(states * levels);
  for (let slot = slots - 1; slot >= 0; slot--) {
    const after = value[slot + 1]!;
    const transition = problem.transition[slot]!;
    const ambiguity = problem.ambiguity[slot]!;
    const reachable = viable[slot + 1]!;
    for (let level = 0; level < levels; level++) {
      if (!reachable[level]) continue;
      const column = columns[level]!;
      for (let state = 0; state < states; state++) column[state] = after[state * levels + level]!;
      sortStates(column, order);
      for (let state = 0; state < states; state++)
        expected[state * levels + level] = worstLaw(
          ambiguity[state]!,
          { nominal: transition[state]!, values: column, order },
          law,
        );
    }
    const now = new Float64Array(states * levels);
    const actions = new Int16Array(states * levels);
    for (let state = 0; state < states; state++) {
      const price = problem.pricePerMwh[slot]![state]!;
      const money = (action: number, level: number): number =>
        reward(storage, price, action) - actionCost(slot, state, action) + expected[state * levels + level + action]!;
      for (let level = 0; level < levels; level++) {
        const cell = state * levels + level;
        if (!viable[slot]![level]) {
          now[cell] = NaN;
          continue;
        }
        const [least, most] = fixed ? [fixed[slot]![cell]!, fixed[slot]![cell]!] : actionRange(storage, slot, level);
        let best = least;
        let bestMoney = -Infinity;
        for (let action = least; action <= most; action++) {
          if (!reachable[level + action]) continue;
          const candidate = money(action, level);
          if (candidate <= bestMoney + equalShare * (1 + Math.abs(bestMoney))) continue;
          best = action;
          bestMoney = candidate;
        }
        now[cell] = bestMoney;
        actions[cell] = best;
      }
    }
    value[slot] = now;
    policy[slot] = actions;
  }
  return { states, levels, value, policy };
}

/** Value at the start of the problem; with an opening, its worst expectation over the price states of slot 0. */
export function startValue({ start, opening }: MarketProblem, { value, states, levels }: PolicyValues): number {
  if (!opening) return value[0]![start.priceState * levels + start.level]!;
  return worstLaw(
    opening.ambiguity,
    rowQuestion(opening.transition, value[0]!, levels, start.level),
    new Float64Array(states),
  );
}

/** The adversary's law of a row after which `level` remains [state]; slot −1 is the opening. */
export function adversaryLaw(
  { transition, ambiguity, opening }: MarketProblem,
  { value, states, levels }: PolicyValues,
  slot: number,
  priceState: number,
  level: number,
): Float64Array {
  const law = new Float64Array(states);
  const row = slot < 0 ? opening!.transition : transition[slot]![priceState]!;
  const set = slot < 0 ? opening!.ambiguity : ambiguity[slot]![priceState]!;
  worstLaw(set, rowQuestion(row, value[slot + 1]!, levels, level), law);
  return law;
}

function rowQuestion(nominal: readonly number[], after: Float64Array, levels: number, level: number): RowQuestion {
  const values = Float64Array.from(nominal, (_, state) => after[state * levels + level]!);
  return { nominal, values, order: sortStates(values, new Uint16Array(values.length)) };
}
