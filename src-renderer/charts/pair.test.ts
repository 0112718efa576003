import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetOutline, ellipseOutline, pairStatistics, placeOf, type PairPoint } from './pair.ts';

const points = (pairs: readonly (readonly [number, number])[]): PairPoint[] =>
  pairs.map(([x, y], index) => ({ day: `day ${index}`, x, y, heldOut: false }));

describe('pairStatistics', () => {
  it('gives means, variances and the correlation of a hand-counted example', () => {
    const of = pairStatistics(
      points([
        [1, 2],
        [2, 1],
        [3, 4],
        [4, 3],
        [5, 5],
      ]),
    );
    expect(of).toMatchObject({ count: 5, meanX: 3, meanY: 3, varianceX: 2.5, varianceY: 2.5, covariance: 2 });
    expect(of.correlation).toBeCloseTo(0.8, 12);
    // tanh(atanh 0.8 ± 1.96/√2)
    expect(of.lower).toBeCloseTo(-0.2796, 4);
    expect(of.upper).toBeCloseTo(0.9862, 4);
  });
  it('knows no correlation where nothing varies', () => {
    expect(pairStatistics(points([[1, 2], [1, 3], [1, 4], [1, 5]])).correlation).toBeNaN(); // prettier-ignore
  });
});

describe('ellipseOutline', () => {
  it('lies at one Mahalanobis distance, the χ² quantile of its share', () => {
    const of = pairStatistics(points([[1, 2], [2, 1], [3, 4], [4, 3], [5, 9]])); // prettier-ignore
    const determinant = of.varianceX * of.varianceY - of.covariance ** 2;
    for (const { x, y } of ellipseOutline(of, 0.95)) {
      const [u, v] = [x - of.meanX, y - of.meanY];
      const squared = (of.varianceY * u * u - 2 * of.covariance * u * v + of.varianceX * v * v) / determinant;
      expect(squared).toBeCloseTo(5.991465, 5);
    }
  });
});

describe('the budget in two coordinates', () => {
  it('is a diamond at α = 1, cut corners at 1.5, the box from 2 on and a point at 0', () => {
    const shape = (protection: number) => {
      const outline = budgetOutline(10, 20, protection);
      return new Set(outline.map(({ x, y }) => `${x + 0},${y + 0}`));
    };
    expect(shape(1)).toEqual(new Set(['10,0', '0,20', '-10,0', '0,-20']));
    expect(shape(1.5)).toEqual(new Set(['10,10', '5,20', '-5,20', '-10,10', '-10,-10', '-5,-20', '5,-20', '10,-10']));
    expect(shape(2)).toEqual(new Set(['10,20', '-10,20', '-10,-20', '10,-20']));
    expect(shape(6)).toEqual(shape(2));
    expect(shape(0)).toEqual(new Set(['0,0']));
  });
  it('has every corner just inside, and nothing beyond it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 3, noNaN: true }), (protection) => {
        for (const { x, y } of budgetOutline(7, 3, protection)) {
          const by = (factor: number) => placeOf({ x: x * factor, y: y * factor }, 7, 3, protection);
          expect(by(0.999999)).toBe('inside');
          expect(by(1.000001)).not.toBe('inside');
        }
      }),
    );
  });
  it('calls a point outside only when an interval does not hold it', () => {
    expect(placeOf({ x: 11, y: 0 }, 10, 10, 6)).toBe('outside');
    expect(placeOf({ x: 8, y: 8 }, 10, 10, 1.5)).toBe('over budget');
    expect(placeOf({ x: 8, y: 8 }, 10, 10, 6)).toBe('inside');
    expect(placeOf({ x: 0, y: 0 }, 0, 0, 0)).toBe('inside');
  });
});
