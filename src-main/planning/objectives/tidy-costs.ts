/**
 * A solution that minded something else than the cost leaves what has a price in any order: dear segments before cheap ones, both directions of a charger at once. Here it is
 * put in order: columns without a price and those that a loss sees stay where they are, the others cost the least. A linear program of which next to nothing is left to decide.
 */
import { withFixedIntegers } from '../../program/fix-integers.ts';
import type { LinearProgram } from '../../program/program.ts';
import { lossColumns } from '../../program/tree-loss.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';
import { areLosses } from './meet-loss.ts';

/** How far a column that stays may move: what a solver rounds. */
const rounding = 1e-6;

/** @param program minimises the cost. @param columns of a solution of it, integers included. */
export function tidyCosts(
  program: LinearProgram,
  columns: Float64Array,
  solver: Solver,
  options: SolveOptions,
): Promise<SolveOutcome> {
  const fixed = program.integrality.length > 0 ? withFixedIntegers(program, columns) : program;
  const seen = new Set<number>(areLosses(program.cones) ? program.cones.flatMap(lossColumns) : []);
  const held = (bounds: Float64Array, way: 1 | -1): Float64Array =>
    bounds.map((bound, at) => {
      if (program.cost[at] !== 0 && !seen.has(at)) return bound;
      const value = columns[at]! + way * rounding * Math.max(1, Math.abs(columns[at]!));
      return way > 0
        ? Math.max(fixed.columnLower[at]!, Math.min(bound, value))
        : Math.min(fixed.columnUpper[at]!, Math.max(bound, value));
    });
  return solver.solve(
    { ...fixed, cones: [], columnLower: held(fixed.columnLower, -1), columnUpper: held(fixed.columnUpper, 1) },
    { ...options, method: 'choose', explainInfeasibility: 'no' },
  );
}
