/**
 * Where the simplex method stood at a solution: which columns and rows are basic, and at which bound the others are. A program that differs by
 * a few columns or rows is solved in few steps from there.
 */
import type { LinearProgram } from './program.ts';

/** 0: at the lower bound, 1: basic, 2: at the upper bound, 3: free at zero, 4: not basic. One per column, one per row. */
export interface Basis {
  columns: Int32Array;
  rows: Int32Array;
}

/** A basis for programs that share names of columns and rows; only what is not at its lower bound, and rows that are not slack. */
export interface NamedBasis {
  columns: Map<string, number>;
  rows: Map<string, number>;
}

export const atLower = 0;
export const basic = 1;

export function namedBasis({ columnNames, rowNames }: LinearProgram, { columns, rows }: Basis): NamedBasis {
  const other = (names: readonly string[], statuses: Int32Array, usual: number): Map<string, number> =>
    new Map(names.flatMap((name, i) => (statuses[i] === usual ? [] : [[name, statuses[i]!] as const])));
  return { columns: other(columnNames, columns, atLower), rows: other(rowNames, rows, basic) };
}

/** Columns that are new are at their lower bound, rows that are new are slack. */
export function basisFor({ columnNames, rowNames }: LinearProgram, { columns, rows }: NamedBasis): Basis {
  return {
    columns: Int32Array.from(columnNames, (name) => columns.get(name) ?? atLower),
    rows: Int32Array.from(rowNames, (name) => rows.get(name) ?? basic),
  };
}
