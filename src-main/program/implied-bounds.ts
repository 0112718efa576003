/** Bounds that columns have by one row beside their own: in Σ a x = b a column can go no further than the bounds of all the others let it. */
import type { Column, LinearProgram } from './program.ts';

export interface ColumnBounds {
  lower: number;
  upper: number;
}

/** @returns by column, the tightest of its own bounds and of those by each equality that it stands in. */
export function impliedBounds(program: LinearProgram, columns: readonly Column[]): Map<Column, ColumnBounds> {
  const { starts, indices, rowLower, rowUpper, columnLower, columnUpper } = program;
  const wanted = new Set<number>();
  for (const column of columns)
    for (let at = starts[column]!; at < starts[column + 1]!; at++)
      if (rowLower[indices[at]!] === rowUpper[indices[at]!]) wanted.add(indices[at]!);
  const terms = termsOf(program, wanted);
  return new Map(
    columns.map((column) => {
      const bounds = { lower: columnLower[column]!, upper: columnUpper[column]! };
      for (let at = starts[column]!; at < starts[column + 1]!; at++) {
        const others = (terms.get(indices[at]!) ?? []).filter(([other]) => other !== column);
        const own = program.values[at]!;
        if (!terms.has(indices[at]!) || own === 0) continue;
        let [least, most] = [0, 0];
        for (const [other, value] of others) {
          const ends = [value * columnLower[other]!, value * columnUpper[other]!];
          least += Math.min(...ends);
          most += Math.max(...ends);
        }
        const ends = [(rowLower[indices[at]!]! - most) / own, (rowLower[indices[at]!]! - least) / own];
        bounds.lower = Math.max(bounds.lower, Math.min(...ends));
        bounds.upper = Math.min(bounds.upper, Math.max(...ends));
      }
      return [column, bounds];
    }),
  );
}

/** [column, value] of some rows. */
function termsOf(
  { columnCount, starts, indices, values }: LinearProgram,
  rows: ReadonlySet<number>,
): Map<number, [column: number, value: number][]> {
  const terms = new Map([...rows].map((row): [number, [number, number][]] => [row, []]));
  for (let column = 0; column < columnCount; column++)
    for (let at = starts[column]!; at < starts[column + 1]!; at++)
      if (values[at] !== 0) terms.get(indices[at]!)?.push([column, values[at]!]);
  return terms;
}
