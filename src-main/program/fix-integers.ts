/** The linear program that is left when the integer columns of a mixed-integer one are fixed at the values of a solution. */
import type { LinearProgram } from './program.ts';

export function withFixedIntegers(program: LinearProgram, columns: Float64Array): LinearProgram {
  const columnLower = program.columnLower.slice();
  const columnUpper = program.columnUpper.slice();
  program.integrality.forEach((flag, column) => {
    if (flag === 0) return;
    columnLower[column] = Math.round(columns[column]!);
    columnUpper[column] = columnLower[column]!;
  });
  return { ...program, columnLower, columnUpper, integrality: new Uint8Array(0) };
}
