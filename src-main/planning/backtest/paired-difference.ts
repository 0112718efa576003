/**
 * Mean difference between two strategies on the same days, with an interval from a block bootstrap: whole calendar weeks are drawn with
 * replacement, because days of a week share weather and prices. Every week counts with its days; 2,000 seeded draws, percentiles at
 * 2.5 and 97.5 %. Source: Künsch 1989 for blocks; Efron and Tibshirani 1993 for percentiles.
 *
 * Claims are made only when the whole interval says so, and never on fewer than eight weeks: with a handful of blocks the
 * percentiles are too narrow.
 */
import { seededRandom } from '../../base/random.ts';
import { mean, quantileSorted } from '../../base/statistics.ts';
import { mondayOf } from '../../base/week.ts';

export interface PairedDifference {
  /** Days on which both have a value, and the weeks they lie in. */
  days: number;
  weeks: number;
  /** Mean per day; NaN without days. */
  mean: number;
  lower: number;
  upper: number;
  /** 'lower', 'higher': the whole interval lies on one side of zero; 'same': every day alike; 'too-few': under eight weeks. */
  verdict: 'lower' | 'higher' | 'undecided' | 'same' | 'too-few';
}

const draws = 2000;
const leastWeeks = 8;
/** A difference of less than this a day is rounding. */
const nothing = 1e-6;

export function pairedDifference(
  byDay: readonly { day: string; difference: number }[],
  seed: number,
): PairedDifference {
  const weeks = new Map<string, { sum: number; days: number }>();
  for (const { day, difference } of byDay) {
    const week = weeks.get(mondayOf(day)) ?? { sum: 0, days: 0 };
    weeks.set(mondayOf(day), { sum: week.sum + difference, days: week.days + 1 });
  }
  const blocks = [...weeks.values()];
  const centre = mean(byDay.map(({ difference }) => difference));
  const size = { days: byDay.length, weeks: blocks.length, mean: centre };
  if (blocks.length === 0) return { ...size, lower: NaN, upper: NaN, verdict: 'too-few' };
  const random = seededRandom(seed);
  const means = Float64Array.from({ length: draws }, () => {
    let sum = 0;
    let days = 0;
    for (let drawn = 0; drawn < blocks.length; drawn++) {
      const block = blocks[random.integer(blocks.length)]!;
      sum += block.sum;
      days += block.days;
    }
    return sum / days;
  }).sort();
  const [lower, upper] = [quantileSorted(means, 0.025), quantileSorted(means, 0.975)];
  const same = byDay.every(({ difference }) => Math.abs(difference) <= nothing);
  const verdict =
    blocks.length < leastWeeks
      ? 'too-few'
      : same
        ? 'same'
        : upper < -nothing
          ? 'lower'
          : lower > nothing
            ? 'higher'
            : 'undecided';
  return { ...size, lower, upper, verdict };
}
