import type { LinearProgram } from './program.ts';

/** What duals of the least cost prove: their rows at the ends they press on, and columns with an end of their own. */
export function dualValue(
  { cost, columnUpper, rowLower, rowUpper, starts, indices, values }: LinearProgram,
  duals: Float64Array,
): number {
  let value = 0;
  duals.forEach((usd, row) => {
    if (usd !== 0) value += usd * (usd > 0 ? rowLower[row]! : rowUpper[row]!);
  });
  columnUpper.forEach((upper, column) => {
    if (upper === Infinity) return;
    let reduced = cost[column]!;
    for (let at = starts[column]!; at < starts[column + 1]!; at++) reduced -= values[at]! * duals[indices[at]!]!;
    value += Math.min(0, reduced) * upper;
  });
  return value;
}
