/** A file as named columns and streamed data rows, read as its mapping says. */
import { Refusal } from '../../base/errors.ts';
import type { ImportMapping } from '../mapping.ts';
import type { ByteSource } from '../source.ts';
import { readJsonItems } from './json-items.ts';
import { readRecords, type RecordBlock, type RecordOptions } from './records.ts';

export interface Table {
  columns: string[];
  /** Blocks of data rows; blank lines are left out, so `rowNumbers` gives each row's record number. */
  blocks: AsyncGenerator<{ rows: string[][]; rowNumbers: number[] }>;
}

export type TableDialect = Pick<ImportMapping, 'encoding' | 'delimiter' | 'headerRow'>;

/** @throws Refusal `import-bad-file` when the file has no header or no rows; `import-bad-row` for a row with surplus cells. */
export async function openTable(
  source: ByteSource,
  dialect: TableDialect,
  options: Pick<RecordOptions, 'signal' | 'onBytes'>,
): Promise<Table> {
  const recordOptions = { ...options, encoding: dialect.encoding };
  const records =
    dialect.delimiter === 'json'
      ? readJsonItems(source, recordOptions)
      : readRecords(source, { ...recordOptions, delimiter: dialect.delimiter });
  const first = await records.next();
  if (first.done) throw new Refusal('import-bad-file', { file: source.name, problem: 'it is empty' });
  const header = first.value.rows[dialect.headerRow < 0 ? 0 : dialect.headerRow];
  if (header === undefined)
    throw new Refusal('import-bad-file', {
      file: source.name,
      problem: `it has no row ${dialect.headerRow + 1} for the column names`,
    });
  const columns = dialect.headerRow < 0 ? header.map((_, i) => `column ${i + 1}`) : nameColumns(header);
  return { columns, blocks: dataRows(source.name, first.value, records, columns, dialect.headerRow + 1) };
}

async function* dataRows(
  file: string,
  first: RecordBlock,
  rest: AsyncGenerator<RecordBlock>,
  columns: readonly string[],
  skip: number,
): Table['blocks'] {
  let block: RecordBlock | undefined = { firstRow: first.firstRow + skip, rows: first.rows.slice(skip) };
  try {
    while (block !== undefined) {
      const rows: string[][] = [];
      const rowNumbers: number[] = [];
      for (let i = 0; i < block.rows.length; i++) {
        const cells = block.rows[i]!;
        if (cells.length === 1 && columns.length > 1 && cells[0]!.trim() === '') continue;
        const row = block.firstRow + i;
        if (cells.length > columns.length) refuseSurplus(file, row, cells, columns.length);
        rows.push(cells);
        rowNumbers.push(row);
      }
      if (rows.length > 0) yield { rows, rowNumbers };
      const next = await rest.next();
      block = next.done ? undefined : next.value;
    }
  } finally {
    await rest.return(undefined);
  }
}

function refuseSurplus(file: string, row: number, cells: readonly string[], width: number): void {
  const surplus = cells.slice(width).find((cell) => cell.trim() !== '');
  if (surplus !== undefined)
    throw new Refusal('import-bad-row', {
      file,
      row,
      column: `column ${width + 1}`,
      value: surplus,
      problem: `it has ${cells.length} cells where the header has ${width}`,
    });
}

/** Header cells as names that are all different: blank ones by position, repeated ones numbered. */
export function nameColumns(header: readonly string[]): string[] {
  const used = new Set<string>();
  return header.map((cell, i) => {
    const base = cell.trim() === '' ? `column ${i + 1}` : cell.trim();
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base} (${n})`;
    used.add(name);
    return name;
  });
}

/** Index of a column. @throws Refusal `import-column-missing` */
export function columnIndex(file: string, columns: readonly string[], name: string): number {
  const index = columns.indexOf(name);
  if (index < 0) throw new Refusal('import-column-missing', { file, column: name, columns: columns.join(', ') });
  return index;
}

/** Blocks up to the first row with surplus cells, for a look at the file; the reader proper refuses that row. */
export async function* blocksUntilBadRow(blocks: Table['blocks']): Table['blocks'] {
  try {
    yield* blocks;
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code !== 'import-bad-row') throw thrown;
  }
}
