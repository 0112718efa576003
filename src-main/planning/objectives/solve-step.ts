/** One step on the way to objectives: the program it is, where it begins, and by which method. */
import type { BuiltV2g } from '../../models/v2g/build-v2g.ts';
import type { Goal } from '../../models/v2g/objectives.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';
import type { LeastCost } from './least-cost.ts';
import { meetLoss } from './meet-loss.ts';
import { isCheapest } from './steps.ts';

export type Integers = 'whole' | 'relaxed';

export const asWanted = ({ program }: BuiltV2g, integers: Integers): LinearProgram =>
  integers === 'relaxed' ? { ...program, integrality: new Uint8Array(0) } : program;

/** Above this many rows and columns interior points find the worth of an objective far sooner: nearly all plans of a day are equal in it. */
const largeProgram = 30_000;

/**
 * The step that makes the cost least with all else kept differs from the plan of least cost in a few bounds, and begins at its basis. The others want the worth
 * of their optimum and no corner.
 */
export async function solveStep(
  built: BuiltV2g,
  goal: Goal,
  integers: Integers,
  { outcome: { solution }, tangents }: LeastCost,
  solver: Solver,
  options: SolveOptions,
): Promise<SolveOutcome> {
  const program = asWanted(built, integers);
  if (program.integrality.length > 0) return solver.solve(program, options);
  const from = isCheapest({ ...goal, tolerance: 0 }) ? (solution.basis ?? null) : null;
  const large = program.columnCount + program.rowCount > largeProgram;
  const wanted: SolveOptions = { ...options, method: from === null && large ? 'interior' : options.method };
  if (tangents !== null)
    return meetLoss(built, program, goal, solver, wanted, { tangents, known: solution.columns, from });
  return solver.solve(program, from === null ? wanted : { ...wanted, warm: { from, by: 'dual' } });
}
