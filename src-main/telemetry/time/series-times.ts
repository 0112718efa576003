/** The start of the interval each row of a regular series covers. */
import { addDays, zoneOf } from '../../base/zone.ts';
import { badRow } from '../bad-row.ts';
import type { ImportMapping } from '../mapping.ts';
import { parseNumber } from '../text/cells.ts';
import { columnIndex } from '../text/table.ts';
import { createLocalClock } from './local-clock.ts';
import { emptyTime, parseTime } from './parse-time.ts';
import { createWrittenTime } from './written-time.ts';

export interface SeriesTimes {
  /** UTC milliseconds; NaN for a wall clock the spring change leaves out. @throws Refusal `import-bad-row` */
  read(cells: readonly string[], row: number): number;
  /** Column that states the time, and what it says in a row; for messages. */
  readonly column: string;
  written(cells: readonly string[]): string;
  readonly secondPasses: () => number;
  readonly lostCenturies: () => number;
}

export function createSeriesTimes(
  mapping: ImportMapping,
  columns: readonly string[],
  file: string,
  stepMs: number,
): SeriesTimes {
  const roles = mapping.columns;
  if (roles['period'] !== undefined || roles['hour'] !== undefined)
    return createPeriodTimes(mapping, columns, file, stepMs);
  const timeName = roles['time'] ?? '';
  const timeIndex = columnIndex(file, columns, timeName);
  const dateIndex = roles['date'] === undefined ? -1 : columnIndex(file, columns, roles['date']);
  const written = createWrittenTime(timeIndex, dateIndex, mapping.dateOrder);
  const inText = mapping.zone === 'in-text';
  const clock = inText ? null : createLocalClock(zoneOf(mapping.zone), stepMs);
  let lostCenturies = 0;
  return {
    column: timeName,
    written: (cells) =>
      [dateIndex, timeIndex]
        .map((index) => cells[index] ?? '')
        .join(' ')
        .trim(),
    secondPasses: () => clock?.secondPasses ?? 0,
    lostCenturies: () => lostCenturies,
    read(cells, row) {
      const state = written.read(cells);
      if (state !== 'time') {
        const index = state === 'bad' ? written.badIndex : timeIndex;
        throw badRow(
          file,
          row,
          columns[index]!,
          cells[index] ?? '',
          state === 'bad' ? 'not a time' : 'the time is missing',
        );
      }
      const { parsed } = written;
      if (parsed.lostCentury) lostCenturies++;
      if (clock !== null) return clock.resolve(parsed.localMs);
      if (Number.isNaN(parsed.offsetMinutes))
        throw badRow(file, row, timeName, cells[timeIndex] ?? '', 'the time carries no offset from UTC');
      return parsed.localMs - parsed.offsetMinutes * 60_000;
    },
  };
}

/**
 * Interval n of a day starts n − 1 steps of elapsed time after local midnight (`hour`: n steps). A number beyond the day's end
 * does not exist there: on a spring day a clock that knows no change would run into the next day.
 */
function createPeriodTimes(
  mapping: ImportMapping,
  columns: readonly string[],
  file: string,
  stepMs: number,
): SeriesTimes {
  const roles = mapping.columns;
  const base = roles['hour'] === undefined ? 1 : 0;
  const periodName = roles['period'] ?? roles['hour'] ?? '';
  const periodIndex = columnIndex(file, columns, periodName);
  const dateIndex = roles['date'] === undefined ? -1 : columnIndex(file, columns, roles['date']);
  const partNames = (['year', 'month', 'day'] as const).map((role) => roles[role] ?? '');
  const parts = dateIndex >= 0 ? [] : partNames.map((name) => columnIndex(file, columns, name));
  const zone = zoneOf(mapping.zone === 'in-text' ? 'UTC' : mapping.zone);
  const parsed = emptyTime();
  let heldText = '';
  let dayStart = NaN;
  let dayEnd = NaN;
  let lostCenturies = 0;
  const startDay = (cells: readonly string[], row: number): void => {
    const text = dateIndex >= 0 ? (cells[dateIndex] ?? '') : parts.map((part) => (cells[part] ?? '').trim()).join('-');
    if (text === heldText) return;
    const order = dateIndex >= 0 ? mapping.dateOrder : 'ymd';
    if (!parseTime(text, order, parsed) || !parsed.hasDate)
      throw badRow(file, row, dateIndex >= 0 ? columns[dateIndex]! : partNames.join(', '), text, 'not a date');
    heldText = text;
    const day = new Date(parsed.localMs).toISOString().slice(0, 10);
    dayStart = zone.startOfDay(day);
    dayEnd = zone.startOfDay(addDays(day, 1));
  };
  return {
    column: periodName,
    written: (cells) => `${heldText} ${cells[periodIndex] ?? ''}`,
    secondPasses: () => 0,
    lostCenturies: () => lostCenturies,
    read(cells, row) {
      startDay(cells, row);
      if (parsed.lostCentury) lostCenturies++;
      const text = cells[periodIndex] ?? '';
      const period = parseNumber(text, mapping.decimalMark);
      if (period === null || !Number.isInteger(period) || period < base)
        throw badRow(file, row, periodName, text, `not an interval number from ${base}`);
      const utcMs = dayStart + (period - base) * stepMs;
      return utcMs < dayEnd ? utcMs : NaN;
    },
  };
}
