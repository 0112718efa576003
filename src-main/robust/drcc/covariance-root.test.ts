import fc from 'fast-check';
import { expect, it } from 'vitest';
import { covarianceRoot } from './covariance-root.ts';

const components = 4;
/** Directions whose outer products make a covariance; with fewer than four of them it is singular. */
const directions = fc.array(
  fc.array(fc.integer({ min: -9, max: 9 }), { minLength: components, maxLength: components }),
  { minLength: 1, maxLength: 6 },
);

it('gives back every covariance, singular ones too', () => {
  fc.assert(
    fc.property(directions, (each) => {
      const covariance = Array.from({ length: components }, (_, i) =>
        Array.from({ length: components }, (__, j) =>
          each.reduce((sum, direction) => sum + direction[i]! * direction[j]!, 0),
        ),
      );
      const root = covarianceRoot(covariance);
      covariance.forEach((row, i) =>
        row.forEach((value, j) => {
          const product = root.reduce((sum, column) => sum + column[i]! * column[j]!, 0);
          expect(Math.abs(product - value)).toBeLessThanOrEqual(1e-6 * (1 + Math.sqrt(row[i]! * covariance[j]![j]!)));
        }),
      );
    }),
    { numRuns: 300, seed: 12 },
  );
});

it('refuses what no errors can have', () => {
  // Two components that move as one, of which each varies less than they do together.
  expect(() =>
    covarianceRoot([
      [1, 2],
      [2, 1],
    ]),
  ).toThrow(/Variance 2 cannot be 1/);
  expect(() =>
    covarianceRoot([
      [0, 1],
      [1, 1],
    ]),
  ).toThrow(/Variance 1 cannot be 0/);
  expect(() =>
    covarianceRoot([
      [1, 2],
      [0, 1],
    ]),
  ).toThrow(/Covariance 1, 2 cannot be 2/);
  expect(() =>
    covarianceRoot([
      [-1, 0],
      [0, 1],
    ]),
  ).toThrow(/Variance 1 cannot be -1/);
  expect(() => covarianceRoot([[1, 0]])).toThrow(/size of the covariance/);
});
