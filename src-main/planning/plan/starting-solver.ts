/**
 * A solver that begins where it stood. Linear programs of a day differ from each other by a few numbers, rows or columns: a what-if from its plan, the rows of a feeder
 * from the day without them. Each is begun at the basis of the one before, by names, and the first at a basis that is known. A search over integers begins anew.
 *
 * Where it begins is never what it finds: every optimum is proven from its own basis.
 */
import { basisFor, namedBasis, type NamedBasis } from '../../program/basis.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';

export interface StartingSolver extends Solver {
  /** Where the last large program ended; null while there is none. */
  readonly reached: NamedBasis | null;
}

/** Programs with less than this share of the columns of a basis, or of the rows of the largest, are others: what some cars settle among themselves, say. */
const likeShare = 0.3;

const sharesColumns = ({ columnNames }: LinearProgram, { columns }: NamedBasis): boolean =>
  columnNames.reduce((count, name) => count + (columns.has(name) ? 1 : 0), 0) >= likeShare * columns.size;

/** @param start of a program that shares names with those to come; null where nothing is known. */
export function startingFrom(solver: Solver, start: NamedBasis | null): StartingSolver {
  let reached = start;
  let mostRows = 0;
  const isLike = (program: LinearProgram, { method, warm }: SolveOptions): boolean =>
    program.integrality.length === 0 &&
    program.cones.length === 0 &&
    (warm === undefined || warm.from === null) &&
    (method === 'choose' || method === 'simplex') &&
    program.rowCount >= likeShare * mostRows &&
    (reached === null || sharesColumns(program, reached));
  const warmed = (program: LinearProgram, options: SolveOptions): SolveOptions => ({
    ...options,
    warm: { from: reached && basisFor(program, reached), by: 'dual' },
  });
  const note = (program: LinearProgram, outcome: SolveOutcome): SolveOutcome => {
    if (outcome.kind !== 'optimal' || outcome.solution.basis === undefined) return outcome;
    mostRows = Math.max(mostRows, program.rowCount);
    reached = namedBasis(program, outcome.solution.basis);
    return outcome;
  };
  return {
    get reached() {
      return reached;
    },
    version: solver.version,
    solve: async (program, options) =>
      isLike(program, options)
        ? note(program, await solver.solve(program, warmed(program, options)))
        : solver.solve(program, options),
    solveSequence: async (programs, options, onOutcome) => {
      const [first] = programs;
      if (first === undefined || !programs.every((program) => isLike(program, options)))
        return solver.solveSequence(programs, options, onOutcome);
      const outcomes = await solver.solveSequence(programs, warmed(first, options), onOutcome);
      return outcomes.map((outcome, index) => note(programs[index]!, outcome));
    },
    dispose: () => solver.dispose(),
  };
}
