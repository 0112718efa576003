/** Every public file kept for development, read by guess and held against what was counted in it by other means. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { zoneOf } from '../base/zone.ts';
import { memorySource } from './fixtures/memory-source.ts';
import type { ImportMapping } from './mapping.ts';
import { previewImport } from './preview-import.ts';
import { findQuality } from './quality/find-quality.ts';
import { readSamples } from './read-samples.ts';
import { readSessions } from './read-sessions.ts';
import type { ImportKind, RegularSeries, SeriesKind, Session } from './types.ts';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const berlin = 'Europe/Berlin';

function open(path: string) {
  const bytes = readFileSync(folder + path);
  return memorySource(path.replace(/^.*\//, ''), path.endsWith('.gz') ? gunzipSync(bytes) : bytes, TextDecoder, 65_536);
}
const preview = (path: string, kind: ImportKind, siteZone = berlin) => previewImport(open(path), kind, { siteZone });

async function readSeries(path: string, kind: SeriesKind, over: Partial<ImportMapping> = {}, siteZone = berlin) {
  const { mapping, doubts } = await preview(path, kind, siteZone);
  const used = { ...mapping, ...over, columns: { ...mapping.columns, ...over.columns } };
  const stepMs = used.stepMinutes! * 60_000;
  const found: { utcMs: number; value: number; flags: number }[] = [];
  const totals = await readSamples(open(path), kind, used, { onBatch: (items) => found.push(...items) });
  const length = (totals.toUtcMs - totals.fromUtcMs) / stepMs;
  const series: RegularSeries = {
    kind,
    unit: totals.unit,
    startUtcMs: totals.fromUtcMs,
    stepMinutes: used.stepMinutes!,
    values: new Float64Array(length).fill(NaN),
    flags: new Uint16Array(length),
  };
  for (const { utcMs, value, flags } of found) {
    series.values[(utcMs - totals.fromUtcMs) / stepMs] = value;
    series.flags[(utcMs - totals.fromUtcMs) / stepMs] = flags;
  }
  const zone = zoneOf(siteZone);
  const byDay = new Map<number, number>();
  for (const { utcMs } of found) {
    const day = Math.floor(zone.toLocal(utcMs) / 86_400_000);
    byDay.set(day, (byDay.get(day) ?? 0) + 1);
  }
  const localDays = new Map(
    [...byDay].map(([day, rows]) => [new Date(day * 86_400_000).toISOString().slice(0, 10), rows]),
  );
  return { series, totals, doubts, mapping: used, localDays };
}

async function readStays(path: string, siteZone: string) {
  const { mapping, doubts } = await preview(path, 'sessions', siteZone);
  const sessions: Session[] = [];
  const totals = await readSessions(open(path), mapping, { onBatch: (items) => sessions.push(...items) });
  return { sessions, totals, doubts: doubts.map(({ field }) => field), mapping };
}
const flagged = (series: RegularSeries, other?: RegularSeries) =>
  findQuality(series, { zone: berlin, ...(other ? { other } : {}) }).ranges.filter(
    ({ kind }) => kind !== 'clockChange',
  );

describe.skipIf(!existsSync(folder))('load files (../shared/data)', () => {
  it('DE-LU: 8,760 hours, certain; the forecast lacks one', async () => {
    const actual = await readSeries('load/de_lu_load_actual_2024-06_2025-05.csv', 'load-actual');
    const forecast = await readSeries('load/de_lu_load_forecast_dayahead_2024-06_2025-05.csv', 'load-forecast');
    expect(actual.doubts).toEqual([]);
    expect(actual.totals).toMatchObject({ rowCount: 8760, absentCount: 0, missingCount: 0, exactDuplicates: 0 });
    expect(forecast.totals).toMatchObject({ rowCount: 8760, missingCount: 1 });
    expect(flagged(actual.series, forecast.series)).toEqual([]);
    expect(flagged(forecast.series, actual.series)).toMatchObject([
      { kind: 'gap', fromUtcMs: Date.parse('2024-10-27T00:00+02:00'), count: 1 },
    ]);
  });
  it.each([
    [2020, 35_136, '2020-03-29', '2020-10-25'],
    [2021, 35_040, '2021-03-28', '2021-10-31'],
    [2022, 35_040, '2022-03-27', '2022-10-30'],
  ] as const)('SMARD %i: %i quarter hours without a gap, days of 92 and 100', async (year, rows, spring, autumn) => {
    const actual = await readSeries(`load/smard_de_load_actual_15min_${year}.csv.gz`, 'load-actual');
    expect(actual.doubts).toEqual([]);
    expect(actual.totals).toMatchObject({ rowCount: rows, sampleCount: rows, absentCount: 0, secondPasses: 4 });
    expect(new Set(actual.localDays.values())).toEqual(new Set([96, 92, 100]));
    expect([actual.localDays.get(spring), actual.localDays.get(autumn)]).toEqual([92, 100]);
    const forecast = await readSeries(`load/smard_de_load_forecast_dayahead_15min_${year}.csv.gz`, 'load-forecast');
    expect(forecast.totals).toMatchObject({ rowCount: rows, absentCount: 0, missingCount: year === 2020 ? 96 : 0 });
    const errors = forecast.series.values
      .map((value, i) => actual.series.values[i]! - value)
      .filter((error) => !Number.isNaN(error));
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(Math.round(mean)).toBe({ 2020: 1160, 2021: 1754, 2022: -733 }[year]);
    expect(flagged(actual.series, forecast.series).length).toBeLessThanOrEqual(1);
  });
  it('SMARD 2022: load less residual load lacks the 96 values of 21 December in the forecast', async () => {
    const { totals, mapping } = await readSeries(
      'load/smard_de_load_forecast_dayahead_15min_2022.csv.gz',
      'wind-forecast',
    );
    expect(mapping.subtractColumn).toContain('Residuallast');
    expect(totals.missingCount).toBe(96);
  });
  it('Tetouan: 52,416 values of ten minutes, 144 on each day, dates in the American way', async () => {
    const { totals, localDays, doubts } = await readSeries(
      'load/tetouan_feeders_zone1_zone2_10min_2017.csv.gz',
      'load-actual',
      { unit: 'kW' },
      'UTC',
    );
    expect(doubts.map(({ field }) => field)).toEqual(['columns.value', 'unit', 'zone']);
    expect(totals).toMatchObject({ rowCount: 52_416, absentCount: 0 });
    expect([localDays.size, new Set(localDays.values())]).toEqual([364, new Set([144])]);
    const casablanca = await preview(
      'load/tetouan_feeders_zone1_zone2_10min_2017.csv.gz',
      'load-actual',
      'Africa/Casablanca',
    );
    expect(casablanca.mapping.zone).toBe('UTC');
  });
});

describe.skipIf(!existsSync(folder))('wind and price files (../shared/data)', () => {
  it('DE-LU wind: the hour that lost a component is the only one flagged', async () => {
    const actual = await readSeries('wind/de_lu_wind_actual_2024-06_2025-05.csv', 'wind-actual');
    const forecast = await readSeries('wind/de_lu_wind_forecast_dayahead_2024-06_2025-05.csv', 'wind-forecast');
    expect([actual.totals.rowCount, forecast.totals.rowCount]).toEqual([8760, 8760]);
    expect(flagged(actual.series, forecast.series)).toEqual([]);
    for (const ranges of [flagged(forecast.series, actual.series), flagged(forecast.series)])
      expect(ranges).toEqual([
        {
          kind: 'impossible',
          count: 1,
          fromUtcMs: Date.parse('2024-10-27T00:00+02:00'),
          toUtcMs: Date.parse('2024-10-27T01:00+02:00'),
          detail: '2,662 MW between 13,366 and 12,503: a part seems to be missing',
        },
      ]);
  });
  it('RTS-GMLC: 8,784 hours and 105,408 five-minute values on a clock without summer time', async () => {
    const hourly = await readSeries('wind/rts_gmlc_wind_forecast_dayahead_hourly_2020.csv', 'wind-forecast');
    const fine = await readSeries('wind/rts_gmlc_wind_actual_5min_2020.csv.gz', 'wind-actual', {
      columns: { value: '317_WIND_1' },
    });
    expect(hourly.totals).toMatchObject({ rowCount: 8784, absentCount: 0 });
    expect(fine.totals).toMatchObject({ rowCount: 105_408, absentCount: 0 });
    expect(hourly.mapping.zone).toBe('UTC');
    expect(flagged(hourly.series)).toEqual([]);
    expect(flagged(fine.series).length).toBeLessThanOrEqual(5);
  });
  it('SMARD prices: 19,056 hours, days of 23 and 25, negatives, blanks and one thousands comma', async () => {
    const path = 'price/smard_dayahead_prices_16zones_2023-01_2025-03.csv.gz';
    const german = await readSeries(path, 'price');
    expect(german.totals).toMatchObject({
      rowCount: 19_056,
      sampleCount: 19_056,
      absentCount: 0,
      secondPasses: 2,
      missingCount: 0,
      thousandsMarks: 0,
    });
    const odd = [...german.localDays].filter(([, hours]) => hours !== 24);
    expect(odd).toEqual([
      ['2023-03-26', 23],
      ['2023-10-29', 25],
      ['2024-03-31', 23],
      ['2024-10-27', 25],
    ]);
    expect(Math.min(...german.series.values)).toBe(-500);
    expect(german.series.values.filter((value) => value < 0).length / 19_056).toBeCloseTo(0.041, 3);
    const column = (name: string) =>
      readSeries(path, 'price', { columns: { value: `${name} [€/MWh] Original resolutions` } });
    expect((await column('DE/AT/LU')).totals.missingCount).toBe(19_056);
    expect((await column('Northern Italy')).totals.missingCount).toBe(1512);
    const slovenia = await column('Slovenia');
    expect(slovenia.totals.thousandsMarks).toBe(1);
    expect(
      slovenia.series.values[(Date.parse('2024-08-29T19:00+02:00') - slovenia.series.startUtcMs) / 3_600_000],
    ).toBe(1022.27);
  });
  it('15-minute prices: 187 left out, recognised as a curve of changes', async () => {
    const path = 'price/de_lu_price_15min_MIXED_AUCTIONS_2024-06_2025-05.csv.gz';
    const { totals, series } = await readSeries(path, 'price');
    expect(totals).toMatchObject({ rowCount: 34_853, absentCount: 187 });
    expect((await preview(path, 'price')).notes.some((note) => note.includes('fill forward'))).toBe(true);
    expect(flagged(series).reduce((sum, { count }) => sum + count, 0)).toBe(187);
    expect([
      Math.min(...series.values.filter((value) => value < 0)),
      Math.max(...series.values.filter((value) => value > 0)),
    ]).toEqual([-499.99, 1398.02]);
  });
});

describe.skipIf(!existsSync(folder))('charging sessions (../shared/data)', () => {
  it('Boulder: UTC although a local label stands beside it; arrivals peak by day', async () => {
    const { sessions, totals, doubts } = await readStays('ev/boulder_public_2018_2019.csv.gz', 'America/Denver');
    expect(doubts).toEqual(['zone']);
    expect(totals).toMatchObject({ rowCount: 17_664, stations: 22 });
    expect(totals.defects).toMatchObject({
      'no-energy': 1413,
      'zero-stay': 147,
      'long-stay': 7,
      duplicate: 13,
      'stay-contradicted': 1,
    });
    const stays = sessions.map(({ arrivalUtcMs, departureUtcMs }) => (departureUtcMs - arrivalUtcMs) / 3_600_000);
    expect(stays.filter((hours) => hours > 24)).toHaveLength(307);
    const denver = zoneOf('America/Denver');
    const byHour = new Array<number>(24).fill(0);
    for (const { arrivalUtcMs } of sessions) byHour[Math.floor(denver.toLocal(arrivalUtcMs) / 3_600_000) % 24]!++;
    const busiest = byHour
      .map((count, hour) => ({ count, hour }))
      .sort((a, b) => b.count - a.count)
      .slice(0, 10)
      .map(({ hour }) => hour);
    expect(Math.min(...busiest)).toBeGreaterThanOrEqual(8);
    expect(Math.max(...busiest)).toBeLessThanOrEqual(18);
  });
  it.each([
    ['ev/dundee_public_2017-09_2017-12.csv.gz', 15_502, 92, 82, 2, '2017-09-01', '2017-12-01'],
    ['ev/dundee_public_2018-02_2018-03.csv.gz', 1250, 9, 10, 2, '2018-02-22', '2018-03-02'],
    ['ev/dundee_public_2018-03_2018-06.csv.gz', 16_773, 93, 114, 12, '2018-03-05', '2018-06-05'],
    ['ev/perth_kinross_public_2016-09_2017-08.csv.gz', 13_676, 365, 37, undefined, '2016-09-01', '2017-08-31'],
  ] as const)(
    '%s: day and month changed back, %i rows on %i full days',
    async (path, rows, days, noEnd, negative, first, last) => {
      const { sessions, totals, doubts, mapping } = await readStays(path, 'Europe/London');
      expect([doubts, mapping.dateOrder]).toEqual([['dateOrder', 'zone'], 'day-month-swapped']);
      expect(totals.rowCount).toBe(rows);
      const london = zoneOf('Europe/London');
      const found = new Set(sessions.map(({ arrivalUtcMs }) => london.dateOf(arrivalUtcMs)));
      expect([found.size, [...found].sort()[0], [...found].sort().at(-1)]).toEqual([days, first, last]);
      expect(totals.defects['no-end']).toBe(noEnd);
      expect(totals.defects['negative-energy']).toBe(negative);
      // Three of the four stays that the wall clock of autumn 2017 makes negative end in the second pass of the repeated hour.
      expect(totals.defects['negative-stay'] ?? 0).toBeLessThanOrEqual(1);
    },
  );
  it('counts zero stays and zero energies as they were counted elsewhere', async () => {
    const dundee = await readStays('ev/dundee_public_2017-09_2017-12.csv.gz', 'Europe/London');
    const perth = await readStays('ev/perth_kinross_public_2016-09_2017-08.csv.gz', 'Europe/London');
    const zeroKwh = (sessions: Session[]) => sessions.filter(({ energyKwh }) => energyKwh === 0).length;
    expect([zeroKwh(dundee.sessions), zeroKwh(perth.sessions)]).toEqual([807, 468]);
    expect(perth.totals.defects['zero-stay']).toBe(344);
    expect(
      Math.max(
        ...dundee.sessions
          .map(({ arrivalUtcMs, departureUtcMs }) => departureUtcMs - arrivalUtcMs)
          .filter(Number.isFinite),
      ) / 3_600_000,
    ).toBeLessThanOrEqual(1074.9);
  });
  it('Norway: decimal commas, 30 without an end, the three rows of 22 June 2019', async () => {
    const { sessions, totals, mapping } = await readStays('ev/norway_apartments_2018_2020.csv', 'Europe/Oslo');
    expect(mapping).toMatchObject({ decimalMark: ',', dateOrder: 'dmy' });
    expect(totals).toMatchObject({ rowCount: 5377, stations: 20 });
    expect(totals.defects['no-end']).toBe(30);
    const oslo = zoneOf('Europe/Oslo');
    const contradicted = sessions.filter(({ defects }) => defects.includes('stay-contradicted'));
    expect(contradicted.map(({ arrivalUtcMs }) => oslo.dateOf(arrivalUtcMs))).toEqual([
      '2019-06-22',
      '2019-06-22',
      '2019-06-22',
    ]);
  });
  it('EPFL: sizes and states of charge; 11 sizes and the placeholder are dropped', async () => {
    const { sessions, totals } = await readStays('ev/epfl_dc_fast_station_2022_2023.csv', 'Europe/Zurich');
    expect(totals).toMatchObject({ rowCount: 1878, stations: 2, wrongCapacities: 11 });
    const sizes = sessions
      .map(({ capacityKwh }) => capacityKwh)
      .filter((size) => !Number.isNaN(size))
      .sort((a, b) => a - b);
    expect(sizes[sizes.length >> 1]).toBeCloseTo(72.8, 0);
    expect(
      sessions
        .filter(({ defects }) => defects.includes('implausible-energy'))
        .map(({ energyKwh }) => Math.round(energyKwh * 10) / 10),
    ).toContain(268.9);
    const mean = (pick: (session: Session) => number) =>
      sessions.reduce((sum, session) => sum + pick(session), 0) / sessions.length;
    expect(mean(({ arrivalSocShare }) => arrivalSocShare)).toBeCloseTo(0.337, 2);
    expect(mean(({ departureSocShare }) => departureSocShare)).toBeCloseTo(0.791, 2);
  });
  it('US workplace: centuries given back', async () => {
    const { totals, doubts } = await readStays('ev/us_workplace_2014_2015.csv', 'America/New_York');
    expect(doubts).toEqual(['dateOrder', 'zone']);
    expect(totals).toMatchObject({ rowCount: 3395, stations: 105, lostCenturies: 6790, stayOverDay: 1 });
    expect(new Date(totals.fromUtcMs).toISOString().slice(0, 10)).toBe('2014-11-18');
    expect(new Date(totals.toUtcMs).toISOString().slice(0, 7)).toBe('2015-10');
  });
  it('ACN: the filtered CSV and the raw JSON', async () => {
    const caltech = await readStays('ev/acn_caltech_2018_2021.csv.gz', 'America/Los_Angeles');
    expect(caltech.totals).toMatchObject({ rowCount: 27_558, usableCount: 27_558, stations: 1 });
    const office = await readStays('ev/acn_office1_2019_2021.json', 'America/Los_Angeles');
    expect(office.totals).toMatchObject({ rowCount: 1481, stations: 8 });
    const zone = zoneOf('America/Los_Angeles');
    const hours = office.sessions.map(({ arrivalUtcMs }) => (zone.toLocal(arrivalUtcMs) / 3_600_000) % 24);
    expect(hours.reduce((sum, hour) => sum + hour, 0) / hours.length).toBeCloseTo(10.9, 0);
  });
});
