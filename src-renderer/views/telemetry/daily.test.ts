import { expect, test } from 'vitest';
import { zoneOf } from '../../../src-main/base/zone.ts';
import { dailyOf } from './daily.ts';

const zone = 'Europe/Berlin';

test('a 23-hour day has 92 values, its neighbours 96; newest first', () => {
  const startUtcMs = zoneOf(zone).startOfDay('2023-03-25');
  const length = 96 + 92 + 96;
  const values = Float64Array.from({ length }, (_, index) => index);
  const days = dailyOf(
    { startUtcMs, stepMinutes: 15, unit: 'MW', length, values, flags: new Uint16Array(length) },
    zone,
  );
  expect(days.map(({ day, count }) => [day, count])).toEqual([
    ['2023-03-27', 96],
    ['2023-03-26', 92],
    ['2023-03-25', 96],
  ]);
  expect(days[2]).toMatchObject({ least: 0, most: 95, mean: 47.5, missing: 0 });
});

test('a day without a value has no numbers', () => {
  const values = Float64Array.from([Number.NaN]);
  const [day] = dailyOf(
    { startUtcMs: 0, stepMinutes: 60, unit: 'MW', length: 1, values, flags: new Uint16Array(1) },
    'UTC',
  );
  expect(day).toEqual({ day: '1970-01-01', count: 0, missing: 1, least: NaN, mean: NaN, most: NaN });
});
