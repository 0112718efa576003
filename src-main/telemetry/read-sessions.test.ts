import { describe, expect, it } from 'vitest';
import { memorySource } from './fixtures/memory-source.ts';
import * as tables from './fixtures/tables.ts';
import type { ImportMapping } from './mapping.ts';
import { previewImport } from './preview-import.ts';
import { readSessions } from './read-sessions.ts';
import { findSessionDefects } from './session-defects.ts';
import type { Session } from './types.ts';

const source = (text: string, name: string) => memorySource(name, new TextEncoder().encode(text), TextDecoder);
async function read(text: string, siteZone: string, over: Partial<ImportMapping> = {}, name = 'sessions.csv') {
  const { mapping } = await previewImport(source(text, name), 'sessions', { siteZone });
  const sessions: Session[] = [];
  const totals = await readSessions(
    source(text, name),
    { ...mapping, ...over },
    { onBatch: (items) => sessions.push(...items) },
  );
  return { sessions, totals, mapping };
}
const at = (utcMs: number) => new Date(utcMs).toISOString().slice(0, 16);
const defects = (sessions: Session[]) => sessions.map((session) => session.defects.join(' '));

describe('readSessions', () => {
  it('reads UTC beside a local label as UTC and finds each defect', async () => {
    const { sessions, totals } = await read(tables.utcBesideLabel, 'America/Denver');
    expect(at(sessions[0]!.arrivalUtcMs)).toBe('2018-01-12T15:54');
    expect(defects(sessions)).toEqual([
      '',
      'duplicate',
      '',
      'zero-stay no-energy',
      'stay-contradicted',
      'long-stay',
      '',
    ]);
    expect(totals).toMatchObject({ rowCount: 7, usableCount: 3, stayOverDay: 1, stations: 2 });
    expect(sessions[6]).toMatchObject({ id: '7', station: 'TOWN / POOL ST1', energyKwh: 20.5, powerKw: NaN, row: 8 });
  });
  it('reads decimal commas, dotted dates and a plug still in; an autumn night has 13 hours', async () => {
    const { sessions, totals } = await read(tables.commaSessions, 'Europe/Oslo');
    expect(sessions[1]).toMatchObject({ id: '2', station: 'Ab1', energyKwh: 29.87, defects: [] });
    expect(at(sessions[0]!.arrivalUtcMs)).toBe('2018-12-21T09:20');
    expect(sessions[2]).toMatchObject({ departureUtcMs: NaN, defects: ['no-end'] });
    expect(defects(sessions)).toEqual(['', '', 'no-end', 'stay-contradicted', '']);
    expect((sessions[4]!.departureUtcMs - sessions[4]!.arrivalUtcMs) / 3_600_000).toBe(13);
    expect(totals.stations).toBe(2);
  });
  it('reads Wh, W and shares; drops battery sizes no car has; accepts disorder', async () => {
    const { sessions, totals } = await read(tables.fastCharger, 'Europe/Zurich');
    expect(sessions[0]).toMatchObject({
      id: '78',
      station: 'CCS1',
      energyKwh: 9.632,
      powerKw: 48.393,
      capacityKwh: 91.504,
      arrivalSocShare: 0.265,
      departureSocShare: 0.365,
    });
    expect(sessions.map(({ capacityKwh }) => capacityKwh)).toEqual([91.504, NaN, NaN, 72.3105, 72.3105]);
    expect(defects(sessions)).toEqual(['', '', '', 'implausible-energy', 'implausible-power']);
    expect(totals).toMatchObject({ wrongCapacities: 2, usableCount: 3 });
  });
  it('gives years their century back', async () => {
    const { sessions, totals } = await read(tables.lostCentury, 'America/New_York');
    expect(at(sessions[0]!.arrivalUtcMs)).toBe('2014-11-18T20:40');
    expect(defects(sessions)).toEqual(['', 'no-energy', '']);
    expect(totals).toMatchObject({ lostCenturies: 6, stayOverDay: 1, stations: 3 });
  });
  it('names the station after the file where no column does', async () => {
    const { sessions } = await read(tables.withoutStation, 'America/Los_Angeles', {}, 'campus.csv.gz');
    expect(sessions.map(({ station, id }) => [station, id])).toEqual([
      ['campus', '2'],
      ['campus', '3'],
    ]);
  });
  it('reads JSON items whose times are GMT', async () => {
    const { sessions } = await read(tables.jsonSessions, 'America/Los_Angeles', {}, 'office.json');
    expect(sessions).toHaveLength(2);
    expect(sessions[0]).toMatchObject({ id: '19_{102}_"a"', station: '19-102', energyKwh: 6.146, defects: [] });
    expect(at(sessions[0]!.arrivalUtcMs)).toBe('2019-03-25T16:24');
  });
  it('changes day and month back when told to', async () => {
    const { sessions, totals, mapping } = await read(tables.swappedSessions(), 'Europe/London');
    expect(mapping.dateOrder).toBe('day-month-swapped');
    expect(totals.defects).toEqual({ 'no-end': 5, 'no-energy': 5, 'negative-energy': 1 });
    expect(at(totals.fromUtcMs)).toBe('2017-09-05T06:12');
    const plain = await read(tables.swappedSessions(), 'Europe/London', { dateOrder: 'ymd' });
    expect(plain.totals.defects['negative-stay']).toBeGreaterThan(0);
    expect(sessions[3]!.id).toBe('904');
  });
  it('takes a departure in the repeated hour for the pass that follows the arrival', async () => {
    const text =
      'id,station,start,end,kwh\n1,A,2017-10-29 01:50,2017-10-29 01:10,3\n2,A,2017-10-29 00:30,2017-10-29 01:40,3\n';
    const { sessions } = await read(text, 'Europe/London');
    expect(sessions.map(({ arrivalUtcMs, departureUtcMs }) => (departureUtcMs - arrivalUtcMs) / 60_000)).toEqual([
      20, 70,
    ]);
    expect(defects(sessions)).toEqual(['', '']);
  });
  it('leaves out rows without an arrival and stops at what is no time or number', async () => {
    const head =
      'id,station,start,end,kwh\n1,A,2018-01-02 00:50,2018-01-02 01:10,3\n1,B,2018-01-02 00:50,2018-01-02 01:10,3\n';
    expect((await read(`${head}2,A,,2018-01-02 01:10,3\n`, 'UTC')).totals).toMatchObject({
      noArrival: 1,
      sessionCount: 2,
    });
    await expect(read(`${head}2,A,soon,2018-01-02 01:10,3\n`, 'UTC')).rejects.toThrow(
      /row 4, column "start": not a time \(found "soon"\)/,
    );
    await expect(read(`${head}2,A,2018-01-02 00:50,2018-01-02 01:10,3 kWh\n`, 'UTC')).rejects.toThrow(
      /row 4, column "kwh"/,
    );
  });
});

describe('findSessionDefects', () => {
  const session = (hours: number, energyKwh: number, powerKw = NaN): Session => ({
    id: '1',
    station: 'A',
    arrivalUtcMs: 0,
    departureUtcMs: hours * 3_600_000,
    energyKwh,
    powerKw,
    capacityKwh: NaN,
    arrivalSocShare: NaN,
    departureSocShare: NaN,
    defects: [],
    row: 2,
  });
  it('draws its lines where it says', () => {
    expect(findSessionDefects(session(168, 5), NaN)).toEqual([]);
    expect(findSessionDefects(session(168.1, 5), NaN)).toEqual(['long-stay']);
    expect(findSessionDefects(session(-1, -5), NaN)).toEqual(['negative-stay', 'negative-energy']);
    expect(findSessionDefects(session(2, 5), 3.2)).toEqual([]);
    expect(findSessionDefects(session(2, 5), 3.3)).toEqual(['stay-contradicted']);
    expect(findSessionDefects(session(1, 22, 22), NaN)).toEqual([]);
    expect(findSessionDefects(session(1, 30, 22), NaN)).toEqual(['implausible-power']);
    expect(findSessionDefects(session(0.25, 120), NaN)).toEqual(['implausible-power']);
    expect(findSessionDefects(session(NaN, NaN), NaN)).toEqual(['no-end', 'no-energy']);
  });
});
