/** A finished HiGHS run as a `ThreadOutcome`: every model status has its answer here. */
import type { Highs, Model, ModelStatusCode } from 'highs';
import type { Basis } from '../program/basis.ts';
import { partViolation } from '../program/conic-part.ts';
import { isMixedInteger } from './highs-model.ts';
import { relativeGap, wishes, type BareProgram, type ThreadOutcome } from './messages.ts';
import type { Solution, SolveStatistics } from './solver.ts';

export const statusName = (highs: Highs, status: ModelStatusCode): string =>
  Object.entries(highs.constants.modelStatus).find(([, code]) => code === status)?.[0] ?? `status ${status}`;

const count = (model: Model, name: string): number => Math.max(0, Number(model.info.get(name)));

/** The node count of a linear program is uninitialised memory in HiGHS 1.15. */
export function readStatistics(model: Model, mixedInteger: boolean, solver: string, seconds: number): SolveStatistics {
  const iterations =
    count(model, 'simplex_iteration_count') +
    count(model, 'ipm_iteration_count') +
    count(model, 'crossover_iteration_count');
  return { solver, seconds, iterations, nodes: mixedInteger ? count(model, 'mip_node_count') : 0 };
}

export function readSolution(model: Model, program: BareProgram): Solution {
  const { colValue, rowValue, rowDual } = model.getSolution();
  return {
    objective: model.getObjectiveValue(),
    columns: colValue,
    // Rows beyond the program's own are tangents of its cones.
    rows: rowValue.slice(0, program.rowCount),
    rowDuals: isMixedInteger(program) ? new Float64Array(0) : rowDual.slice(0, program.rowCount),
  };
}

function readBasis(model: Model): Basis {
  const { colStatus, rowStatus } = model.getBasis();
  return { columns: colStatus, rows: rowStatus };
}

/** Index of a row that an activity of zero breaks; −1 when there is none. */
export const impossibleRow = (program: BareProgram): number =>
  program.rowLower.findIndex((lower, row) => lower > 1e-7 || program.rowUpper[row]! < -1e-7);

export interface FinishedRun {
  highs: Highs;
  model: Model;
  program: BareProgram;
  withBasis: boolean;
  status: ModelStatusCode;
  /** The wish that interrupted the run, `goOn` when none did. */
  stoppedBy: number;
  statistics: SolveStatistics;
  /** A solution found besides the one the model holds, and what is proven of it. */
  found: { solution: Solution; bound: number } | null;
}

/**
 * Infeasible programs come back without a conflict; naming it is the caller's next step. 'unboundedOrInfeasible' must have been
 * settled before.
 */
export function readOutcome(run: FinishedRun): ThreadOutcome {
  const { highs, model, program, status, statistics, found } = run;
  const code = highs.constants.modelStatus;
  const failed = (problem: string): ThreadOutcome => ({ kind: 'failed', problem, statistics });
  const infeasible: ThreadOutcome = { kind: 'infeasible', conflict: { rows: [], columns: [] }, statistics };
  const stoppedEarly = (why: 'time-limit' | 'cancelled'): ThreadOutcome => {
    if (model.info.get('primal_solution_status') !== highs.constants.solutionStatus.feasible)
      return why === 'cancelled' ? { kind: 'cancelled', statistics } : failed('time ran out before a first solution');
    const solution = readSolution(model, program);
    if (program.cones.some((cone) => partViolation(cone, solution.columns) > cone.tolerance))
      return why === 'cancelled' ? { kind: 'cancelled', statistics } : failed('time ran out before the cones were met');
    const proven = isMixedInteger(program) ? Number(model.info.get('mip_dual_bound')) : NaN;
    const bound = Number.isFinite(proven) ? proven : NaN;
    return { kind: 'feasible', why, solution, bound, gap: relativeGap(solution.objective, bound), statistics };
  };
  if (found !== null) {
    const { solution, bound } = found;
    const answer = { solution, bound, gap: relativeGap(solution.objective, bound), statistics };
    if (status === code.optimal) return { kind: 'optimal', ...answer };
    const wished = status === code.interrupted && run.stoppedBy !== wishes.goOn;
    return { kind: 'feasible', why: wished ? 'cancelled' : 'time-limit', ...answer };
  }
  switch (status) {
    case code.optimal: {
      const solution = { ...readSolution(model, program), ...(run.withBasis ? { basis: readBasis(model) } : {}) };
      const bound = isMixedInteger(program) ? Number(model.info.get('mip_dual_bound')) : solution.objective;
      return { kind: 'optimal', solution, bound, gap: relativeGap(solution.objective, bound), statistics };
    }
    case code.empty: {
      // HiGHS does not look at the rows of a program without columns.
      if (impossibleRow(program) >= 0) return infeasible;
      const none = (): Float64Array => new Float64Array(0);
      const rows = new Float64Array(program.rowCount);
      const solution = { objective: program.offset, columns: none(), rows, rowDuals: none() };
      return { kind: 'optimal', solution, bound: program.offset, gap: 0, statistics };
    }
    case code.infeasible:
      return infeasible;
    case code.unbounded:
      return { kind: 'unbounded', statistics };
    case code.timeLimit:
      return stoppedEarly('time-limit');
    case code.interrupted:
      return stoppedEarly(run.stoppedBy === wishes.goOn ? 'time-limit' : 'cancelled');
    case code.unknown:
    case code.unboundedOrInfeasible:
    case code.objectiveBound:
    case code.objectiveTarget:
    case code.iterationLimit:
    case code.solutionLimit:
    case code.notSet:
    case code.loadError:
    case code.modelError:
    case code.presolveError:
    case code.solveError:
    case code.postsolveError:
      return failed(`HiGHS ended with "${statusName(highs, status)}"`);
  }
}
