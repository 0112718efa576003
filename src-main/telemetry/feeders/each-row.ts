/** The rows of a table by the names its mapping gives to columns. */
import type { CancelSignal } from '../../base/cancel.ts';
import type { ByteSource } from '../source.ts';
import { columnIndex, openTable, type TableDialect } from '../text/table.ts';

/** A cell by field, with where it stands; empty where the field has no column. */
export type Row = <Field extends string>(field: Field) => { cell: string; column: string; row: number };

/** @throws Refusal `import-column-missing` for a named or needed column that is not there; as `openTable`. */
export async function eachRow(
  source: ByteSource,
  dialect: Omit<TableDialect, 'headerRow'>,
  named: object,
  needed: readonly string[],
  signal: CancelSignal,
  take: (row: Row) => void,
): Promise<void> {
  const { columns, blocks } = await openTable(source, { ...dialect, headerRow: 0 }, { signal });
  const nameOf = new Map<string, string>(Object.entries(named));
  const positions = new Map<string, number>();
  for (const [field, column] of nameOf)
    if (column !== '' || needed.includes(field)) positions.set(field, columnIndex(source.name, columns, column));
  for await (const { rows, rowNumbers } of blocks)
    for (const [i, cells] of rows.entries())
      take((field) => ({
        cell: cells[positions.get(field) ?? -1] ?? '',
        column: nameOf.get(field) ?? '',
        row: rowNumbers[i]!,
      }));
}
