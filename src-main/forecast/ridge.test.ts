import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { addObservation, emptySums, solveRidge } from './ridge.ts';

describe('ridge regression', () => {
  it('finds the law behind many observations', () => {
    const random = seededRandom(3);
    const law = [2, -1, 0.5];
    const sums = emptySums(3);
    for (let i = 0; i < 5000; i++) {
      const x = Float64Array.from([1, random.normal(), random.normal()]);
      addObservation(
        sums,
        x,
        x.reduce((sum, value, k) => sum + value * law[k]!, 0.1 * random.normal()),
      );
    }
    [...solveRidge(sums, 0.1)].forEach((coefficient, k) => expect(coefficient).toBeCloseTo(law[k]!, 2));
  });
  it('satisfies (XᵀX + λI) c = Xᵀz', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 }), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        (rows, penalty) => {
          const sums = emptySums(3);
          for (const [a, b, c, z] of rows) addObservation(sums, Float64Array.of(a!, b!, c!), z!);
          const solved = solveRidge(sums, penalty);
          for (let i = 0; i < 3; i++) {
            let left = penalty * solved[i]!;
            for (const row of rows)
              left += row[i]! * (row[0]! * solved[0]! + row[1]! * solved[1]! + row[2]! * solved[2]!);
            expect(left).toBeCloseTo(sums.products[i]!, 6);
          }
        },
      ),
    ));
  it('stays at zero without observations', () => expect(solveRidge(emptySums(2), 1)).toEqual(new Float64Array(2)));
});
