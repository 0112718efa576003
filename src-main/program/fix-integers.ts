/** Between a mixed-integer program and linear ones: its integer columns fixed at the values of a solution, or found whole in one. */
import type { LinearProgram } from './program.ts';

/** A search takes an integer for whole within this. */
const wholeTolerance = 1e-6;

/** Whether every integer column is whole in a solution (of the relaxation, say); further columns are not looked at. */
export const isWhole = ({ integrality }: LinearProgram, columns: Float64Array): boolean =>
  integrality.every((flag, at) => flag === 0 || Math.abs(columns[at]! - Math.round(columns[at]!)) <= wholeTolerance);

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
