import { describe, expect, it } from 'vitest';
import { dayHorizon } from '../base/horizon.ts';
import { zoneOf } from '../base/zone.ts';
import { dayGrid } from './day-grid.ts';
import { seriesOf } from './fixtures/series.ts';

const berlin = 'Europe/Berlin';
/** Local hour and fraction, so that matched slots show their clock; the second copy of the autumn hour gets + 100. */
const clockSeries = (firstDay: string, days: number, step: number) =>
  seriesOf('load-actual', firstDay, days, step, berlin, (utcMs) => {
    const zone = zoneOf(berlin);
    const local = zone.toLocal(utcMs);
    const found = zone.resolveLocal(local);
    return (local % 86_400_000) / 3_600_000 + (found.kind === 'twice' && found.second === utcMs ? 100 : 0);
  });

describe('dayGrid', () => {
  it('repeats a coarse series and averages a fine one', () => {
    const horizon = dayHorizon('2023-06-02', berlin, 15);
    const hourly = dayGrid(
      seriesOf('load-actual', '2023-06-01', 2, 60, berlin, (_, i) => i),
      '2023-06-01',
      2,
      horizon,
    );
    expect([...hourly.values.slice(0, 9)]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2]);
    expect(hourly.values[96]).toBe(24);
    const fine = dayGrid(
      seriesOf('load-actual', '2023-06-01', 2, 5, berlin, (_, i) => i),
      '2023-06-01',
      2,
      horizon,
    );
    expect([...fine.values.slice(0, 3)]).toEqual([1, 4, 7]);
    // Ten-minute steps do not divide a quarter hour: the middle one is shared.
    const tens = dayGrid(
      seriesOf('load-actual', '2023-06-01', 2, 10, berlin, (_, i) => i),
      '2023-06-01',
      2,
      horizon,
    );
    expect(tens.values[0]).toBeCloseTo((0 * 10 + 1 * 5) / 15, 12);
    expect(tens.values[1]).toBeCloseTo((1 * 5 + 2 * 10) / 15, 12);
  });

  it('marks missing and flagged values, and trusts what an operator cleared', () => {
    const series = seriesOf('load-actual', '2023-06-01', 1, 60, berlin, (_, i) => (i === 3 ? NaN : i));
    series.flags[5] = 8;
    series.flags[6] = 8 | 512;
    const grid = dayGrid(series, '2023-05-31', 2, dayHorizon('2023-06-01', berlin, 60));
    expect([...grid.doubtful.slice(0, 24)]).toEqual(new Array(24).fill(1));
    expect(Array.from(grid.doubtful.slice(24).keys()).filter((hour) => grid.doubtful[24 + hour])).toEqual([3, 5]);
    expect(grid.values[24 + 5]).toBe(5);
  });

  it('matches days of 23, 24 and 25 hours by the wall clock', () => {
    const plain = dayHorizon('2023-03-27', berlin, 60);
    const spring = dayGrid(clockSeries('2023-03-25', 3, 60), '2023-03-25', 2, plain);
    // 02:00 does not exist on 26 March; the clock showed 03:00 instead.
    expect([...spring.values.slice(24, 29)]).toEqual([0, 1, 3, 3, 4]);
    const autumn = dayGrid(clockSeries('2023-10-28', 3, 60), '2023-10-28', 2, dayHorizon('2023-10-30', berlin, 60));
    expect([...autumn.values.slice(24, 29)]).toEqual([0, 1, 2, 3, 4]);
    const onto = dayGrid(clockSeries('2023-10-28', 3, 60), '2023-10-28', 2, dayHorizon('2023-10-29', berlin, 60));
    expect([...onto.values.slice(0, 6)]).toEqual([0, 1, 2, 2, 3, 4]);
    expect([...onto.values.slice(25, 31)]).toEqual([0, 1, 2, 102, 3, 4]);
    const short = dayGrid(clockSeries('2023-03-25', 3, 60), '2023-03-25', 2, dayHorizon('2023-03-26', berlin, 60));
    expect([...short.values.slice(0, 5)]).toEqual([0, 1, 3, 4, 5]);
    expect(short.slots).toBe(23);
  });
});
