/** What every store keeps of files: values on their grid, batches, series, sessions. */
import { expect, it } from 'vitest';
import {
  importFile,
  importQuarters,
  loadFile,
  quarterMs,
  quarters,
  session,
  sessionFile,
  startMs,
} from '../fixtures/samples.ts';
import type { StoreUnderTest } from './store-under-test.ts';

export function keepsTelemetry({ fresh }: StoreUnderTest): void {
  it('gives back what a file brought, on the grid, with NaN where nothing came', () => {
    const store = fresh();
    const batch = importFile(store, loadFile(), (writer) => {
      writer.addSamples([{ utcMs: startMs, value: 51.5, flags: 0 }]);
      writer.addSamples([
        { utcMs: startMs + 3 * quarterMs, value: -2.25, flags: 32 },
        { utcMs: startMs + 2 * quarterMs, value: NaN, flags: 1 },
      ]);
    });
    expect(batch).toMatchObject({ storedCount: 3, flaggedCount: 2, replacedCount: 0, fileName: 'load.csv' });
    const [series] = store.listSeries();
    expect(series).toMatchObject({
      kind: 'load-actual',
      name: 'Grid',
      unit: 'MW',
      stepMinutes: 15,
      fromUtcMs: startMs,
      toUtcMs: startMs + 4 * quarterMs,
      valueCount: 2,
      flaggedCount: 2,
    });
    const read = store.readSeries(series!.id, startMs - quarterMs, startMs + 5 * quarterMs);
    expect(read.startUtcMs).toBe(startMs - quarterMs);
    expect([...read.values]).toEqual([NaN, 51.5, NaN, NaN, -2.25, NaN]);
    expect([...read.flags]).toEqual([0, 0, 0, 1, 32, 0]);
  });

  it('shows nothing of an import before its end, and nothing at all of one rolled back', () => {
    const store = fresh();
    const writer = store.beginImport(loadFile());
    writer.addSamples(quarters([1, 2, 3]));
    expect(store.listSeries()).toEqual([]);
    expect(store.listBatches()).toEqual([]);
    writer.rollback();
    expect(store.listSeries()).toEqual([]);
    expect(store.findBatch('hash-of-load', 'load-actual')).toBeNull();
    importQuarters(store, [4]);
    expect(store.listSeries()).toHaveLength(1);
  });

  it('finds a known file again, by content and kind', () => {
    const store = fresh();
    const batch = importQuarters(store, [1, 2]);
    expect(store.findBatch('hash-of-load', 'load-actual')).toEqual(batch);
    expect(store.findBatch('hash-of-load', 'load-forecast')).toBeNull();
    expect(store.findBatch('another', 'load-actual')).toBeNull();
  });

  it('lets the newest file win, counts what it replaced and keeps every batch listed', () => {
    const store = fresh();
    importQuarters(store, [1, 2, 3, 4]);
    const second = importQuarters(store, [30, 40, 50], startMs + 2 * quarterMs, { fileHash: 'second' });
    expect(second).toMatchObject({ storedCount: 3, replacedCount: 2 });
    const [series] = store.listSeries();
    expect(series).toMatchObject({ valueCount: 5, toUtcMs: startMs + 5 * quarterMs });
    expect([...store.readSeries(series!.id, startMs, series!.toUtcMs).values]).toEqual([1, 2, 30, 40, 50]);
    expect(store.listBatches().map((batch) => batch.fileHash)).toEqual(['second', 'hash-of-load']);
  });

  it('keeps series apart by kind and name, and refuses to mix units or steps', () => {
    const store = fresh();
    importQuarters(store, [1]);
    importQuarters(store, [2], startMs, { kind: 'load-forecast' });
    expect(store.listSeries().map(({ kind }) => kind)).toEqual(['load-actual', 'load-forecast']);
    const series = loadFile().series!;
    const mixed = (change: Partial<typeof series>) => () =>
      store.beginImport(loadFile({ series: { ...series, ...change } }));
    expect(mixed({ unit: 'EUR/MWh' })).toThrow(/the unit EUR\/MWh.*kept in MW/);
    expect(mixed({ stepMinutes: 60 })).toThrow(/steps of 60 minutes.*kept in steps of 15 minutes/);
    importQuarters(store, [3], startMs + quarterMs);
    expect(store.listSeries()[0]!.valueCount).toBe(2);
  });

  it('keeps sessions with their defects, the newest file winning', () => {
    const store = fresh();
    const broken = session({
      id: 'S-2',
      departureUtcMs: NaN,
      energyKwh: NaN,
      defects: ['no-end', 'no-energy'],
      row: 2,
    });
    const first = importFile(store, sessionFile(), (writer) => writer.addSessions([session(), broken]));
    expect(first).toMatchObject({ storedCount: 2, flaggedCount: 1, replacedCount: 0 });
    const corrected = session({ energyKwh: 14, row: 8 });
    const second = importFile(store, sessionFile({ fileHash: 'b' }), (writer) => writer.addSessions([corrected]));
    expect(second).toMatchObject({ storedCount: 1, replacedCount: 1 });
    expect(store.readSessions(startMs, startMs + 1)).toEqual([broken, corrected]);
    expect(store.sessionStations()).toEqual([
      { station: 'Garage', count: 2, usable: 1, fromUtcMs: startMs, toUtcMs: corrected.departureUtcMs },
    ]);
  });
}
