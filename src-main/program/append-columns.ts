/** A program with columns added after its own, in no row yet: rows that hold them are appended (append-rows.ts). */
import type { Column, LinearProgram } from './program.ts';

export interface AddedColumn {
  name: string;
  lower: number;
  upper: number;
}

/** Added columns cost nothing and are not integer. */
export function appendColumns(program: LinearProgram, columns: readonly AddedColumn[]): LinearProgram {
  if (columns.length === 0) return program;
  const none = new Array<number>(columns.length).fill(0);
  const end = program.starts[program.columnCount]!;
  return {
    ...program,
    columnCount: program.columnCount + columns.length,
    cost: Float64Array.from([...program.cost, ...none]),
    columnLower: Float64Array.from([...program.columnLower, ...columns.map(({ lower }) => lower)]),
    columnUpper: Float64Array.from([...program.columnUpper, ...columns.map(({ upper }) => upper)]),
    integrality:
      program.integrality.length === 0 ? program.integrality : Uint8Array.from([...program.integrality, ...none]),
    starts: Int32Array.from([...program.starts, ...none.map(() => end)]),
    columnNames: [...program.columnNames, ...columns.map(({ name }) => name)],
  };
}

/** Where the added column of this place stands. */
export const addedColumn = (program: Pick<LinearProgram, 'columnCount'>, place: number): Column =>
  (program.columnCount + place) as Column;
