import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import type { Ambiguity } from '../../robust/ambiguity/ambiguity.ts';
import { changingProblems, marketProblems } from './fixtures/market-problems.ts';
import type { MarketProblem } from './problem.ts';
import { robustLearner, type RobustLearner } from './robust-learning.ts';
import { policyValues, robustValues, startValue, withAmbiguity } from './robust-values.ts';

/** The six-slot instance whose robust values docs/method/market.md lists. */
const reference: MarketProblem = {
  name: 'EV bidding, 3 prices',
  currency: 'USD',
  slots: 6,
  pricePerMwh: new Array(6).fill([20, 45, 90]),
  transition: new Array(6).fill([
    [0.7, 0.25, 0.05],
    [0.2, 0.6, 0.2],
    [0.05, 0.35, 0.6],
  ]),
  ambiguity: new Array(6).fill(new Array(3).fill({ kind: 'nominal' })),
  storage: {
    energyLevels: 5,
    stepKwh: 10,
    maxStepsPerSlot: 1,
    efficiency: 0.9,
    degradationPerMwh: 4,
    terminalPerMwh: 30,
    requiredLevel: 2,
    shortfallPerMwh: 80,
    buyFeePerMwh: 0,
    saleShare: 1,
  },
  start: { priceState: 1, level: 2 },
};

/** Days of prices drawn from the problem's own rows, each begun in a state of its own. */
function live({ transition, slots }: MarketProblem, learner: RobustLearner, days: number, seed: number): void {
  const random = seededRandom(seed);
  const states = transition[0]!.length;
  for (let day = 0; day < days; day++) {
    let state = day % states;
    for (let slot = 0; slot < slots; slot++) {
      let rest = random.uniform();
      const row = transition[slot]![state]!;
      let next = 0;
      while (next < states - 1 && rest >= row[next]!) rest -= row[next++]!;
      learner.observe(slot, state, next);
      state = next;
    }
  }
}

describe('robustLearner', () => {
  it.each<[Ambiguity, number]>([
    [{ kind: 'nominal' }, 0.835917794],
    [{ kind: 'scenario', mix: 0.2, states: [0, 2] }, 0.784919882],
    [{ kind: 'interval', radius: 0.08 }, 0.721475756],
    [{ kind: 'l1', radius: 0.2 }, 0.703742619],
    [{ kind: 'likelihood', radius: 0.05 }, 0.695610017],
    [{ kind: 'entropy', radius: 0.05 }, 0.686106251],
    [{ kind: 'ellipsoid', radius: 0.3 }, 0.683041738],
  ])('comes within 1 %% of the robust value of %o, which it is not told', (ambiguity, published) => {
    const problem = withAmbiguity(reference, ambiguity);
    expect(startValue(problem, robustValues(problem))).toBeCloseTo(published, 8);
    const learner = robustLearner(problem);
    live(problem, learner, 20_000, 11);
    expect(Math.abs(startValue(problem, learner.values()) - published)).toBeLessThan(0.01 * published);
    const guaranteed = startValue(problem, policyValues(problem, learner.values().policy));
    expect(guaranteed).toBeLessThanOrEqual(published + 1e-8);
    expect(guaranteed).toBeGreaterThan(0.995 * published);
  });

  it('has a policy that can be carried out and earns no more than the bound, whatever it has seen', () => {
    fc.assert(
      fc.property(fc.oneof(marketProblems, changingProblems), fc.integer({ min: 0, max: 30 }), (plain, days) => {
        const problem = withAmbiguity(plain, { kind: 'l1', radius: 0.3 });
        const learner = robustLearner(problem);
        live(problem, learner, days, days);
        const bound = startValue(problem, robustValues(problem));
        const guaranteed = startValue(problem, policyValues(problem, learner.values().policy));
        if (Number.isNaN(bound)) expect(guaranteed).toBeNaN();
        else expect(guaranteed).toBeLessThanOrEqual(bound + 1e-9 * (1 + Math.abs(bound)));
      }),
    );
  });

  it('learns only from what it is shown', () => {
    const learner = robustLearner(reference);
    const before = startValue(reference, learner.values());
    learner.observe(5, 0, 1);
    expect(startValue(reference, learner.values())).toBe(before);
    for (let time = 0; time < 50; time++) learner.observe(0, 1, 2);
    expect(startValue(reference, learner.values())).not.toBe(before);
  });
});
