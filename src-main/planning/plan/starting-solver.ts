/**
 * A solver that begins where it stood. Linear programs of a day differ from each other by a few numbers, rows or columns: a what-if from its plan, a round on the
 * feeder from the one before. Each is begun at the basis known that fits it best, by names; where none fits, and for a search over integers, it begins anew.
 *
 * Where it begins is never what it finds: every optimum is proven from its own basis.
 */
import { basic, basisFor, namedBasis, type Basis, type NamedBasis } from '../../program/basis.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';

export interface StartingSolver extends Solver {
  /** Where the last program of the problem ended; null while there is none. */
  readonly reached: NamedBasis | null;
}

/** Of the rows of a program; a basis that leaves more of them open takes longer than none, for none is presolved. */
const mostOpen = 0.1;

/** Columns that are basic without a row to be basic in, or too few of them, and equations that are new and therefore broken. */
function openRows({ rowCount, rowLower, rowUpper }: LinearProgram, { columns, rows }: Basis): number {
  const count = (statuses: Int32Array): number => statuses.reduce((sum, status) => sum + (status === basic ? 1 : 0), 0);
  const broken = rows.reduce((sum, status, r) => sum + (status === basic && rowLower[r] === rowUpper[r] ? 1 : 0), 0);
  return Math.abs(count(columns) + count(rows) - rowCount) + broken;
}

/**
 * @param name of the problem: other programs, of what some cars settle among themselves, say, are left alone.
 * @param start of a program that shares names with those to come; null where nothing is known.
 */
export function startingFrom(solver: Solver, name: string, start: NamedBasis | null): StartingSolver {
  let reached = start;
  /** By the number of rows of the program: one for the day without its feeder, one for the day on it. */
  const known = new Map<number, NamedBasis>(start === null ? [] : [[0, start]]);
  const isLike = (program: LinearProgram, { method, warm }: SolveOptions): boolean =>
    program.name === name &&
    program.integrality.length === 0 &&
    program.cones.length === 0 &&
    (warm === undefined || warm.from === null) &&
    (method === 'choose' || method === 'simplex');
  const bestFor = (program: LinearProgram): Basis | null => {
    const fitting = [...known.values()].map((named) => {
      const basis = basisFor(program, named);
      return { basis, open: openRows(program, basis) };
    });
    const [best] = fitting.sort((a, b) => a.open - b.open);
    return best !== undefined && best.open <= mostOpen * program.rowCount ? best.basis : null;
  };
  const warmed = (program: LinearProgram, options: SolveOptions): SolveOptions => ({
    ...options,
    warm: { from: bestFor(program), by: 'dual' },
  });
  const note = (program: LinearProgram, outcome: SolveOutcome): SolveOutcome => {
    if (outcome.kind !== 'optimal' || outcome.solution.basis === undefined) return outcome;
    reached = namedBasis(program, outcome.solution.basis);
    known.set(program.rowCount, reached);
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
