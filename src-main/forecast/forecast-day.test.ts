import { describe, expect, it } from 'vitest';
import { dayHorizon } from '../base/horizon.ts';
import { seededRandom } from '../base/random.ts';
import type { RegularSeries } from '../telemetry/types.ts';
import { seriesOf, townLoad } from './fixtures/series.ts';
import { forecastDay } from './forecast-day.ts';

const day = '2023-10-01';
const horizon = dayHorizon(day, 'UTC', 60);
const index = (series: RegularSeries, isoTime: string) =>
  (Date.parse(isoTime) - series.startUtcMs) / (series.stepMinutes * 60_000);

describe('built-in load forecast', () => {
  it.each([1, 2, 3])('beats both naive forecasts (seed %i)', (seed) => {
    const { origin, method, skill, residualDays } = forecastDay({
      actual: townLoad(seed, 300, 2),
      imported: null,
      horizon,
      windowDays: 150,
    });
    expect([origin, method]).toEqual(['built-in', 'calendar-and-lags']);
    expect(residualDays.length).toBeGreaterThanOrEqual(148);
    expect(skill.rmse).toBeLessThan(0.9 * skill.naiveDayRmse);
    expect(skill.rmse).toBeLessThan(0.9 * skill.naiveWeekRmse);
  });
  it('reads nothing after noon of the day before', () => {
    const actual = townLoad(4, 300, 2);
    const known = forecastDay({ actual, imported: null, horizon, windowDays: 60 });
    const future = {
      ...actual,
      values: actual.values.map((value, at) => (at >= index(actual, '2023-09-30T12:00Z') ? -1e6 : value)),
    };
    expect(forecastDay({ actual: future, imported: null, horizon, windowDays: 60 })).toEqual(known);
    const morning = { ...actual, values: actual.values.slice() };
    morning.values[index(actual, '2023-09-30T11:00Z')]! += 5;
    expect(forecastDay({ actual: morning, imported: null, horizon, windowDays: 60 }).centre).not.toEqual(known.centre);
  });
  it('gives past days the forecast they would have had', () => {
    const actual = townLoad(5, 300, 2);
    const later = forecastDay({ actual, imported: null, horizon, windowDays: 100 });
    const earlier = forecastDay({
      actual,
      imported: null,
      horizon: dayHorizon('2023-09-15', 'UTC', 60),
      windowDays: 84,
    });
    const past = later.residualDays.find((residual) => residual.day === '2023-09-15')!;
    // Only the unit of the features looks at the whole history.
    past.forecast.forEach((value, slot) => expect(Math.abs(value - earlier.centre[slot]!)).toBeLessThan(0.2));
  });
  it('says so when it has not learnt enough', () => {
    const { centre, residualDays } = forecastDay({
      actual: townLoad(6, 20, 2),
      imported: null,
      horizon: dayHorizon('2023-01-20', 'UTC', 60),
      windowDays: 60,
    });
    expect(residualDays).toEqual([]);
    expect(centre.every(Number.isNaN)).toBe(true);
  });
});

describe('built-in wind forecast', () => {
  it('is better than repeating yesterday', () => {
    const random = seededRandom(9);
    let state = 0;
    const actual = seriesOf('wind-actual', '2023-01-01', 300, 60, 'UTC', () => {
      state = 0.97 * state + 0.24 * random.normal();
      return Math.max(0, 20 + 12 * state);
    });
    const { method, skill, centre } = forecastDay({ actual, imported: null, horizon, windowDays: 150 });
    expect(method).toBe('persistence-and-climatology');
    expect(skill.rmse).toBeLessThan(0.9 * skill.naiveDayRmse);
    expect(Math.min(...centre)).toBeGreaterThanOrEqual(0);
  });
});

describe('imported forecast', () => {
  const actual = townLoad(7, 300, 2);
  const published = (error: (at: number) => number): RegularSeries => ({
    ...actual,
    kind: 'load-forecast',
    values: actual.values.map((value, at) => value - error(at)),
    flags: new Uint16Array(actual.values.length),
  });
  const noise = seededRandom(11);
  const noises = Float64Array.from(actual.values, () => noise.normal());

  it('is corrected for its bias by time of day', () => {
    const imported = published((at) => 5 + (at % 24 >= 12 ? 3 : 0) + 0.5 * noises[at]!);
    const { origin, bias, skill, centre } = forecastDay({ actual, imported, horizon, windowDays: 100 });
    expect(origin).toBe('imported');
    expect(skill.meanBias).toBeCloseTo(6.5, 0);
    expect(bias[3]).toBeGreaterThan(3.5);
    expect(bias[20]! - bias[3]!).toBeGreaterThan(1.5);
    expect(skill.rmse).toBeLessThan(2);
    const at = index(imported, `${day}T00:00Z`);
    centre.forEach((value, slot) => expect(value).toBeCloseTo(imported.values[at + slot]! + bias[slot]!, 9));
  });
  it('flags residual hours and replaces a missing hour of the day itself', () => {
    const imported = published((at) => noises[at]!);
    imported.values[index(imported, `${day}T05:00Z`)] = NaN;
    imported.values[index(imported, '2023-09-20T07:00Z')] = NaN;
    const flagged = { ...actual, flags: actual.flags.slice() };
    flagged.flags[index(actual, '2023-09-21T08:00Z')] = 8;
    const { doubtfulSlots, residualDays, centre } = forecastDay({ actual: flagged, imported, horizon, windowDays: 60 });
    expect(doubtfulSlots).toEqual([5]);
    expect(centre[5]).toBeCloseTo((centre[4]! + centre[6]!) / 2, 0);
    const found = residualDays
      .filter((residual) => !residual.usable)
      .map(({ day: date, flaggedSlots }) => [date, flaggedSlots]);
    expect(found).toEqual([
      ['2023-09-20', [7]],
      ['2023-09-21', [8]],
    ]);
  });
  it('gives way to the built-in forecast when the day was not published', () => {
    const imported = published((at) => noises[at]!);
    imported.values.fill(NaN, index(imported, `${day}T00:00Z`));
    expect(forecastDay({ actual, imported, horizon, windowDays: 60 }).origin).toBe('built-in');
  });
  it('has 23 or 25 slots on clock-change days', () => {
    for (const [changeDay, slots] of [
      ['2023-03-26', 23],
      ['2023-10-29', 25],
    ] as const) {
      const actualBerlin = seriesOf(
        'load-actual',
        '2022-12-01',
        350,
        60,
        'Europe/Berlin',
        (utcMs) => 50 + 10 * Math.sin(utcMs / 13_000_000),
      );
      const { centre, residualDays } = forecastDay({
        actual: actualBerlin,
        imported: actualBerlin,
        horizon: dayHorizon(changeDay, 'Europe/Berlin', 60),
        windowDays: 30,
      });
      expect([centre.length, residualDays[0]!.error.length]).toEqual([slots, slots]);
      expect(residualDays.every(({ usable, error }) => usable && error.every((value) => Math.abs(value) < 1e-9))).toBe(
        true,
      );
    }
  });
});
