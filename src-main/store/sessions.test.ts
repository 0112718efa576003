import { describe, expect, it } from 'vitest';
import type { Store } from '../planning/ports.ts';
import type { Session } from '../telemetry/types.ts';
import { importFile, session, sessionFile, startMs } from './fixtures/samples.ts';
import { scratchStore } from './fixtures/scratch.ts';

const hourMs = 3_600_000;
const importSessions = (store: Store, sessions: Session[], fileHash = 'a') =>
  importFile(store, sessionFile({ fileHash }), (writer) => writer.addSessions(sessions));
const ids = (store: Store, fromHour: number, toHour: number) =>
  store.readSessions(startMs + fromHour * hourMs, startMs + toHour * hourMs).map(({ id }) => id);

describe('sessions', () => {
  it('are found by the hours they were connected', () => {
    const { store } = scratchStore();
    const stay = (id: string, from: number, to: number, row: number) =>
      session({ id, arrivalUtcMs: startMs + from * hourMs, departureUtcMs: startMs + to * hourMs, row });
    importSessions(store, [
      stay('night', -10, 2, 1),
      stay('week', -100, 68, 2),
      stay('touches', -3, 0, 3),
      stay('within', 3, 5, 4),
      stay('later', 24, 30, 5),
      stay('backwards', 4, 1, 6),
      { ...stay('no-end', 6, 7, 7), departureUtcMs: NaN },
    ]);
    expect(ids(store, 0, 24)).toEqual(['week', 'night', 'within', 'backwards', 'no-end']);
    expect(ids(store, 24, 25)).toEqual(['week', 'later']);
    expect(ids(store, -200, -150)).toEqual([]);
  });

  it('return with every number, NaN where there was none', () => {
    const { store } = scratchStore();
    const full = session({
      powerKw: 11.1,
      capacityKwh: 60,
      arrivalSocShare: 0.25,
      departureSocShare: 0.8,
      defects: ['long-stay'],
    });
    importSessions(store, [full, session({ id: 'S-2', arrivalUtcMs: startMs + 1 })]);
    expect(store.readSessions(startMs, startMs + 2)).toEqual([full, session({ id: 'S-2', arrivalUtcMs: startMs + 1 })]);
  });

  it('keep twins of one file, and give way to the same sessions of a newer file', () => {
    const { store } = scratchStore();
    const twin = session({ row: 2, defects: ['duplicate'] });
    expect(importSessions(store, [session(), twin])).toMatchObject({
      storedCount: 2,
      replacedCount: 0,
      flaggedCount: 1,
    });
    const elsewhere = session({ station: 'Depot', row: 1 });
    expect(importSessions(store, [session({ row: 5 }), elsewhere], 'b')).toMatchObject({
      storedCount: 2,
      replacedCount: 1,
    });
    expect(store.readSessions(startMs, startMs + 1).map(({ station, row }) => [station, row])).toEqual([
      ['Garage', 5],
      ['Depot', 1],
    ]);
  });

  it('without an id are the same when station and arrival are, wherever they stand in the file', () => {
    const { store } = scratchStore();
    const nameless = (row: number, hour: number, energyKwh: number) =>
      session({ id: String(row), row, arrivalUtcMs: startMs + hour * hourMs, energyKwh });
    importSessions(store, [nameless(1, 0, 10), nameless(2, 1, 11)]);
    const newer = importSessions(store, [nameless(1, 2, 12), nameless(2, 1, 11.5), nameless(3, 0, 10)], 'b');
    expect(newer).toMatchObject({ storedCount: 3, replacedCount: 2 });
    expect(store.readSessions(startMs, startMs + 24 * hourMs).map(({ energyKwh }) => energyKwh)).toEqual([
      10, 11.5, 12,
    ]);
  });

  it('are counted by station, usable ones apart', () => {
    const { store } = scratchStore();
    importSessions(store, [
      session(),
      session({ id: 'S-2', arrivalUtcMs: startMs + hourMs, departureUtcMs: NaN, defects: ['no-end'] }),
      session({
        id: 'S-3',
        station: 'Depot',
        arrivalUtcMs: startMs + 2 * hourMs,
        departureUtcMs: startMs + 3 * hourMs,
      }),
    ]);
    expect(store.sessionStations()).toEqual([
      { station: 'Depot', count: 1, usable: 1, fromUtcMs: startMs + 2 * hourMs, toUtcMs: startMs + 3 * hourMs },
      { station: 'Garage', count: 2, usable: 1, fromUtcMs: startMs, toUtcMs: startMs + 8 * hourMs },
    ]);
  });

  it('do not mix with samples in one file', () => {
    const { store } = scratchStore();
    const writer = store.beginImport(sessionFile());
    expect(() => writer.addSamples([{ utcMs: 0, value: 1, flags: 0 }])).toThrow(/no samples/);
    expect(store.listBatches()).toEqual([]);
  });
});
