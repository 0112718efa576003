import { describe, expect, it } from 'vitest';
import { correlatedDays } from './correlated-days.ts';

describe('correlatedDays', () => {
  it('has the standard deviations and correlations asked for', () => {
    const sdKw = [
      [1, 2, 0],
      [3, 4, 5],
    ];
    const days = correlatedDays(sdKw, { betweenComponents: 0.9, betweenSlots: 0.6 }, { days: 40_000, seed: 4 });
    const moment = (a: [number, number], b: [number, number]) =>
      days.reduce((sum, { deviationKw }) => sum + deviationKw[a[0]]![a[1]]! * deviationKw[b[0]]![b[1]]!, 0) /
      days.length;
    expect(moment([1, 1], [1, 1])).toBeCloseTo(16, 0);
    expect(moment([0, 1], [1, 1]) / (2 * 4)).toBeCloseTo(0.9, 1);
    expect(moment([1, 0], [1, 1]) / (3 * 4)).toBeCloseTo(0.6, 1);
    expect(moment([1, 0], [1, 2]) / (3 * 5)).toBeCloseTo(0.36, 1);
    expect(moment([0, 2], [0, 2])).toBe(0);
    expect(correlatedDays(sdKw, { betweenComponents: 0, betweenSlots: 0 }, { days: 2, seed: 4 })).toEqual(
      correlatedDays(sdKw, { betweenComponents: 0, betweenSlots: 0 }, { days: 2, seed: 4 }),
    );
  });
});
