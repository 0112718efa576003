/** How far a column of a solution can be raised, all others as they are, until a row with a least activity or its own bound stops it; what rows ask for at most is not looked at. */
import type { Column, LinearProgram } from './program.ts';

/** @returns the largest value of a column. */
export function mostInRows(program: LinearProgram, columns: ArrayLike<number>): (column: Column) => number {
  const { columnCount, rowCount, starts, indices, values, rowLower, columnUpper } = program;
  let activity: Float64Array | null = null;
  const activities = (): Float64Array => {
    const sums = new Float64Array(rowCount);
    for (let column = 0; column < columnCount; column++)
      for (let at = starts[column]!; at < starts[column + 1]!; at++)
        sums[indices[at]!]! += values[at]! * columns[column]!;
    return sums;
  };
  return (column) => {
    activity ??= activities();
    let room = columnUpper[column]! - columns[column]!;
    for (let at = starts[column]!; at < starts[column + 1]!; at++) {
      const row = indices[at]!;
      if (values[at]! < 0 && rowLower[row]! > -Infinity)
        room = Math.min(room, (activity[row]! - rowLower[row]!) / -values[at]!);
    }
    return columns[column]! + Math.max(0, room);
  };
}
