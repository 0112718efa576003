/** Arrival and departure of a charging session as instants. */
import { zoneOf } from '../../base/zone.ts';
import { badRow } from '../bad-row.ts';
import type { ImportMapping } from '../mapping.ts';
import { columnIndex } from '../text/table.ts';
import { createWrittenTime, type WrittenTime } from './written-time.ts';

export interface SessionTimes {
  /** Fills `arrivalUtcMs` and `departureUtcMs`; NaN where the row states none. @throws Refusal `import-bad-row` */
  read(cells: readonly string[], row: number): void;
  arrivalUtcMs: number;
  departureUtcMs: number;
  /** Times in the hour that autumn repeats (read as summer time) or that spring leaves out (read as if the clock had gone on). */
  foldTimes: number;
  gapTimes: number;
  lostCenturies: number;
}

/**
 * People arrive at any time and files need not be sorted, so order tells nothing: a time that exists twice is its first pass,
 * unless a departure would then precede its arrival.
 */
export function createSessionTimes(mapping: ImportMapping, columns: readonly string[], file: string): SessionTimes {
  const roles = mapping.columns;
  const index = (role: string): number => columnIndex(file, columns, roles[role] ?? '');
  const start = createWrittenTime(index('time'), roles['date'] === undefined ? -1 : index('date'), mapping.dateOrder);
  const endDate = roles['endDate'] === undefined ? -1 : index('endDate');
  const end = createWrittenTime(index('endTime'), endDate, mapping.dateOrder);
  const zone = mapping.zone === 'in-text' ? null : zoneOf(mapping.zone);
  const instant = (written: WrittenTime, cells: readonly string[], row: number, notBefore: number): number => {
    const state = written.read(cells);
    if (state === 'missing') return NaN;
    if (state === 'bad')
      throw badRow(file, row, columns[written.badIndex]!, cells[written.badIndex] ?? '', 'not a time');
    const { parsed } = written;
    if (parsed.lostCentury) times.lostCenturies++;
    if (zone === null) {
      if (Number.isNaN(parsed.offsetMinutes))
        throw badRow(
          file,
          row,
          columns[written.badIndex]!,
          cells[written.badIndex] ?? '',
          'the time carries no offset from UTC',
        );
      return parsed.localMs - parsed.offsetMinutes * 60_000;
    }
    const found = zone.resolveLocal(parsed.localMs);
    if (found.kind === 'once') return found.utcMs;
    if (found.kind === 'gap') {
      times.gapTimes++;
      return Math.max(found.before, found.after);
    }
    times.foldTimes++;
    return found.first < notBefore ? found.second : found.first;
  };
  const times: SessionTimes = {
    arrivalUtcMs: NaN,
    departureUtcMs: NaN,
    foldTimes: 0,
    gapTimes: 0,
    lostCenturies: 0,
    read(cells, row) {
      times.arrivalUtcMs = instant(start, cells, row, -Infinity);
      times.departureUtcMs = instant(end, cells, row, times.arrivalUtcMs);
    },
  };
  return times;
}
