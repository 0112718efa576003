/** Cells of a road file: an amount that must be there and be possible, or a name that could be decoded. */
import { badRow } from '../bad-row.ts';
import { parseNumber } from '../text/cells.ts';

export interface CellPlace {
  file: string;
  row: number;
  column: string;
}

export type DecimalMark = '.' | ',';

/** @throws Refusal `import-bad-row` when it is no number, is missing or is below `least`. */
export function amountOf(
  cell: string,
  { file, row, column }: CellPlace,
  least: number,
  mark: DecimalMark = '.',
): number {
  const value = parseNumber(cell, mark);
  if (value === null) throw badRow(file, row, column, cell, 'it is not a number');
  if (Number.isNaN(value)) throw badRow(file, row, column, cell, 'the number is missing');
  if (value < least) throw badRow(file, row, column, cell, least === 0 ? 'it is negative' : `it is below ${least}`);
  return value;
}

/** @throws Refusal `import-bad-row` when it is empty or holds what the chosen encoding could not decode. */
export function idOf(cell: string, place: CellPlace): string {
  const id = wordOf(cell, place);
  if (id === '') throw badRow(place.file, place.row, place.column, cell, 'the name is missing');
  return id;
}

/** As `idOf`, but may be empty. */
export function wordOf(cell: string, { file, row, column }: CellPlace): string {
  if (cell.includes('\uFFFD')) throw badRow(file, row, column, cell, 'it is not in the chosen text encoding');
  return cell.trim();
}
