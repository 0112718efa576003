/** One step on the way to objectives: the program it is, where it begins, and by which method. */
import type { BuiltV2g } from '../../models/v2g/build-v2g.ts';
import type { Goal } from '../../models/v2g/objectives.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';
import type { LeastCost } from './least-cost.ts';
import { meetLossWhole } from './meet-loss-whole.ts';
import { meetLoss, type LossPoint } from './meet-loss.ts';
import { isCheapest } from './steps.ts';

export type Integers = 'whole' | 'relaxed';

export const asWanted = ({ program }: BuiltV2g, integers: Integers): LinearProgram =>
  integers === 'relaxed' ? { ...program, integrality: new Uint8Array(0) } : program;

/** Above this many rows and columns interior points find the worth of an objective far sooner: nearly all plans of a day are equal in it. */
const largeProgram = 30_000;

/** How losses are met beside the linear flow. */
export interface LossStep {
  from: LossPoint;
  /** No plan is better in this step, in what its program minimises; −∞ where nothing is known. */
  atBest: number;
}

/**
 * The step that makes the cost least with all else kept differs from the plan of least cost in a few bounds, and begins at its basis. The others want the worth
 * of their optimum and no corner.
 * @param loss null where no loss is met beside the linear flow; 'unasked' where this step neither minimises nor keeps it.
 */
export async function solveStep(
  built: BuiltV2g,
  goal: Goal,
  integers: Integers,
  { outcome: { solution } }: LeastCost,
  loss: LossStep | 'unasked' | null,
  solver: Solver,
  options: SolveOptions,
): Promise<SolveOutcome> {
  const wanted = asWanted(built, integers);
  const program = loss === 'unasked' ? { ...wanted, cones: [] } : wanted;
  const large = program.columnCount + program.rowCount > largeProgram;
  const interior: SolveOptions = { ...options, method: large ? 'interior' : options.method };
  if (loss !== null && loss !== 'unasked')
    return program.integrality.length === 0
      ? meetLoss(built, program, goal, solver, interior, loss.from)
      : meetLossWhole(built, program, goal, solver, interior, { ...loss, others: [solution.columns] });
  if (program.integrality.length > 0) return solver.solve(program, options);
  const from = isCheapest({ ...goal, tolerance: 0 }) ? (solution.basis ?? null) : null;
  return solver.solve(program, from === null ? interior : { ...options, warm: { from, by: 'dual' } });
}
