import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareQuantile, chiSquareTail } from './chi-square.ts';
import { normalQuantile } from './statistics.ts';

describe('χ²', () => {
  it.each([
    [0.95, 1, 3.841458820694124],
    [0.95, 4, 9.487729036781154],
    [0.99, 10, 23.209251158954356],
    [0.05, 30, 18.492660981953467],
  ])('quantile %d of %d degrees of freedom is that of the tables', (p, df, x) => {
    expect(chiSquareQuantile(p, df)).toBeCloseTo(x, 9);
  });

  it('is the square of a normal for one degree of freedom and an exponential for two', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (p) => {
        expect(chiSquareQuantile(p, 1)).toBeCloseTo(normalQuantile((1 + p) / 2) ** 2, 8);
        expect(chiSquareQuantile(p, 2)).toBeCloseTo(-2 * Math.log(1 - p), 8);
      }),
    );
  });

  it('tail and quantile undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), fc.integer({ min: 1, max: 400 }), (p, df) => {
        expect(chiSquareTail(chiSquareQuantile(p, df), df)).toBeCloseTo(1 - p, 9);
      }),
    );
  });
});
