import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { conformalRank } from './conformal.ts';
import { predictionFactor, predictionInterval } from './prediction-interval.ts';

describe('predictionFactor', () => {
  // t_{N−1, (1+δ)/2} from the usual table times √(1 + 1/N).
  it.each([
    [30, 0.95, 2.0452296 * Math.sqrt(1 + 1 / 30)],
    [10, 0.9, 1.8331129 * Math.sqrt(1.1)],
    [2, 0.5, Math.sqrt(1.5)],
  ])('N = %i, δ = %f', (count, nominal, wanted) => expect(predictionFactor(count, nominal)).toBeCloseTo(wanted, 6));
  it('approaches the normal quantile', () => expect(predictionFactor(1e6, 0.95)).toBeCloseTo(1.959966, 5));
});

describe('predictionInterval', () => {
  it('is mean ± factor · s', () => {
    const { centre, halfWidth } = predictionInterval([2, 4, 4, 4, 5, 5, 7, 9], 0.95);
    expect(centre).toBe(5);
    expect(halfWidth).toBeCloseTo(2.3646243 * Math.sqrt(1.125) * Math.sqrt(32 / 7), 6);
  });
  it('holds the next normal observation as often as it says', () => {
    const random = seededRandom(8);
    let held = 0;
    for (let round = 0; round < 20_000; round++) {
      const values = Array.from({ length: 5 }, () => 3 + 2 * random.normal());
      const { centre, halfWidth } = predictionInterval(values, 0.9);
      if (Math.abs(3 + 2 * random.normal() - centre) <= halfWidth) held++;
    }
    expect(held / 20_000).toBeCloseTo(0.9, 2);
  });
});

describe('conformalRank', () => {
  it.each([
    [19, 0.95, 19],
    [18, 0.95, 19],
    [29, 0.9, 27],
    [100, 0.9, 91],
  ])('N = %i, δ = %f asks for rank %i', (count, nominal, rank) => expect(conformalRank(count, nominal)).toBe(rank));
  it('covers the next exchangeable error with at least the nominal share', () => {
    const random = seededRandom(2);
    let held = 0;
    for (let round = 0; round < 20_000; round++) {
      const sizes = Array.from({ length: 39 }, () => random.uniform() ** 3).sort((a, b) => a - b);
      if (random.uniform() ** 3 <= sizes[conformalRank(39, 0.9) - 1]!) held++;
    }
    expect(held / 20_000).toBeGreaterThan(0.893);
    expect(held / 20_000).toBeLessThan(0.907);
  });
});
