/**
 * A program whose solutions also pay for how far they are from given values:  + price · Σ_d |Σ terms_d − from_d|.
 *
 * Each distance is two columns and one row behind those of the program, so that the first columns and rows of a solution are those of the
 * program itself, and programs that differ in the price alone have one shape and one matrix.
 */
import { atLower, basic, type Basis } from './basis.ts';
import type { LinearProgram } from './program.ts';

export interface Distance {
  /** [column, coefficient], each column once. */
  terms: (readonly [column: number, coefficient: number])[];
  from: number;
}

export function withDistances(program: LinearProgram, distances: readonly Distance[], price: number): LinearProgram {
  const { columnCount, rowCount } = program;
  const count = distances.length;
  const added = Array.from({ length: columnCount }, (): [row: number, value: number][] => []);
  distances.forEach(({ terms }, d) => {
    for (const [column, coefficient] of terms) added[column]!.push([rowCount + d, coefficient]);
  });
  const starts = new Int32Array(columnCount + 2 * count + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let column = 0; column < columnCount; column++) {
    for (let at = program.starts[column]!; at < program.starts[column + 1]!; at++) {
      indices.push(program.indices[at]!);
      values.push(program.values[at]!);
    }
    for (const [row, value] of added[column]!) {
      indices.push(row);
      values.push(value);
    }
    starts[column + 1] = indices.length;
  }
  for (let d = 0; d < count; d++)
    for (const [side, sign] of [-1, 1].entries()) {
      indices.push(rowCount + d);
      values.push(sign);
      starts[columnCount + 2 * d + side + 1] = indices.length;
    }
  const from = distances.map((distance) => distance.from);
  const more = (series: Float64Array, tail: readonly number[]): Float64Array => Float64Array.from([...series, ...tail]);
  const each = (value: number): number[] => new Array<number>(2 * count).fill(value);
  return {
    ...program,
    columnCount: columnCount + 2 * count,
    rowCount: rowCount + count,
    cost: more(program.cost, each(price)),
    columnLower: more(program.columnLower, each(0)),
    columnUpper: more(program.columnUpper, each(Infinity)),
    integrality:
      program.integrality.length === 0 ? program.integrality : Uint8Array.from([...program.integrality, ...each(0)]),
    rowLower: more(program.rowLower, from),
    rowUpper: more(program.rowUpper, from),
    starts,
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
    columnNames: [
      ...program.columnNames,
      ...distances.flatMap((_, d) => [`distance ${d}, above`, `distance ${d}, below`]),
    ],
    rowNames: [...program.rowNames, ...distances.map((_, d) => `distance ${d}`)],
  };
}

/** The basis of a solution, for the same with distances: each stands at what that solution is away. */
export function basisWithDistances(
  { columns, rows }: Basis,
  distances: readonly Distance[],
  solution: Float64Array,
): Basis {
  const sides = distances.flatMap(({ terms, from }) => {
    const isAbove = terms.reduce((sum, [column, coefficient]) => sum + coefficient * solution[column]!, 0) >= from;
    return isAbove ? [basic, atLower] : [atLower, basic];
  });
  return {
    columns: Int32Array.from([...columns, ...sides]),
    rows: Int32Array.from([...rows, ...distances.map(() => atLower)]),
  };
}
