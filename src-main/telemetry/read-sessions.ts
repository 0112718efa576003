/** A file of charging sessions, streamed; each session carries the reasons for which it is kept out of fleets. */
import { neverCancelled } from '../base/cancel.ts';
import { Refusal } from '../base/errors.ts';
import { badRow } from './bad-row.ts';
import type { ImportMapping } from './mapping.ts';
import type { ReadOptions } from './read-samples.ts';
import { findSessionDefects, largestBatteryKwh, notedStayHours, type SessionDefect } from './session-defects.ts';
import type { ByteSource } from './source.ts';
import { isMissing, parseNumber } from './text/cells.ts';
import { createSeenRecords } from './text/row-hash.ts';
import { columnIndex, openTable } from './text/table.ts';
import { createSessionTimes } from './time/session-times.ts';
import type { Session } from './types.ts';

export interface SessionTotals {
  rowCount: number;
  /** Sessions emitted: every row that states an arrival. */
  sessionCount: number;
  usableCount: number;
  /** Rows without an arrival; they belong to no time and are left out. */
  noArrival: number;
  /** Sessions per defect; one session may count in several. */
  defects: Partial<Record<SessionDefect, number>>;
  /** Usable sessions of more than a day: kept, worth knowing. */
  stayOverDay: number;
  /** Stated battery sizes that no car has; the size is dropped, the session kept. */
  wrongCapacities: number;
  foldTimes: number;
  gapTimes: number;
  lostCenturies: number;
  stations: number;
  fromUtcMs: number;
  toUtcMs: number;
}

const batchSize = 2048;
/** Written by chargers that were told no battery size, 10,000 Wh; and less than any plug-in car has. */
const isPlaceholder = (capacityKwh: number): boolean => capacityKwh === 10 || capacityKwh < 4;

/** @throws Refusal `import-bad-row`, `import-column-missing`, `import-bad-file`, `cancelled` */
export async function readSessions(
  source: ByteSource,
  mapping: ImportMapping,
  options: ReadOptions<Session> = {},
): Promise<SessionTotals> {
  const { onBatch, onProgress, onRow, signal = neverCancelled } = options;
  let bytes = 0;
  const table = await openTable(source, mapping, { signal, onBytes: (sofar) => (bytes = sofar) });
  const { columns } = table;
  const fields = createFields(mapping, columns, source.name);
  const times = createSessionTimes(mapping, columns, source.name);
  const seen = createSeenRecords();
  const stations = new Set<string>();
  const totals: SessionTotals = {
    rowCount: 0,
    sessionCount: 0,
    usableCount: 0,
    noArrival: 0,
    defects: {},
    stayOverDay: 0,
    wrongCapacities: 0,
    foldTimes: 0,
    gapTimes: 0,
    lostCenturies: 0,
    stations: 0,
    fromUtcMs: Infinity,
    toUtcMs: -Infinity,
  };
  let batch: Session[] = [];
  const emit = (): void => {
    if (batch.length > 0) onBatch?.(batch);
    batch = [];
    onProgress?.({ rows: totals.rowCount, bytes, share: Math.min(1, bytes / Math.max(1, source.size)) });
  };
  const take = (cells: string[], row: number): void => {
    totals.rowCount++;
    times.read(cells, row);
    if (Number.isNaN(times.arrivalUtcMs)) {
      totals.noArrival++;
      return;
    }
    const capacityKwh = fields.capacityKwh(cells, row);
    const wrongCapacity = capacityKwh > largestBatteryKwh || isPlaceholder(capacityKwh);
    if (wrongCapacity) totals.wrongCapacities++;
    const bare = {
      id: fields.id(cells, row),
      station: fields.station(cells),
      arrivalUtcMs: times.arrivalUtcMs,
      departureUtcMs: times.departureUtcMs,
      energyKwh: fields.energyKwh(cells, row),
      powerKw: fields.powerKw(cells, row),
      capacityKwh: wrongCapacity ? NaN : capacityKwh,
      arrivalSocShare: fields.arrivalSocShare(cells, row),
      departureSocShare: fields.departureSocShare(cells, row),
      row,
    };
    const defects = findSessionDefects(bare, fields.statedHours(cells, row));
    // The same station, times and energy to the last digit is the same session, whatever number the row was given.
    const known = `${bare.station}|${bare.arrivalUtcMs}|${bare.departureUtcMs}|${bare.energyKwh}|${bare.powerKw}`;
    if (!defects.includes('no-end') && seen.seen(known)) defects.push('duplicate');
    for (const defect of defects) totals.defects[defect] = (totals.defects[defect] ?? 0) + 1;
    totals.sessionCount++;
    if (defects.length === 0) totals.usableCount++;
    const stayMs = bare.departureUtcMs - bare.arrivalUtcMs;
    if (defects.length === 0 && stayMs > notedStayHours * 3_600_000) totals.stayOverDay++;
    if (stations.size < 100_000) stations.add(bare.station);
    totals.fromUtcMs = Math.min(totals.fromUtcMs, bare.arrivalUtcMs);
    totals.toUtcMs = Math.max(totals.toUtcMs, bare.arrivalUtcMs, stayMs > 0 ? bare.departureUtcMs : -Infinity);
    const session: Session = { ...bare, defects };
    batch.push(session);
    if (batch.length >= batchSize) emit();
    onRow?.(row, cells, session);
  };
  for await (const { rows, rowNumbers } of table.blocks)
    for (let i = 0; i < rows.length; i++) take(rows[i]!, rowNumbers[i]!);
  emit();
  if (totals.rowCount === 0)
    throw new Refusal('import-bad-file', { file: source.name, problem: 'it has no rows below the column names' });
  return Object.assign(totals, {
    foldTimes: times.foldTimes,
    gapTimes: times.gapTimes,
    lostCenturies: times.lostCenturies,
    stations: stations.size,
  });
}

type ReadCell<Value> = (cells: readonly string[], row: number) => Value;

/** What a row says beside its times, in kWh, kW and shares of one. */
function createFields(mapping: ImportMapping, columns: readonly string[], file: string) {
  const indexOf = (role: string): number => {
    const name = mapping.columns[role];
    return name === undefined ? -1 : columnIndex(file, columns, name);
  };
  const number = (role: string, scale: (column: string) => number): ReadCell<number> => {
    const index = indexOf(role);
    if (index < 0) return () => NaN;
    const factor = scale(columns[index]!);
    return (cells, row) => {
      const text = cells[index];
      if (text === undefined)
        throw badRow(file, row, columns[index]!, '', `the row ends after ${cells.length} of ${columns.length} cells`);
      const value = parseNumber(text.replace(/%\s*$/, ''), mapping.decimalMark);
      if (value === null)
        throw badRow(file, row, columns[index]!, text, 'neither a number nor a sign for a missing value');
      return value * factor;
    };
  };
  if (mapping.unit !== 'kWh' && mapping.unit !== 'Wh')
    throw new Refusal('bad-request', {
      call: 'telemetry.import',
      problem: `session energy cannot be in "${mapping.unit}"`,
    });
  if (indexOf('energy') < 0)
    throw new Refusal('import-column-missing', { file, column: 'energy', columns: columns.join(', ') });
  const idIndex = indexOf('id');
  const stationIndex = indexOf('station');
  // A share is written as 0.34 or as 34; once a column was seen above 1.5 it is per cent.
  const share = (role: string): ReadCell<number> => {
    const read = number(role, () => 1);
    let divisor = 1;
    return (cells, row) => {
      const value = read(cells, row);
      if (value > 1.5) divisor = 100;
      return value / divisor;
    };
  };
  return {
    id: (cells: readonly string[], row: number): string => (cells[idIndex] ?? '').trim() || String(row),
    station: (cells: readonly string[]): string => {
      if (stationIndex < 0) return mapping.seriesName;
      const name = (cells[stationIndex] ?? '').trim();
      return isMissing(name) ? 'station not stated' : name;
    },
    energyKwh: number('energy', () => (mapping.unit === 'Wh' ? 1e-3 : 1)),
    powerKw: number('power', (column) => (/\bw\b/i.test(column) ? 1e-3 : 1)),
    capacityKwh: number('capacity', (column) => (/\bwh\b/i.test(column) ? 1e-3 : 1)),
    arrivalSocShare: share('arrivalSoc'),
    departureSocShare: share('departureSoc'),
    statedHours: readDuration(mapping, columns, indexOf('duration')),
  };
}

/** The stated stay in hours: h:mm:ss, or a number of the minutes or hours its column name says. Unreadable: NaN, it only cross-checks. */
function readDuration(mapping: ImportMapping, columns: readonly string[], index: number): ReadCell<number> {
  if (index < 0) return () => NaN;
  const perHour = /min/i.test(columns[index]!) ? 60 : 1;
  return (cells) => {
    const text = (cells[index] ?? '').trim();
    const clock = /^(\d+):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
    if (clock) return Number(clock[1]) + Number(clock[2]) / 60 + Number(clock[3] ?? 0) / 3600;
    return (parseNumber(text, mapping.decimalMark) ?? NaN) / perHour;
  };
}
