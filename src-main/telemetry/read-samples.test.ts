import { describe, expect, it } from 'vitest';
import { CancelSource } from '../base/cancel.ts';
import { memorySource } from './fixtures/memory-source.ts';
import * as tables from './fixtures/tables.ts';
import type { ImportMapping } from './mapping.ts';
import { previewImport } from './preview-import.ts';
import { readSamples } from './read-samples.ts';
import { flagBits, type Sample, type SeriesKind } from './types.ts';

const source = (text: string, name = 'x.csv') => memorySource(name, new TextEncoder().encode(text), TextDecoder);
const plain: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  decimalMark: '.',
  headerRow: 0,
  zone: 'UTC',
  dateOrder: 'ymd',
  columns: { time: 'time', value: 'load' },
  unit: 'MW',
  stepMinutes: 15,
  subtractColumn: '',
  seriesName: 'load',
  source: '',
};
async function read(text: string, mapping: Partial<ImportMapping> = {}, kind: SeriesKind = 'load-actual') {
  const samples: Sample[] = [];
  const totals = await readSamples(
    source(text),
    kind,
    { ...plain, ...mapping },
    { onBatch: (items) => samples.push(...items) },
  );
  return { samples, totals };
}
const guessed = async (text: string, kind: SeriesKind = 'load-actual', siteZone = 'Europe/Berlin') => {
  const { mapping } = await previewImport(source(text), kind, { siteZone });
  return read(text, mapping, kind);
};
const times = (samples: Sample[]) => samples.map(({ utcMs }) => new Date(utcMs).toISOString().slice(0, 16));

describe('readSamples', () => {
  it('lays a local day of 100 quarter hours on a gapless grid, MWh per quarter hour as MW', async () => {
    const { samples, totals } = await guessed(tables.smardAutumn);
    expect(totals).toMatchObject({
      rowCount: 100,
      sampleCount: 100,
      absentCount: 0,
      secondPasses: 4,
      exactDuplicates: 0,
      thousandsMarks: 100,
    });
    expect(samples[0]).toEqual({ utcMs: Date.parse('2022-10-29T22:00Z'), value: 4 * 10100.25, flags: 0 });
    expect(samples.every(({ utcMs }, i) => utcMs === samples[0]!.utcMs + i * 900_000)).toBe(true);
    // The first 02:00 is the ninth row, the second the thirteenth.
    expect(samples[8]!.value).toBe(4 * 10108.25);
    expect(samples[12]).toMatchObject({ utcMs: Date.parse('2022-10-30T01:00Z'), value: 4 * 10112.25 });
  });
  it('lays a local day of 92 quarter hours on a gapless grid', async () => {
    const { samples, totals } = await guessed(tables.smardSpring);
    expect(totals).toMatchObject({ rowCount: 92, absentCount: 0, springBlanks: 0 });
    expect(times(samples).slice(7, 9)).toEqual(['2022-03-27T00:45', '2022-03-27T01:00']);
  });
  it('keeps a day of missing tokens as rows without a number', async () => {
    const { samples, totals } = await guessed(tables.smardMissingDay);
    expect(totals).toMatchObject({ rowCount: 188, missingCount: 96 });
    expect(samples.slice(92).every(({ value, flags }) => Number.isNaN(value) && flags === flagBits.gap)).toBe(true);
  });
  it('takes one column from another', async () => {
    const header = 'Gesamt (Netzlast) [MWh] Originalauflösungen';
    const { mapping } = await previewImport(source(tables.smardSpring), 'load-actual', { siteZone: 'Europe/Berlin' });
    const { samples } = await read(
      tables.smardSpring,
      {
        ...mapping,
        columns: { ...mapping.columns, value: header },
        subtractColumn: 'Residuallast [MWh] Originalauflösungen',
      },
      'wind-actual',
    );
    expect(samples[0]!.value).toBe(4 * (10100.25 - 8999.5));
  });
  it('tells the repeated hour of English prices apart and reads a grouped thousand', async () => {
    const { samples } = await guessed(tables.englishPrices, 'price');
    expect(times(samples)).toEqual([
      '2023-10-28T22:00',
      '2023-10-28T23:00',
      '2023-10-29T00:00',
      '2023-10-29T01:00',
      '2023-10-29T02:00',
      '2023-10-29T11:00',
      '2023-10-29T22:00',
    ]);
    expect(samples[1]!.value).toBe(-500);
    const { mapping } = await previewImport(source(tables.englishPrices), 'price', { siteZone: 'Europe/Berlin' });
    const slovenia = { ...mapping, columns: { ...mapping.columns, value: 'Slovenia [€/MWh] Original resolutions' } };
    expect((await read(tables.englishPrices, slovenia, 'price')).samples[2]!.value).toBe(1022.27);
    const never = { ...mapping, columns: { ...mapping.columns, value: 'DE/AT/LU [€/MWh] Original resolutions' } };
    expect((await read(tables.englishPrices, never, 'price')).totals.missingCount).toBe(7);
  });
  it('keeps a blank value between offsets in the text', async () => {
    const { samples, totals } = await guessed(tables.isoForecast, 'load-forecast');
    expect(totals).toMatchObject({ sampleCount: 6, missingCount: 1, absentCount: 0 });
    expect(samples[1]).toEqual({ utcMs: Date.parse('2024-10-26T22:00Z'), value: NaN, flags: flagBits.gap });
  });
  it('reads interval numbers as elapsed time of the day', async () => {
    const { samples } = await guessed(tables.periodWind, 'wind-actual');
    expect(times(samples).slice(23, 25)).toEqual(['2020-03-27T23:00', '2020-03-28T00:00']);
    const hourly = 'date,hour,load\n2022-03-27,0,1\n2022-03-27,1,2\n2022-03-27,2,3\n';
    const local = await read(hourly, {
      zone: 'Europe/Berlin',
      stepMinutes: 60,
      columns: { date: 'date', hour: 'hour', value: 'load' },
    });
    expect(times(local.samples)).toEqual(['2022-03-26T23:00', '2022-03-27T00:00', '2022-03-27T01:00']);
  });
  it('drops repeated rows, keeps the first value and says which contradicted it', async () => {
    const text =
      'time,load\n2024-01-01 00:00,5\n2024-01-01 00:15,6\n2024-01-01 00:15,6\n2024-01-01 00:30,7\n2024-01-01 00:30,9\n2024-01-01 00:30,7\n2024-01-01 00:45,-\n2024-01-01 00:45,8\n';
    const { samples, totals } = await read(text);
    expect(totals).toMatchObject({ rowCount: 8, sampleCount: 4, exactDuplicates: 3, conflictingDuplicates: 1 });
    const last = new Map(samples.map((sample) => [sample.utcMs, sample]));
    expect([...last.values()].map(({ value, flags }) => [value, flags])).toEqual([
      [5, 0],
      [6, flagBits.duplicate],
      [7, flagBits.duplicate | flagBits.impossible],
      [8, flagBits.duplicate],
    ]);
  });
  it('accepts a file out of order and one that runs backwards', async () => {
    const { totals } = await read('time,load\n2024-01-01 00:30,7\n2024-01-01 00:00,5\n2024-01-01 00:15,6\n');
    expect(totals).toMatchObject({ sampleCount: 3, absentCount: 0, backwardSteps: 1, exactDuplicates: 0 });
  });
  it('stops at a bad row with its number, column and text', async () => {
    const bad = read('time,load\n2024-01-01 00:00,5\n\n2024-01-01 00:15,5 MW\n');
    await expect(bad).rejects.toMatchObject({
      code: 'import-bad-row',
      report: { details: { file: 'x.csv', row: 4, column: 'load', value: '5 MW' } },
    });
    await expect(read('time,load\n2024-01-01 00:00,5\nyesterday,5\n')).rejects.toThrow(
      /row 3, column "time": not a time/,
    );
    await expect(read('time,load\n2024-01-01 00:00,5\n2024-01-01 00:07,5\n')).rejects.toThrow(/own grid of 15 minutes/);
    await expect(read('time,load\n2024-01-01 00:00\n')).rejects.toThrow(/row ends after 1 of 2 cells/);
    await expect(read('time,load\n2024-01-01 00:00,5,25\n')).rejects.toThrow(/3 cells where the header has 2/);
    await expect(read('time,load\n2024-01-01 00:00,5\n', { zone: 'in-text' })).rejects.toThrow(/no offset/);
    await expect(read('time,load\n2022-03-27 02:15,5\n', { zone: 'Europe/Berlin' })).rejects.toThrow(
      /does not exist in Europe\/Berlin/,
    );
    await expect(read('time,load\n')).rejects.toMatchObject({ code: 'import-bad-file' });
    await expect(read('when,load\n2024-01-01,5\n')).rejects.toMatchObject({ code: 'import-column-missing' });
    await expect(read('time,load\n2024-01-01,5\n', { unit: 'EUR/MWh' })).rejects.toMatchObject({ code: 'bad-request' });
  });
  it('lets a blank row stand in the hour that spring leaves out', async () => {
    const { totals } = await read('time,load\n2022-03-27 01:45,5\n2022-03-27 02:00,\n2022-03-27 03:00,6\n', {
      zone: 'Europe/Berlin',
    });
    expect(totals).toMatchObject({ springBlanks: 1, sampleCount: 2, absentCount: 0 });
  });
  it('stops when cancelled and reports progress on the way', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${new Date(i * 900_000).toISOString()},${i}`).join('\n');
    const cancel = new CancelSource();
    const shares: number[] = [];
    const reading = readSamples(
      source(`time,load\n${rows}`),
      'load-actual',
      { ...plain, zone: 'in-text' },
      {
        signal: cancel,
        onProgress: ({ share }) => {
          shares.push(share);
          if (shares.length === 3) cancel.cancel();
        },
      },
    );
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(shares[2]).toBeGreaterThan(shares[0]!);
    expect(shares[2]).toBeLessThan(0.6);
  });
});
