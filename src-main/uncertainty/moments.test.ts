import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { addDays } from '../base/zone.ts';
import { mean, standardDeviation } from '../base/statistics.ts';
import { momentDoubt } from './moment-doubt.ts';
import { commonDays, fitMoments, shrunkCovariance, type ErrorHistory } from './moments.ts';

/** Two components whose errors share a part of weight `common`. */
function histories(days: number, common: number, seed = 1, ids = ['a', 'b']): ErrorHistory[] {
  const random = seededRandom(seed);
  const rest = Math.sqrt(1 - common * common);
  const all = ids.map((id): ErrorHistory => ({ id, residuals: [] }));
  const rows = Array.from({ length: days }, (_, d) => {
    const shared = [random.normal(), random.normal()];
    return all.map((__, i) => ({
      day: addDays('2024-01-01', d),
      errorKw: shared.map((value) => 5 + (i + 1) * 10 * (common * value + rest * random.normal())),
      usable: true,
    }));
  });
  return all.map(({ id }, i) => ({ id, residuals: rows.map((row) => row[i]!) }));
}

describe('fitMoments', () => {
  it('finds the law the errors were drawn from', () => {
    const { meanKw, covarianceKw2, shrinkage, days, slots } = fitMoments(histories(4000, 0.8));
    expect([days.length, slots]).toEqual([4000, 2]);
    for (const slot of [0, 1]) {
      expect(meanKw[slot]![0]).toBeCloseTo(5, 0);
      expect(Math.sqrt(covarianceKw2[slot]![0]![0]!)).toBeCloseTo(10, 0);
      expect(covarianceKw2[slot]![0]![1]! / 200).toBeCloseTo(0.64, 1);
      expect(shrinkage[slot]!).toBeLessThan(0.01);
    }
  });

  it('draws correlations of nothing towards nothing', () => {
    const few = fitMoments(histories(12, 0, 5)).covarianceKw2[0]!;
    const [first, second] = histories(12, 0, 5).map(({ residuals }) => residuals.map(({ errorKw }) => errorKw[0]!)) as [
      number[],
      number[],
    ];
    const plain = first.reduce((sum, value, d) => sum + (value - mean(first)) * (second[d]! - mean(second)), 0) / 11;
    expect(Math.abs(few[0]![1]!)).toBeLessThan(Math.abs(plain));
    expect(few[1]![1]).toBeCloseTo(standardDeviation(second) ** 2, 8);
  });

  it('takes only days that are usable for all, and refuses too few', () => {
    const [a, b] = histories(12, 0.5) as [ErrorHistory, ErrorHistory];
    const spoilt = {
      ...b,
      residuals: b.residuals.map((row, d) =>
        d === 3 ? { ...row, usable: false } : d === 4 ? { ...row, errorKw: [NaN, 1] } : row,
      ),
    };
    expect(commonDays([a, spoilt])).toHaveLength(10);
    expect(fitMoments([a, spoilt]).days).not.toContain('2024-01-04');
    const fewer = { ...spoilt, residuals: spoilt.residuals.slice(1) };
    expect(() => fitMoments([a, fewer])).toThrow(/Only 9 usable days of a and b history/);
  });
});

describe('shrunkCovariance', () => {
  it('never has a negative variance in any direction, and keeps variances', () => {
    const value = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 8 })).chain(([components, days]) =>
          fc.array(fc.array(value, { minLength: days, maxLength: days }), {
            minLength: components,
            maxLength: components,
          }),
        ),
        fc.array(value, { minLength: 4, maxLength: 4 }),
        (samples, direction) => {
          const { covariance, shrinkage } = shrunkCovariance(samples);
          expect(shrinkage).toBeGreaterThanOrEqual(0);
          expect(shrinkage).toBeLessThanOrEqual(1);
          const along = covariance.reduce(
            (sum, row, i) => sum + row.reduce((part, entry, j) => part + direction[i]! * entry * direction[j]!, 0),
            0,
          );
          expect(along).toBeGreaterThanOrEqual(-1e-6);
          samples.forEach((values, i) => expect(covariance[i]![i]).toBeCloseTo(standardDeviation(values) ** 2, 6));
        },
      ),
    );
  });
});

describe('momentDoubt', () => {
  const normals = (count: number, seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, () => random.normal());
  };
  const wish = { confidence: 0.9, seed: 1, draws: 400 };

  it('holds the true moments about as often as it says', () => {
    let held = 0;
    for (let trial = 0; trial < 200; trial++) {
      const samples = normals(60, trial + 1);
      const { meanDoubt, spreadDoubt } = momentDoubt(samples, wish);
      const variance = standardDeviation(samples) ** 2;
      const centre = mean(samples);
      if (centre ** 2 <= meanDoubt * variance && 1 + centre ** 2 <= spreadDoubt * variance) held++;
    }
    expect(held / 200).toBeGreaterThan(0.8);
    expect(held / 200).toBeLessThan(0.995);
  });

  it('shrinks with more days and is the same for the same seed', () => {
    const few = momentDoubt(normals(30, 3), wish);
    const many = momentDoubt(normals(1000, 3), wish);
    expect(many.meanDoubt).toBeLessThan(few.meanDoubt);
    expect(many.spreadDoubt).toBeLessThan(few.spreadDoubt);
    expect(momentDoubt(normals(30, 3), wish)).toEqual(few);
  });

  it('refuses what it cannot judge', () => {
    expect(() => momentDoubt([1, 1, 1], wish)).toThrow(/different samples cannot be 1/);
    expect(() => momentDoubt([1, 2], { ...wish, confidence: 1 })).toThrow(/confidence cannot be 1/);
  });
});
