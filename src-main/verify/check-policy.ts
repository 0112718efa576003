/**
 * Re-checks a market policy in plain arithmetic, forwards: walks every path the price can take under stated laws and adds up the money.
 * It shares no recursion with the model: the value of a state is the money along paths, not a table from the end.
 */
import type { MarketProblem } from '../models/market/problem.ts';

/** Action of a policy: levels charged (+) or discharged (−). */
export type Act = (slot: number, priceState: number, level: number) => number;
/** Law of the next price state [state] after a slot that leaves `level`; slot −1 is the opening. */
export type Law = (slot: number, priceState: number, level: number) => ArrayLike<number>;

/** Money an action costs besides trade and wear. */
export type Extra = (slot: number, priceState: number, action: number) => number;

export interface PolicyMoney {
  /** Expected money from the start state, in the problem's currency. */
  expected: number;
  /** Least money along any path that has a probability above 0. */
  worstPath: number;
}

/** @throws Error when the policy leaves the storage's levels or its power: a policy that cannot be carried out has no value. */
export function checkPolicy(problem: MarketProblem, act: Act, law: Law, extra: Extra = () => 0): PolicyMoney {
  const { storage, slots } = problem;
  const perMwh = storage.stepKwh / 1000;
  /** Probability and least money so far of each reachable state and level. */
  let reached = new Map<string, { state: number; level: number; share: number; least: number }>();
  const { priceState, level: first } = problem.start;
  const opening = problem.opening
    ? Array.from(law(-1, priceState, first))
    : problem.pricePerMwh[0]!.map((_, state) => (state === priceState ? 1 : 0));
  opening.forEach((share, state) => {
    if (share > 0) reached.set(`${state} ${first}`, { state, level: first, share, least: 0 });
  });
  let expected = 0;
  for (let slot = 0; slot < slots; slot++) {
    const next = new Map<string, { state: number; level: number; share: number; least: number }>();
    for (const { state, level, share, least } of reached.values()) {
      const action = act(slot, state, level);
      const after = level + action;
      if (!isPossible(problem, slot, level, action))
        throw new Error(`slot ${slot}, price state ${state}, level ${level}: action ${action} is impossible`);
      const price = problem.pricePerMwh[slot]![state]!;
      const bought = Math.max(0, action) * perMwh;
      const sold = Math.max(0, -action) * perMwh;
      const money =
        price * storage.saleShare * sold * storage.efficiency -
        ((price + storage.buyFeePerMwh) * bought) / storage.efficiency -
        storage.degradationPerMwh * sold -
        extra(slot, state, action);
      expected += share * money;
      const probabilities = law(slot, state, after);
      for (let to = 0; to < probabilities.length; to++) {
        const probability = probabilities[to]!;
        if (probability === 0) continue;
        const key = `${to} ${after}`;
        const known = next.get(key) ?? { state: to, level: after, share: 0, least: Infinity };
        known.share += share * probability;
        known.least = Math.min(known.least, least + money);
        next.set(key, known);
      }
    }
    reached = next;
  }
  let worstPath = Infinity;
  for (const { level, share, least } of reached.values()) {
    const short = Math.max(0, storage.requiredLevel - level);
    const end = (storage.terminalPerMwh * level - storage.shortfallPerMwh * short) * perMwh;
    expected += share * end;
    worstPath = Math.min(worstPath, least + end);
  }
  return { expected, worstPath };
}

function isPossible({ storage }: MarketProblem, slot: number, level: number, action: number): boolean {
  const { bySlot, maxStepsPerSlot, energyLevels } = storage;
  const after = level + action;
  if (Math.abs(action) > maxStepsPerSlot || after < 0 || after >= energyLevels) return false;
  if (!bySlot) return true;
  if (action > bySlot.chargeSteps[slot]! || -action > bySlot.dischargeSteps[slot]!) return false;
  return after >= bySlot.leastLevel[slot]! && after <= bySlot.mostLevel[slot]!;
}
