import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mondayOf } from '../../base/week.ts';
import { seededRandom } from '../../base/random.ts';
import { addDays } from '../../base/zone.ts';
import { pairedDifference } from './paired-difference.ts';

const daysOf = (values: readonly number[]) =>
  values.map((difference, at) => ({ day: addDays('2024-01-01', at), difference }));

/** Differences of `weeks` weeks: a part that the days of a week share, and one of their own. */
function weeksOf(seed: number, weeks: number, centre: number): { day: string; difference: number }[] {
  const random = seededRandom(seed);
  return daysOf(
    Array.from({ length: weeks }, () => random.normal()).flatMap((shared) =>
      Array.from({ length: 7 }, () => centre + 2 * shared + random.normal()),
    ),
  );
}

describe('pairedDifference', () => {
  it('holds the true mean about as often as it says, though days of a week move together', () => {
    let held = 0;
    const samples = 300;
    for (let seed = 1; seed <= samples; seed++) {
      const { lower, upper } = pairedDifference(weeksOf(seed, 26, 1.5), seed);
      if (lower <= 1.5 && 1.5 <= upper) held++;
    }
    // Percentile intervals of 26 blocks are a little narrow; taking days for independent would hold it in six of ten.
    expect(held / samples).toBeGreaterThan(0.89);
    expect(held / samples).toBeLessThan(0.99);
  });

  it('claims a side only when the whole interval lies there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: -3, max: 3, noNaN: true }), (seed, centre) => {
        const { mean, lower, upper, verdict } = pairedDifference(weeksOf(seed, 12, centre), seed);
        expect(lower).toBeLessThanOrEqual(mean);
        expect(upper).toBeGreaterThanOrEqual(mean);
        expect(verdict).toBe(upper < 0 ? 'lower' : lower > 0 ? 'higher' : 'undecided');
      }),
      { numRuns: 30 },
    );
  });

  it('claims nothing on fewer than eight weeks, and nothing of nothing', () => {
    expect(pairedDifference(weeksOf(3, 7, 50), 1)).toMatchObject({ days: 49, weeks: 7, verdict: 'too-few' });
    expect(pairedDifference(weeksOf(3, 8, 50), 1).verdict).toBe('higher');
    expect(pairedDifference(daysOf(new Array<number>(70).fill(0)), 1).verdict).toBe('same');
    expect(pairedDifference([], 1)).toMatchObject({ days: 0, mean: NaN, lower: NaN, verdict: 'too-few' });
  });

  it('gives the same interval for the same seed, and weeks begin on Mondays', () => {
    expect(pairedDifference(weeksOf(5, 10, 0), 9)).toEqual(pairedDifference(weeksOf(5, 10, 0), 9));
    expect(['2024-01-01', '2024-01-07', '2024-01-08', '2023-12-31'].map(mondayOf)).toEqual([
      '2024-01-01',
      '2024-01-01',
      '2024-01-08',
      '2023-12-25',
    ]);
  });
});
