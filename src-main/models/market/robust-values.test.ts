import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ambiguity } from '../../robust/ambiguity/ambiguity.ts';
import { checkPolicy, type Law } from '../../verify/check-policy.ts';
import { changingProblems, marketProblems } from './fixtures/market-problems.ts';
import type { MarketProblem } from './problem.ts';
import {
  adversaryLaw,
  policyValues,
  robustValues,
  startValue,
  withAmbiguity,
  type PolicyValues,
} from './robust-values.ts';

const ambiguities: fc.Arbitrary<Ambiguity> = fc.oneof(
  fc.constant({ kind: 'nominal' as const }),
  fc.record({
    kind: fc.constantFrom(
      'interval' as const,
      'l1' as const,
      'likelihood' as const,
      'entropy' as const,
      'ellipsoid' as const,
    ),
    radius: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('scenario' as const),
    mix: fc.double({ min: 0, max: 1, noNaN: true }),
    states: fc.constant([0, 1]),
  }),
);

const actOf =
  ({ policy, levels }: PolicyValues) =>
  (slot: number, state: number, level: number): number =>
    policy[slot]![state * levels + level]!;

/** The law the adversary answers with, given the values that follow. */
const adversary =
  (problem: MarketProblem, values: PolicyValues): Law =>
  (slot, state, level) =>
    adversaryLaw(problem, values, slot, state, level);

describe('robustValues', () => {
  it('promises exactly the money its policy earns when the adversary plays', () => {
    fc.assert(
      fc.property(fc.oneof(marketProblems, changingProblems), ambiguities, (plain, ambiguity) => {
        const problem = withAmbiguity(plain, ambiguity);
        const robust = robustValues(problem);
        const money = checkPolicy(problem, actOf(robust), adversary(problem, robust)).expected;
        expect(money).toBeCloseTo(startValue(problem, robust), 9);
      }),
    );
  });

  it('is at least the guarantee of any other policy, and at most the believed value', () => {
    fc.assert(
      fc.property(marketProblems, ambiguities, (plain, ambiguity) => {
        const problem = withAmbiguity(plain, ambiguity);
        const believed = withAmbiguity(plain, { kind: 'nominal' });
        const nominal = robustValues(believed);
        const guaranteed = startValue(problem, robustValues(problem));
        expect(guaranteed).toBeGreaterThanOrEqual(startValue(problem, policyValues(problem, nominal.policy)) - 1e-9);
        expect(guaranteed).toBeLessThanOrEqual(startValue(believed, nominal) + 1e-9);
      }),
    );
  });

  it('finds the best of all policies on a problem small enough to try them', () => {
    fc.assert(
      fc.property(marketProblems, (plain) => {
        const problem = { ...plain, slots: 2 };
        const { states, levels, policy } = robustValues(problem);
        const most = problem.storage.maxStepsPerSlot;
        let best = -Infinity;
        const first = problem.start.priceState * levels + problem.start.level;
        for (let now = -most; now <= most; now++) {
          const after = problem.start.level + now;
          if (after < 0 || after >= levels) continue;
          // The second slot's choices are independent of each other: each price state takes its own best.
          const choice = policy.map((acts) => acts.slice());
          choice[0]![first] = now;
          for (let state = 0; state < states; state++) {
            let money = -Infinity;
            for (let then = -most; then <= most; then++) {
              if (after + then < 0 || after + then >= levels) continue;
              const tried = choice.map((acts) => acts.slice());
              tried[1]![state * levels + after] = then;
              const value = policyValues(problem, tried).value[1]![state * levels + after]!;
              if (value <= money) continue;
              money = value;
              choice[1]![state * levels + after] = then;
            }
          }
          best = Math.max(best, startValue(problem, policyValues(problem, choice)));
        }
        expect(startValue(problem, robustValues(problem))).toBeCloseTo(best, 9);
      }),
      { numRuns: 30 },
    );
  });

  it('takes the smallest of equal actions', () => {
    const problem = fc.sample(marketProblems, 1)[0]!;
    const idle = {
      ...problem,
      pricePerMwh: problem.pricePerMwh.map((prices) => prices.map(() => 0)),
      storage: { ...problem.storage, degradationPerMwh: 0, terminalPerMwh: 0, shortfallPerMwh: 0 },
    };
    const { policy, levels } = robustValues(idle);
    const most = idle.storage.maxStepsPerSlot;
    expect(policy[0]![levels - 1]).toBe(-Math.min(most, levels - 1));
  });
});
