/**
 * What is decided late, once decisions and day are known: min { qᵀy : A (x, y) within its rows, row t shifted by ξ_t }, a linear program whose duals of the
 * deviating rows are their prices. Programs of one pair of stages differ in right-hand sides and held columns alone, so each starts from where the
 * one before ended.
 */
import type { LinearProgram } from '../../program/program.ts';
import type { TwoStageProgram } from './two-stage-program.ts';

/** @returns for each day ξ [slot] its program; the first columns and rows are those of the stages, then one column for what is short in each slot. */
export function secondStage(
  { program, firstStage, rows, shortagePrice }: TwoStageProgram,
  decisions: ArrayLike<number>,
): (deviation: readonly number[]) => LinearProgram {
  const count = rows.length;
  const more = (series: Float64Array, value: number): Float64Array => {
    const longer = new Float64Array(series.length + count).fill(value, series.length);
    longer.set(series);
    return longer;
  };
  const columnLower = more(program.columnLower, 0);
  const columnUpper = more(program.columnUpper, Infinity);
  firstStage.forEach((isFirst, column) => {
    if (isFirst === 1) columnLower[column] = columnUpper[column] = decisions[column]!;
  });
  const nonzeros = program.values.length;
  const held: LinearProgram = {
    ...program,
    name: `${program.name}: second stage`,
    columnCount: program.columnCount + count,
    cost: more(program.cost, shortagePrice),
    columnLower,
    columnUpper,
    integrality: new Uint8Array(0),
    starts: Int32Array.from([...program.starts, ...rows.map((_, slot) => nonzeros + slot + 1)]),
    indices: Int32Array.from([...program.indices, ...rows]),
    values: Float64Array.from([...program.values, ...rows.map(() => 1)]),
    columnNames: [...program.columnNames, ...rows.map((_, slot) => `short in slot ${slot}`)],
  };
  return (deviation) => {
    const rowLower = program.rowLower.slice();
    const rowUpper = program.rowUpper.slice();
    rows.forEach((row, slot) => {
      rowLower[row]! += deviation[slot]!;
      rowUpper[row] = Infinity;
    });
    return { ...held, rowLower, rowUpper };
  };
}
