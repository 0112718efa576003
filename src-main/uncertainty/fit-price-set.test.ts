import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { setWorstCase } from '../robust/sets/set-adversary.ts';
import { fitPriceSet, type PriceErrorDay, type PriceSetWish } from './fit-price-set.ts';
import { tradeReach, tradeScore } from './price-trades.ts';

const periods = 8;
/** Days that move together and a little on their own, as price errors do; `growth` times as far in the last third. */
function errorDays(seed: number, count: number, growth = 1): PriceErrorDay[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, day) => {
    const together = random.normal();
    const size = day < (2 * count) / 3 ? 1 : growth;
    const error = Float64Array.from({ length: periods }, () => 0.02 * size * (0.8 * together + 0.6 * random.normal()));
    return { day: `day ${day}`, error };
  });
}
const wish = (kind: PriceSetWish['kind'], nominal = 0.9): PriceSetWish => ({
  kind,
  nominal,
  periodProtection: 3,
  failureBound: 0.2,
  worstCase: setWorstCase,
});

describe('sets of price errors', () => {
  it('keep their promises on days of a known law, over many seeds', () => {
    const seeds = Array.from({ length: 16 }, (_, seed) => seed + 1);
    const fits = (kind: 'interval' | 'ellipsoid') => seeds.map((seed) => fitPriceSet(errorDays(seed, 90), wish(kind)));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // 480 held-out days, each with periods that move together: 0.9 within three standard errors of the mean of days.
    expect(mean(fits('interval').map((fit) => fit.periods.share))).toBeGreaterThan(0.87);
    expect(mean(fits('ellipsoid').map((fit) => fit.trades.share))).toBeGreaterThan(0.9 - 3 * Math.sqrt(0.09 / 480));
  });

  it('are seen to break their promise when errors have grown fourfold', () => {
    for (const seed of [1, 2, 3]) {
      expect(fitPriceSet(errorDays(seed, 120, 4), wish('ellipsoid')).trades.upper).toBeLessThan(0.9);
      expect(fitPriceSet(errorDays(seed, 120, 4), wish('interval')).periods.upper).toBeLessThan(0.9);
    }
  });

  it('promise less where there are too few days for the rank', () => {
    const { guarantee } = fitPriceSet(errorDays(4, 30), wish('ellipsoid', 0.99));
    expect(guarantee.probability).toBeCloseTo(15 / 16, 12);
    expect(guarantee.source).toBe('conformal, rank 15 of 15 days');
    expect(() => fitPriceSet(errorDays(4, 29), wish('interval'))).toThrow(/29/);
  });

  it('know a spread between two periods that single periods do not show', () => {
    const { set } = fitPriceSet(errorDays(5, 200), wish('ellipsoid'));
    const reach = tradeReach(set, periods, setWorstCase);
    const alike = new Float64Array(periods).fill(0.03);
    // Inside every period taken alone; up in one half of the day and down in the other has never been seen.
    const opposed = alike.map((value, h) => (h % 2 === 0 ? value : -value));
    expect(tradeScore(reach, alike)).toBeLessThan(1);
    expect(tradeScore(reach, opposed)).toBeGreaterThan(1);
  });
});
