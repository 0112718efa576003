import fc from 'fast-check';
import { expect, it } from 'vitest';
import { selectRank } from './select-rank.ts';

it('finds what sorting finds', () =>
  fc.assert(
    fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1 }), fc.nat(), (values, seed) => {
      const rank = seed % values.length;
      const sorted = Float64Array.from(values).sort();
      expect(selectRank(Float64Array.from(values), rank) === sorted[rank]).toBe(true);
    }),
  ));

it('looks at the first values only, and bears many equal ones', () => {
  expect(selectRank(Float64Array.of(5, 3, 4, -100), 0, 3)).toBe(3);
  expect(selectRank(new Float64Array(10_000).fill(2), 7_000)).toBe(2);
});
