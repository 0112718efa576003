import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleTop } from './scale-top.ts';

test('ends at a round number that holds the value and is not far above it', () => {
  expect([418, 2210, 0.07, 1000, 99.5].map(scaleTop)).toEqual([500, 2500, 0.08, 1000, 100]);
  expect([0, -3, NaN, Infinity].map(scaleTop)).toEqual([1, 1, 1, 1]);
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e7, noNaN: true }), (value) => {
      const top = scaleTop(value);
      expect(top).toBeGreaterThanOrEqual(value * (1 - 1e-6));
      expect(top).toBeLessThanOrEqual(1.5 * value);
    }),
  );
});
