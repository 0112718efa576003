import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBids } from '../../verify/check-bids.ts';
import { bidsOf, bidStarts, bidValues, deliveries, falling } from './bids.ts';
import { bestFalling } from './improve-bids.ts';
import { changingProblems } from './fixtures/market-problems.ts';
import { gridKwh, type MarketProblem } from './problem.ts';
import { adversaryLaw, robustValues, startValue, withAmbiguity } from './robust-values.ts';
import { actionRange, viableLevels } from './viable-levels.ts';

/** States in the order of their prices, as a chain has them. */
const ordered = ({ pricePerMwh, ...rest }: MarketProblem): MarketProblem => ({
  ...rest,
  pricePerMwh: pricePerMwh.map((prices) => prices.toSorted((a, b) => a - b)),
});

const firstSlot = ({ storage }: MarketProblem): NonNullable<MarketProblem['storage']['bySlot']> => {
  const { chargeSteps, dischargeSteps, leastLevel, mostLevel } = storage.bySlot!;
  const first = (list: number[]): number[] => list.slice(0, 1);
  return {
    chargeSteps: first(chargeSteps),
    dischargeSteps: first(dischargeSteps),
    leastLevel: first(leastLevel),
    mostLevel: first(mostLevel),
  };
};

describe('bidsOf', () => {
  it('falls with the price and earns what the walk forwards says, under estimate and adversary', () => {
    fc.assert(
      fc.property(
        changingProblems,
        fc.constantFrom(0, 30),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (plain, fine, radius) => {
          const believed = ordered(plain);
          const bids = bidsOf(believed, robustValues(believed), fine);
          for (const problem of [believed, withAmbiguity(believed, { kind: 'l1', radius })]) {
            const values = bidValues(problem, bids, fine);
            const checked = checkBids(
              problem,
              bids.quantityKwh,
              fine,
              (slot, state, level) => bids.policy[slot]![state * values.levels + level]!,
              (slot, state, level) => adversaryLaw(problem, values, slot, state, level),
            );
            expect(checked.risingSlots).toEqual([]);
            expect(checked.expected).toBeCloseTo(startValue(problem, values), 9);
            // A plan made before the prices never earns more than one that waits for them.
            expect(checked.expected).toBeLessThanOrEqual(startValue(problem, robustValues(problem)) + 1e-9);
          }
        },
      ),
    );
  });
});

describe('bids of a battery', () => {
  it('earn no less than one schedule for every price, and no less than the mean trades of the policy', () => {
    fc.assert(
      fc.property(changingProblems, fc.constantFrom(0, 30), (plain, fine) => {
        const problem = ordered(plain);
        const values = robustValues(problem);
        const best = startValue(problem, bidValues(problem, bidsOf(problem, values, fine), fine));
        for (const start of bidStarts(problem, values)) {
          const bids = { quantityKwh: start, policy: deliveries(problem, start) };
          expect(best).toBeGreaterThanOrEqual(startValue(problem, bidValues(problem, bids, fine)) - 1e-9);
        }
      }),
    );
  });
});

describe('bids of one slot', () => {
  it('are the best of all falling curves under the estimate', () => {
    fc.assert(
      fc.property(changingProblems, fc.constantFrom(0, 30), (plain, fine) => {
        const problem = ordered({ ...plain, slots: 1, storage: { ...plain.storage, bySlot: firstSlot(plain) } });
        const value = (quantityKwh: number[][]): number => {
          const values = bidValues(problem, { quantityKwh, policy: deliveries(problem, quantityKwh) }, fine);
          return startValue(problem, values);
        };
        fc.pre(viableLevels(problem.storage, 1)[0]![problem.start.level] === 1);
        const bids = bidsOf(problem, robustValues(problem), fine);
        const [least, most] = actionRange(problem.storage, 0, problem.start.level);
        const tried = Array.from({ length: most - least + 1 }, (_, at) => gridKwh(problem.storage, least + at));
        for (const quantity of tried)
          expect(startValue(problem, bidValues(problem, bids, fine))).toBeGreaterThanOrEqual(
            value([problem.pricePerMwh[0]!.map(() => quantity)]) - 1e-9,
          );
      }),
    );
  });
});

describe('bestFalling', () => {
  it('is the best of all choices that never rise', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }), {
          minLength: 1,
          maxLength: 4,
        }),
        (worth) => {
          const sum = (choices: readonly number[]): number =>
            choices.reduce((all, at, row) => all + worth[row]![at]!, 0);
          const all = worth.reduce<number[][]>(
            (before, _) =>
              before.flatMap((list) => [0, 1, 2].filter((at) => at <= (list.at(-1) ?? 2)).map((at) => [...list, at])),
            [[]],
          );
          const chosen = bestFalling(worth);
          expect(chosen).toEqual(chosen.toSorted((a, b) => b - a));
          expect(sum(chosen)).toBe(Math.max(...all.map(sum)));
        },
      ),
    );
  });
});

describe('falling', () => {
  it('leaves a falling curve alone and pools a rising one at its mean', () => {
    expect(falling([3, 1, -2], [1, 1, 1])).toEqual([3, 1, -2]);
    expect(falling([0, 3, -1], [2, 1, 1])).toEqual([1, 1, -1]);
  });
});

describe('checkBids', () => {
  it('names slots whose curve rises', () => {
    const [problem] = fc.sample(changingProblems, { numRuns: 1, seed: 4 });
    const { slots } = problem!;
    const rising = Array.from({ length: slots }, () => ordered(problem!).pricePerMwh[0]!.map((_, state) => state));
    const first = robustValues(ordered(problem!));
    const prices = Array.from({ length: slots }, () => problem!.pricePerMwh[0]!.map((_, state) => 10 * state));
    const checked = checkBids(
      { ...problem!, pricePerMwh: prices },
      rising,
      0,
      (slot, state, level) => first.policy[slot]![state * first.levels + level]!,
      (slot, state) => (slot < 0 ? problem!.opening!.transition : problem!.transition[slot]![state]!),
    );
    expect(checked.risingSlots).toEqual(Array.from({ length: slots }, (_, slot) => slot));
  });
});
