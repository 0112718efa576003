/** Aligned text tables for a terminal: numbers to the right, words to the left. */
import { zoneOf } from '../../base/zone.ts';

export type Cell = string | number;

/** @param rows each as long as `headers` */
export function table(headers: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map(String));
  const widths = headers.map((header, column) =>
    Math.max(header.length, ...texts.map((row) => (row[column] ?? '').length)),
  );
  const toRight = headers.map((_, column) => rows.length > 0 && rows.every((row) => looksNumeric(row[column] ?? '')));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (toRight[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [line(headers), line(widths.map((width) => '─'.repeat(width))), ...texts.map(line)].join('\n');
}

/** "name  value" lines. */
export function facts(pairs: readonly (readonly [string, Cell])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

function looksNumeric(cell: Cell): boolean {
  return typeof cell === 'number' || /^[−-]?[\d,]+(\.\d+)?( ?%)?$|^–$/.test(cell);
}

/** 12345.678 → "12,345.7"; NaN → "–". */
export function number(value: number, digits = 1): string {
  if (!Number.isFinite(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function percent(share: number, digits = 1): string {
  return Number.isFinite(share) ? `${number(share * 100, digits)} %` : '–';
}

/** Market time with its offset: 1617235200000 in Europe/Berlin → "2021-04-01 02:00+02:00". */
export function instant(utcMs: number, zoneId: string): string {
  return Number.isFinite(utcMs)
    ? zoneOf(zoneId)
        .format(utcMs)
        .replace(/T(\d\d:\d\d):\d\d/, ' $1')
    : '–';
}
