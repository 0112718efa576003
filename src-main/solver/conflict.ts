/** Which rows and column bounds of an infeasible program cannot hold together. */
import type { Highs, Model } from 'highs';
import { createHighsModel, isMixedInteger } from './highs-model.ts';
import { explainLimitSeconds, wishes, type BareProgram, type ConflictIndices, type TaskOptions } from './messages.ts';
import { impossibleRow } from './outcome.ts';
import { smallestSubset } from './smallest-subset.ts';

class OutOfTime extends Error {}

const nothing: ConflictIndices = { rows: [], columns: [] };

/**
 * An irreducible conflict, or an empty one when none was proven within the time for explanations. For a mixed-integer program
 * whose linear relaxation is feasible the conflict consists of rows only, all column bounds being kept.
 */
export function findConflict(
  highs: Highs,
  program: BareProgram,
  options: TaskOptions,
  flag: Int32Array,
): ConflictIndices {
  if (program.columnCount === 0) return { rows: [impossibleRow(program)], columns: [] };
  const deadline = performance.now() + explainLimitSeconds(options) * 1000;
  const linear = { ...program, integrality: new Uint8Array(0) };
  const relaxed = linearConflict(highs, linear, deadline);
  if (relaxed !== null || !isMixedInteger(program)) return relaxed ?? nothing;
  return integerConflict(highs, program, options, deadline, flag);
}

function withModel<Result>(highs: Highs, program: BareProgram, use: (model: Model) => Result): Result {
  const model = createHighsModel(highs, program);
  try {
    return use(model);
  } finally {
    model.dispose();
  }
}

const secondsUntil = (deadline: number): number => Math.max(0, (deadline - performance.now()) / 1000);

/** Null when the program is not proven infeasible or its conflict not proven irreducible in time. */
function linearConflict(highs: Highs, program: BareProgram, deadline: number): ConflictIndices | null {
  const { iis, modelStatus } = highs.constants;
  return withModel(highs, program, (model) => {
    model.options.set({
      output_flag: false,
      time_limit: secondsUntil(deadline),
      iis_time_limit: secondsUntil(deadline),
      iis_strategy: iis.strategyRowPriority,
    });
    if (model.run().modelStatus !== modelStatus.infeasible) return null;
    model.options.set('iis_time_limit', secondsUntil(deadline));
    const found = model.getIis();
    const rows = [...found.rowIndex];
    const columns = [...found.colIndex].filter((_, at) => found.colBound[at] !== iis.boundFree);
    const proven =
      rows.every((row) => found.rowStatus[row] === iis.inConflict) &&
      columns.every((column) => found.colStatus[column] === iis.inConflict);
    return proven && rows.length + columns.length > 0 ? { rows, columns } : null;
  });
}

function integerConflict(
  highs: Highs,
  program: BareProgram,
  options: TaskOptions,
  deadline: number,
  flag: Int32Array,
): ConflictIndices {
  const { modelStatus } = highs.constants;
  const costless = { ...program, cost: new Float64Array(program.columnCount) };
  const conflicts = (model: Model, members: readonly number[]): boolean => {
    if (secondsUntil(deadline) === 0 || Atomics.load(flag, 0) !== wishes.goOn) throw new OutOfTime();
    const lower = new Float64Array(program.rowCount).fill(-Infinity);
    const upper = new Float64Array(program.rowCount).fill(Infinity);
    for (const row of members) {
      lower[row] = program.rowLower[row]!;
      upper[row] = program.rowUpper[row]!;
    }
    model.changeRowsBounds({ kind: 'range', from: 0, to: program.rowCount - 1 }, lower, upper);
    model.clearSolver();
    model.zeroAllClocks();
    model.options.set('time_limit', secondsUntil(deadline));
    const status = model.run().modelStatus;
    if (status === modelStatus.infeasible) return true;
    if (status === modelStatus.optimal || status === modelStatus.empty) return false;
    throw new OutOfTime();
  };
  return withModel(highs, costless, (model) => {
    model.options.set({ output_flag: false, random_seed: options.seed });
    try {
      return { rows: smallestSubset(program.rowCount, (members) => conflicts(model, members)), columns: [] };
    } catch (thrown) {
      if (thrown instanceof OutOfTime) return nothing;
      throw thrown;
    }
  });
}
