/** The built-in forecast on two real distribution zones of 2017 (10-minute values, no published forecast); skipped without the data. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { dayHorizon } from '../base/horizon.ts';
import type { RegularSeries } from '../telemetry/types.ts';
import { forecastDay } from './forecast-day.ts';

const file = new URL('../../../shared/data/load/tetouan_feeders_zone1_zone2_10min_2017.csv.gz', import.meta.url);

function zoneSeries(column: number): RegularSeries {
  const rows = gunzipSync(readFileSync(file)).toString('utf8').trim().split(/\r?\n/).slice(1);
  const values = Float64Array.from(rows, (row) => Number(row.split(',')[column]) / 1000);
  const startUtcMs = Date.UTC(2017, 0, 1);
  return {
    kind: 'load-actual',
    unit: 'MW',
    startUtcMs,
    stepMinutes: 10,
    values,
    flags: new Uint16Array(values.length),
  };
}

it.skipIf(!existsSync(file)).each([
  ['zone 1', 6, 0.79, 0.73],
  ['zone 2', 7, 0.66, 0.73],
])('beats both naive forecasts on %s of Tetouan', (_, column, shareOfDay, shareOfWeek) => {
  const horizon = dayHorizon('2017-12-31', 'UTC', 60);
  const { skill, residualDays } = forecastDay({ actual: zoneSeries(column), imported: null, horizon, windowDays: 310 });
  expect(residualDays.length).toBeGreaterThan(300);
  expect(skill.rmse / skill.naiveDayRmse).toBeLessThan(shareOfDay);
  expect(skill.rmse / skill.naiveWeekRmse).toBeLessThan(shareOfWeek);
});
