import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { fitLevelLaw, fitSigma, levelScale, pooledAdjacent } from './level-scale.ts';

describe('pooledAdjacent', () => {
  it('pools what violates the order', () => {
    expect(pooledAdjacent([1, 3, 2, 4], [1, 1, 1, 1])).toEqual([1, 2.5, 2.5, 4]);
    expect(pooledAdjacent([3, 2, 1], [1, 1, 2])).toEqual([1.75, 1.75, 1.75]);
  });
  it('is nondecreasing, keeps the weighted mean, and leaves ordered values alone', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 9, noNaN: true }), fc.integer({ min: 1, max: 5 })), {
          minLength: 1,
        }),
        (pairs) => {
          const values = pairs.map(([value]) => value);
          const weights = pairs.map(([, weight]) => weight);
          const pooled = pooledAdjacent(values, weights);
          const total = (list: number[]) => list.reduce((sum, value, index) => sum + value * weights[index]!, 0);
          expect(pooled.every((value, index) => index === 0 || value >= pooled[index - 1]!)).toBe(true);
          expect(total(pooled)).toBeCloseTo(total(values), 8);
          const ordered = [...values].sort((a, b) => a - b);
          pooledAdjacent(ordered, weights).forEach((value, index) => expect(value).toBeCloseTo(ordered[index]!, 12));
        },
      ),
    ));
});

describe('level scale', () => {
  const random = seededRandom(4);
  const levels = Float64Array.from({ length: 9600 }, () => 100 * random.uniform());
  const errors = levels.map((level) => (2 + 0.1 * level) * random.normal());
  it('finds how errors grow with the level', () => {
    const sigma = fitSigma(errors, levels, 1e9);
    for (const level of [20, 50, 80]) expect(sigma(level) / (2 + 0.1 * level)).toBeCloseTo(1, 0.8);
    for (let level = 0; level < 120; level++) expect(sigma(level + 1)).toBeGreaterThanOrEqual(sigma(level));
    expect(sigma(1e9)).toBe(sigma(100));
  });
  it('finds the time of day at which a forecast is poor', () => {
    const poorNoon = errors.map((error, at) => (at % 96 >= 40 && at % 96 < 56 ? 3 : 1) * error);
    const scale = levelScale(fitLevelLaw(poorNoon, levels, 96, 1e9));
    expect(scale(50, 48) / scale(50, 10)).toBeGreaterThan(2.5);
  });
  it('survives missing values and nothing at all', () => {
    expect(levelScale(fitLevelLaw(new Float64Array(8).fill(NaN), new Float64Array(8), 4, 1))(5, 0)).toBe(0);
    const holes = errors.map((error, at) => (at % 7 === 0 ? NaN : error));
    expect(fitSigma(holes, levels, 1e9)(50)).toBeCloseTo(fitSigma(errors, levels, 1e9)(50), 0);
  });
});
