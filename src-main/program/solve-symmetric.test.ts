import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveSymmetric } from './solve-symmetric.ts';

const entries = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 9, maxLength: 9 });

describe('a symmetric system', () => {
  it('is solved: A x is the right-hand side', () => {
    fc.assert(
      fc.property(entries, entries, (drawn, right) => {
        const root = [0, 1, 2].map((i) => drawn.slice(3 * i, 3 * i + 3));
        // B Bᵀ + 1 is definite.
        const matrix = root.map((row, i) => root.map((other, j) => row.reduce((sum, v, k) => sum + v * other[k]!, i === j ? 1 : 0))); // prettier-ignore
        const x = solveSymmetric(matrix, right.slice(0, 3));
        matrix.forEach((row, i) => expect(row.reduce((sum, v, k) => sum + v * x[k]!, 0)).toBeCloseTo(right[i]!, 8));
      }),
    );
  });

  it('has no solution where the matrix is not definite', () => {
    expect(solveSymmetric([[1, 2], [2, 1]], [1, 1]).every(Number.isNaN)).toBe(true); // prettier-ignore
  });
});
