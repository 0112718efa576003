/**
 * Backward recursion over a market problem: the best policy against the adversary, or the value of a given policy. The adversary is asked
 * once per price state and next level, not once per action, and its states are sorted once per next level for all rows.
 */
import { sortStates, type Ambiguity } from '../../robust/ambiguity/ambiguity.ts';
import { worstLaw } from '../../robust/ambiguity/worst-law.ts';
import { reward, terminalValue, type MarketProblem } from './problem.ts';

export interface PolicyValues {
  states: number;
  levels: number;
  /** Money-to-go [slot 0 … slots][state · levels + level]. */
  value: Float64Array[];
  /** Levels charged (+) or discharged (−) [slot][state · levels + level]. */
  policy: Int16Array[];
}

/** What counts as equal when actions are compared, relative to the money at stake: the smallest of equal actions is taken. */
const equalShare = 1e-12;

/** Best policy and its guaranteed value under the problem's ambiguity. */
export function robustValues(problem: MarketProblem): PolicyValues {
  return recursion(problem, null);
}

/** Guaranteed value of a fixed policy [slot][state · levels + level] under the problem's ambiguity. */
export function policyValues(problem: MarketProblem, policy: readonly Int16Array[]): PolicyValues {
  return recursion(problem, policy);
}

/** The same problem with one ambiguity for every row. */
export const withAmbiguity = (problem: MarketProblem, ambiguity: Ambiguity): MarketProblem => ({
  ...problem,
  ambiguity: problem.ambiguity.map((rows) => rows.map(() => ambiguity)),
});

function recursion(problem: MarketProblem, fixed: readonly Int16Array[] | null): PolicyValues {
  const { slots, storage } = problem;
  const states = problem.pricePerMwh[0]!.length;
  const levels = storage.energyLevels;
  const most = storage.maxStepsPerSlot;
  const value: Float64Array[] = new Array<Float64Array>(slots + 1);
  const policy: Int16Array[] = new Array<Int16Array>(slots);
  const last = new Float64Array(states * levels);
  for (let cell = 0; cell < last.length; cell++) last[cell] = terminalValue(storage, cell % levels);
  value[slots] = last;

  const columns = Array.from({ length: levels }, () => new Float64Array(states));
  const law = new Float64Array(states);
  const order = new Uint16Array(states);
  const expected = new Float64Array(states * levels);
  for (let slot = slots - 1; slot >= 0; slot--) {
    const after = value[slot + 1]!;
    const transition = problem.transition[slot]!;
    const ambiguity = problem.ambiguity[slot]!;
    for (let level = 0; level < levels; level++) {
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
        reward(storage, price, action) + expected[state * levels + level + action]!;
      for (let level = 0; level < levels; level++) {
        const cell = state * levels + level;
        let best = fixed ? fixed[slot]![cell]! : Math.max(-most, -level);
        let bestMoney = money(best, level);
        const highest = fixed ? best : Math.min(most, levels - 1 - level);
        for (let action = best + 1; action <= highest; action++) {
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

/** Value at the start state of the problem. */
export function startValue(problem: MarketProblem, { value, levels }: PolicyValues): number {
  return value[0]![problem.start.priceState * levels + problem.start.level]!;
}
