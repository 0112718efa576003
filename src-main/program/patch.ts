/**
 * The difference between two programs of one shape: what a warm-started solver changes to go from one to the next.
 * Used along the protection sweep, where only right-hand sides and the coefficients of recourse shares move.
 */
import type { LinearProgram } from './program.ts';

export interface ProgramPatch {
  /** Row index, lower, upper. */
  rowBounds: [row: number, lower: number, upper: number][];
  columnBounds: [column: number, lower: number, upper: number][];
  costs: [column: number, cost: number][];
  coefficients: [row: number, column: number, value: number][];
}

/** @throws Error if the two programs do not have the same rows, columns and sparsity. */
export function differences(from: LinearProgram, to: LinearProgram): ProgramPatch {
  const same =
    from.columnCount === to.columnCount &&
    from.rowCount === to.rowCount &&
    from.indices.length === to.indices.length &&
    from.offset === to.offset &&
    from.starts.every((start, i) => start === to.starts[i]) &&
    from.indices.every((row, i) => row === to.indices[i]);
  if (!same) throw new Error(`programs ${from.name} and ${to.name} differ in shape`);
  const patch: ProgramPatch = { rowBounds: [], columnBounds: [], costs: [], coefficients: [] };
  for (let row = 0; row < from.rowCount; row++)
    if (from.rowLower[row] !== to.rowLower[row] || from.rowUpper[row] !== to.rowUpper[row])
      patch.rowBounds.push([row, to.rowLower[row]!, to.rowUpper[row]!]);
  for (let column = 0; column < from.columnCount; column++) {
    if (from.columnLower[column] !== to.columnLower[column] || from.columnUpper[column] !== to.columnUpper[column])
      patch.columnBounds.push([column, to.columnLower[column]!, to.columnUpper[column]!]);
    if (from.cost[column] !== to.cost[column]) patch.costs.push([column, to.cost[column]!]);
    for (let at = from.starts[column]!; at < from.starts[column + 1]!; at++)
      if (from.values[at] !== to.values[at]) patch.coefficients.push([from.indices[at]!, column, to.values[at]!]);
  }
  return patch;
}
