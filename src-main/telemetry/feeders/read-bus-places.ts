/** Where buses stand, from a list beside the tables: name, x and y, with a header or without, parted by comma, semicolon, tab or blanks. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import { amountOf, idOf } from '../roads/road-cells.ts';
import type { ByteSource } from '../source.ts';
import { parseNumber } from '../text/cells.ts';
import { readText } from '../text/records.ts';
import { busNames } from './feeder-mapping.ts';

export interface BusPlace {
  x: number;
  y: number;
}

/** A list of places is small beside telemetry. */
const largestText = 16_000_000;

/** @throws Refusal `import-bad-row` for what is no number or a bus that occurs twice; `import-bad-file`; `cancelled`. */
export async function readBusPlaces(
  source: ByteSource,
  signal: CancelSignal = neverCancelled,
): Promise<ReadonlyMap<string, BusPlace>> {
  const file = source.name;
  let text = '';
  for await (const part of readText(source, { encoding: 'utf-8', signal })) {
    text += part;
    if (text.length > largestText) throw new Refusal('import-bad-file', { file, problem: 'it is longer than 16 MB' });
  }
  const rows = text.split(/\r\n|\n|\r/).map(placeCells);
  const first = rows.findIndex((cells) => cells.length > 1);
  if (first < 0) throw new Refusal('import-bad-file', { file, problem: 'it is empty' });
  const header = isPlaceRow(rows[first]!) ? null : rows[first]!;
  const columns = header ? placeColumns(file, header) : { id: 0, x: 1, y: 2 };
  const places = new Map<string, BusPlace>();
  for (const [index, cells] of rows.entries()) {
    if (index < first || (header && index === first) || cells.join('') === '') continue;
    const at = (column: keyof typeof columns) => ({
      file,
      row: index + 1,
      column: header?.[columns[column]] ?? `column ${columns[column] + 1}`,
    });
    const id = idOf(cells[columns.id] ?? '', at('id'));
    if (places.has(id)) {
      const { row, column } = at('id');
      throw new Refusal('import-bad-row', { file, row, column, value: id, problem: `bus ${id} has two places` });
    }
    places.set(id, {
      x: amountOf(cells[columns.x] ?? '', at('x'), -Infinity),
      y: amountOf(cells[columns.y] ?? '', at('y'), -Infinity),
    });
  }
  return places;
}

/** A line as its cells: parted by the first of comma, semicolon and tab it holds, else by blanks. */
export function placeCells(line: string): string[] {
  const mark = [',', ';', '\t'].find((one) => line.includes(one));
  return line
    .trim()
    .split(mark ?? /\s+/)
    .map((cell) => cell.trim().replace(/^"|"$/g, ''));
}

/** A name and two numbers: a line that is no header. */
export const isPlaceRow = (cells: readonly string[]): boolean =>
  cells.length === 3 && cells.slice(1).every((cell) => Number.isFinite(parseNumber(cell, '.') ?? NaN));

function placeColumns(file: string, header: readonly string[]): Record<'id' | 'x' | 'y', number> {
  const lower = header.map((name) => name.toLowerCase());
  const column = (field: 'id' | 'x' | 'y'): number => {
    const index = lower.findIndex((name) => busNames[field].includes(name));
    if (index >= 0) return index;
    throw new Refusal('import-column-missing', {
      file,
      column: field === 'id' ? 'bus' : field,
      columns: header.join(', '),
    });
  };
  return { id: column('id'), x: column('x'), y: column('y') };
}
