/** A program with rows added below its own: columns and everything else stay in their places, so a basis is carried on by its length. */
import { basic, type Basis } from './basis.ts';
import type { LinearProgram, Term } from './program.ts';

export interface AddedRow {
  name: string;
  lower: number;
  upper: number;
  terms: readonly Term[];
}

export function appendRows(program: LinearProgram, rows: readonly AddedRow[]): LinearProgram {
  if (rows.length === 0) return program;
  const { columnCount, rowCount, starts, indices, values } = program;
  const added = Array.from({ length: columnCount }, (): [row: number, value: number][] => []);
  let count = 0;
  rows.forEach(({ terms }, row) => {
    for (const [column, value] of terms) added[column]!.push([rowCount + row, value]);
    count += terms.length;
  });
  const grown = {
    starts: new Int32Array(columnCount + 1),
    indices: new Int32Array(indices.length + count),
    values: new Float64Array(values.length + count),
  };
  let at = 0;
  for (let column = 0; column < columnCount; column++) {
    const [from, until] = [starts[column]!, starts[column + 1]!];
    grown.indices.set(indices.subarray(from, until), at);
    grown.values.set(values.subarray(from, until), at);
    at += until - from;
    for (const [row, value] of added[column]!) {
      grown.indices[at] = row;
      grown.values[at++] = value;
    }
    grown.starts[column + 1] = at;
  }
  return {
    ...program,
    ...grown,
    rowCount: rowCount + rows.length,
    rowNames: [...program.rowNames, ...rows.map(({ name }) => name)],
    rowLower: Float64Array.from([...program.rowLower, ...rows.map(({ lower }) => lower)]),
    rowUpper: Float64Array.from([...program.rowUpper, ...rows.map(({ upper }) => upper)]),
  };
}

/** The basis of a program, for the same with rows added: those are slack. */
export const basisWithRows = ({ columns, rows }: Basis, rowCount: number): Basis => ({
  columns,
  rows: Int32Array.from({ length: rowCount }, (_, row) => rows[row] ?? basic),
});
