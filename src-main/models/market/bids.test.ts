import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBids } from '../../verify/check-bids.ts';
import { bidsOf, bidValues, falling } from './bids.ts';
import { changingProblems } from './fixtures/market-problems.ts';
import type { MarketProblem } from './problem.ts';
import { adversaryLaw, robustValues, startValue, withAmbiguity } from './robust-values.ts';

/** States in the order of their prices, as a chain has them. */
const ordered = ({ pricePerMwh, ...rest }: MarketProblem): MarketProblem => ({
  ...rest,
  pricePerMwh: pricePerMwh.map((prices) => prices.toSorted((a, b) => a - b)),
});

describe('bidsOf', () => {
  it('falls with the price and earns what the walk forwards says, under estimate and adversary', () => {
    fc.assert(
      fc.property(
        changingProblems,
        fc.constantFrom(0, 30),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (plain, fine, radius) => {
          const believed = ordered(plain);
          const bids = bidsOf(believed, robustValues(believed));
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
