/** Hand-over of a program to HiGHS: typed arrays in, patches along a sequence. Infinite bounds pass as they are. */
import type { Highs, Model, ModelData } from 'highs';
import type { Basis } from '../program/basis.ts';
import type { ProgramPatch } from '../program/patch.ts';
import type { BareProgram } from './messages.ts';

export const isMixedInteger = (program: BareProgram): boolean => program.integrality.length > 0;

function modelData(program: BareProgram): ModelData {
  const { columnCount, rowCount, integrality } = program;
  return {
    numCols: columnCount,
    numRows: rowCount,
    offset: program.offset,
    colCost: program.cost,
    colLower: program.columnLower,
    colUpper: program.columnUpper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: {
      format: 'csc',
      numRows: rowCount,
      numCols: columnCount,
      starts: program.starts,
      indices: program.indices,
      values: program.values,
    },
    ...(integrality.length > 0 ? { integrality: Int32Array.from(integrality) } : {}),
  };
}

/** The caller owns the model's WebAssembly memory and must dispose it. */
export const createHighsModel = (highs: Highs, program: BareProgram): Model => highs.createModel(modelData(program));

/** A basis that HiGHS will not have is left: the program is then solved from the beginning. */
export function startFrom(model: Model, { columns, rows }: Basis): void {
  try {
    model.setBasis({ colStatus: columns, rowStatus: rows });
  } catch {
    model.clearSolver();
  }
}

/** Changes numbers only, so that the basis of the last solve stays valid. */
export function patchModel(model: Model, patch: ProgramPatch): void {
  if (patch.rowBounds.length > 0)
    model.changeRowsBounds(
      { kind: 'set', indices: Int32Array.from(patch.rowBounds, ([row]) => row) },
      Float64Array.from(patch.rowBounds, ([, lower]) => lower),
      Float64Array.from(patch.rowBounds, ([, , upper]) => upper),
    );
  if (patch.columnBounds.length > 0)
    model.changeColsBounds(
      { kind: 'set', indices: Int32Array.from(patch.columnBounds, ([column]) => column) },
      Float64Array.from(patch.columnBounds, ([, lower]) => lower),
      Float64Array.from(patch.columnBounds, ([, , upper]) => upper),
    );
  if (patch.costs.length > 0)
    model.changeColsCost(
      { kind: 'set', indices: Int32Array.from(patch.costs, ([column]) => column) },
      Float64Array.from(patch.costs, ([, cost]) => cost),
    );
  for (const [row, column, value] of patch.coefficients) model.changeCoefficient(row, column, value);
}
