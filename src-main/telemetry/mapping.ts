/**
 * How a file is read, and what a first look at it found. The shapes equal those that travel to the renderer, so that a mapping
 * confirmed on screen comes back unchanged.
 */
import type { ImportKind } from './types.ts';

/** How the three numbers of a date stand; `day-month-swapped`: right when the day is above 12, else day and month changed places. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy' | 'day-month-swapped';

/**
 * What a column means. `time`/`endTime` hold an instant, or the time of day beside `date`/`endDate`. `period` counts the
 * intervals of a day from 1, `hour` from 0; both stand beside `date` or `year`, `month`, `day`. `duration` is the stay as the
 * file states it, used only to contradict the two times.
 */
export const columnRoles = [
  'time',
  'endTime',
  'date',
  'endDate',
  'period',
  'hour',
  'year',
  'month',
  'day',
  'value',
  'id',
  'station',
  'energy',
  'power',
  'capacity',
  'arrivalSoc',
  'departureSoc',
  'duration',
] as const;
export type ColumnRole = (typeof columnRoles)[number];

export interface ImportMapping {
  encoding: string;
  /** One character, or `json` for an array of objects. */
  delimiter: string;
  decimalMark: '.' | ',';
  /** 0-based row of the column names; -1: the file has none and columns are called "column 1", "column 2" …. */
  headerRow: number;
  /** IANA zone of local times, or `in-text` when each time carries its offset. */
  zone: string;
  dateOrder: DateOrder;
  /** Role → column name. */
  columns: Record<string, string>;
  /** A `FileUnit`; for sessions the unit of the energy column, kWh or Wh. */
  unit: string;
  stepMinutes: number | null;
  /** Value = value column − this column; empty: none. */
  subtractColumn: string;
  seriesName: string;
  source: string;
}

export interface ImportDoubt {
  /** The mapping's field, or `columns.<role>`. */
  field: string;
  why: string;
  choices: string[];
}

export interface PreviewRow {
  /** 1-based record number in the file, the header counted. */
  row: number;
  cells: string[];
  time: string;
  /** What would be stored, in `unit`; null where the row has no number. */
  value: number | null;
  unit: string;
  problem: string;
}

export interface ImportPreview {
  fileName: string;
  kind: ImportKind;
  mapping: ImportMapping;
  /** Nothing is doubtful: the file may be imported without asking. */
  certain: boolean;
  doubts: ImportDoubt[];
  columns: string[];
  rows: PreviewRow[];
  notes: string[];
}
