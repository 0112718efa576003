import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CancelSource, neverCancelled } from '../../base/cancel.ts';
import { scratchStore } from '../../store/fixtures/scratch.ts';
import { memorySource } from '../../telemetry/fixtures/memory-source.ts';
import * as tables from '../../telemetry/fixtures/tables.ts';
import type { ImportMapping } from '../../telemetry/mapping.ts';
import { flagBits } from '../../telemetry/types.ts';
import { checkQuality } from './check-quality.ts';
import { importFile, previewFile, type ImportJob } from './import-telemetry.ts';
import type { ByteSource } from '../ports.ts';
import type { Site } from '../site.ts';

const site = JSON.parse(readFileSync(new URL('../../../db/demo/site.json', import.meta.url), 'utf8')) as Site;
const clock = { nowMs: () => 0, nextTurn: () => Promise.resolve() };

function desk() {
  const { store } = scratchStore();
  store.saveSite(site, 'test');
  return { store, clock };
}
function file(name: string, text: string, pieceLength = 4096): ByteSource {
  const source = memorySource(name, new TextEncoder().encode(text), TextDecoder, pieceLength);
  return { ...source, hash: () => Promise.resolve(createHash('sha256').update(text).digest('hex')) };
}
function watched(signal: ImportJob['signal'] = neverCancelled) {
  const seen: (number | string)[] = [];
  const job: ImportJob = {
    signal,
    enterPhase: (phase) => seen.push(phase),
    report: (_share, detail) => seen.push(detail),
  };
  return { job, seen };
}
const quiet = () => watched().job;

/** Hourly values with offsets, from the middle of a month; the cell of one hour may be given. */
function hourly(column: string, hours: number, cells: Record<number, string> = {}): string {
  const rows = Array.from({ length: hours }, (_, i) => {
    const value = cells[i] ?? (10_000 + 3000 * Math.sin(i / 9) + 40 * ((i * 7) % 5)).toFixed(1);
    return `${new Date(Date.UTC(2024, 5, 14, i)).toISOString().slice(0, 19)}+00:00,${value}`;
  });
  return `timestamp,${column}\n${rows.join('\n')}\n`;
}

describe('importFile', () => {
  it('guesses, stores, checks and says what it saw', async () => {
    const { store } = desk();
    const { job, seen } = watched();
    const result = await importFile({ store, clock }, file('load.csv', tables.smardAutumn), 'load-actual', null, job);
    expect(result).toMatchObject({
      kind: 'load-actual',
      fileName: 'load.csv',
      rowCount: 100,
      storedCount: 100,
      findings: 1,
    });
    expect(result.notes).toContain('25-hour day 2022-10-30');
    expect(seen).toEqual([0, expect.stringMatching(/^100 rows, /), 1, expect.stringMatching(/^looking for/)]);
    const [series] = store.listSeries();
    expect(series).toMatchObject({
      kind: 'load-actual',
      name: 'Gesamt (Netzlast)',
      unit: 'MW',
      zone: 'Europe/Berlin',
      stepMinutes: 15,
      valueCount: 100,
    });
    const read = store.readSeries(series!.id, series!.fromUtcMs, series!.toUtcMs);
    expect([read.values[0], read.values[12]]).toEqual([4 * 10100.25, 4 * 10112.25]);
    expect(store.listFlags({ offset: 0, limit: 9 }).ranges).toMatchObject([{ kind: 'clockChange', count: 8 }]);
    expect(store.listBatches()[0]!.mapping).toMatchObject({ dateOrder: 'dmy', unit: 'MWh-per-interval' });
  });
  it('refuses an uncertain reading and hands the preview back; a confirmed mapping is taken', async () => {
    const { store } = desk();
    const sessions = () => file('plugs.csv', tables.commaSessions);
    const refused = importFile({ store, clock }, sessions(), 'sessions', null, quiet());
    await expect(refused).rejects.toMatchObject({
      code: 'import-mapping-uncertain',
      report: { details: { preview: { certain: false } } },
    });
    expect(store.listBatches()).toEqual([]);
    const { mapping } = await previewFile(sessions(), 'sessions', 'Europe/Oslo', null);
    const result = await importFile({ store, clock }, sessions(), 'sessions', mapping, quiet());
    expect(result).toMatchObject({ rowCount: 5, storedCount: 5, flaggedCount: 2, findings: 0 });
    expect(store.sessionStations().map(({ station, count, usable }) => [station, count, usable])).toEqual([
      ['Ab1', 2, 2],
      ['Cd2', 3, 1],
    ]);
    expect(result.notes.at(-1)).toBe(
      '2 stations belong to no aggregator ("Ab1", "Cd2"); name them in the site definition',
    );
    const stay = store.readSessions(-8.64e15, 8.64e15).find(({ id }) => id === '2')!;
    expect(new Date(stay.departureUtcMs).toISOString()).toBe('2018-12-22T06:46:00.000Z');
  });
  it('refuses a known file, but takes another column of it and a corrected mapping', async () => {
    const { store } = desk();
    const prices = () => file('prices.csv', tables.englishPrices);
    const { mapping } = await previewFile(prices(), 'price', 'Europe/Berlin', null);
    const first = await importFile({ store, clock }, prices(), 'price', mapping, quiet());
    await expect(importFile({ store, clock }, prices(), 'price', { ...mapping }, quiet())).rejects.toMatchObject({
      code: 'import-known-file',
      report: { details: { batch: first.id } },
    });
    const slovenia: ImportMapping = {
      ...mapping,
      seriesName: 'Slovenia',
      columns: { ...mapping.columns, value: 'Slovenia [€/MWh] Original resolutions' },
    };
    await importFile({ store, clock }, prices(), 'price', slovenia, quiet());
    expect(
      store
        .listSeries()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Germany/Luxembourg', 'Slovenia']);
    const plugs = () => file('plugs.csv', tables.commaSessions);
    const read = await previewFile(plugs(), 'sessions', 'Europe/Oslo', null);
    await importFile({ store, clock }, plugs(), 'sessions', read.mapping, quiet());
    await expect(
      importFile({ store, clock }, plugs(), 'sessions', { ...read.mapping, zone: 'UTC' }, quiet()),
    ).rejects.toMatchObject({ code: 'import-known-file' });
  });
  it('leaves no trace of a file with a bad row, and can go on afterwards', async () => {
    const { store } = desk();
    const good = file('good.csv', hourly('load_mw', 12_000));
    const { mapping } = await previewFile(good, 'load-actual', 'Europe/Berlin', null);
    const bad = importFile(
      { store, clock },
      file('bad.csv', hourly('load_mw', 12_000, { 11_990: 'oops' })),
      'load-actual',
      mapping,
      quiet(),
    );
    await expect(bad).rejects.toMatchObject({
      code: 'import-bad-row',
      report: { details: { row: 11_992, value: 'oops' } },
    });
    expect([store.listSeries(), store.listBatches()]).toEqual([[], []]);
    await importFile({ store, clock }, good, 'load-actual', mapping, quiet());
    expect(store.listSeries()[0]!.valueCount).toBe(12_000);
  });
  it('leaves no trace when cancelled on the way', async () => {
    const { store } = desk();
    const source = file('load.csv', hourly('load_mw', 12_000));
    const { mapping } = await previewFile(source, 'load-actual', 'Europe/Berlin', null);
    const cancel = new CancelSource();
    const { job } = watched(cancel);
    const cancelling: ImportJob = { ...job, report: () => cancel.cancel() };
    await expect(importFile({ store, clock }, source, 'load-actual', mapping, cancelling)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect([store.listSeries(), store.listBatches()]).toEqual([[], []]);
  });
  it('refuses a mapping that is none, and a database without a site', async () => {
    const { store } = desk();
    const source = file('load.csv', tables.isoForecast);
    await expect(importFile({ store, clock }, source, 'load-forecast', { encoding: 'utf-8' }, quiet())).rejects.toThrow(
      /delimiter is missing/,
    );
    await expect(previewFile(source, 'load-forecast', 'UTC', { delimiter: 5 })).rejects.toThrow(/encoding is missing/);
    await expect(
      importFile({ store: scratchStore().store, clock }, source, 'load-forecast', null, quiet()),
    ).rejects.toMatchObject({ code: 'no-site' });
  });
});

describe('checkQuality', () => {
  const lost = { 300: '900.5' };
  const importAs = async (tools: ReturnType<typeof desk>, kind: 'wind-actual' | 'wind-forecast', text: string) =>
    importFile(tools, file(`${kind}.csv`, text), kind, null, quiet());
  const kinds = ({ store }: ReturnType<typeof desk>, seriesId: number) =>
    store.listFlags({ seriesId, offset: 0, limit: 99 }).ranges.map(({ kind }) => kind);

  it('flags a lost component, and believes it once the partner series shows it too', async () => {
    const tools = desk();
    await importAs(tools, 'wind-forecast', hourly('wind_forecast_mw', 600, lost));
    const forecast = tools.store.listSeries()[0]!;
    const [range] = tools.store.listFlags({ seriesId: forecast.id, offset: 0, limit: 9 }).ranges;
    expect(range).toMatchObject({
      kind: 'impossible',
      count: 1,
      fromUtcMs: Date.UTC(2024, 5, 14, 300),
      detail: expect.stringMatching(/^900 MW between|^901 MW between/) as string,
    });
    expect(tools.store.readSeries(forecast.id, range!.fromUtcMs, range!.toUtcMs).flags[0]).toBe(flagBits.impossible);
    await importFile(tools, file('load.csv', hourly('load_mw', 600, { 300: '950.5' })), 'load-actual', null, quiet());
    expect(kinds(tools, forecast.id)).toEqual(['impossible']);
    checkQuality(tools.store, forecast.id, 'Europe/Berlin');
    expect(kinds(tools, forecast.id)).toEqual(['impossible']);
    await importAs(tools, 'wind-actual', hourly('wind_mw', 600, { 300: '950.5' }));
    expect(kinds(tools, forecast.id)).toEqual([]);
  });
  it('keeps the verdict of the operator when it looks again', async () => {
    const tools = desk();
    await importAs(tools, 'wind-forecast', hourly('wind_forecast_mw', 600, lost));
    const { store } = tools;
    const id = store.listSeries()[0]!.id;
    store.overrideFlag(
      store.listFlags({ seriesId: id, offset: 0, limit: 1 }).ranges[0]!.id,
      'good',
      'storm cut-off',
      'test',
    );
    checkQuality(store, id, 'Europe/Berlin');
    const { ranges } = store.listFlags({ seriesId: id, offset: 0, limit: 9 });
    expect(ranges).toMatchObject([{ kind: 'impossible', override: { verdict: 'good' } }]);
    expect(store.readSeries(id, ranges[0]!.fromUtcMs, ranges[0]!.toUtcMs).flags[0]).toBe(
      flagBits.impossible | flagBits.operatorGood,
    );
    expect(() => checkQuality(store, 99, 'UTC')).toThrow(/no series "99"/);
  });
});
