/**
 * What a MW at a balance is worth (its dual λ), between all trucks discharging there and all charging. A grid's cost is convex in the
 * trucks' net power, so that λ of every users' answer lies between the slopes just beyond these ends, whatever routes and prices are.
 * With a ramp slots are coupled and the ends of one slot say nothing: there λ ∈ Δ [−dump, unserved] by the columns for both.
 */
import type { LinearProgram } from '../../program/program.ts';
import { balanceName } from './grid.ts';
import { withoutTrucks } from './pattern.ts';
import type { SmsProblem } from './problem.ts';

/** USD per MW over the slot. */
export interface WorthRange {
  lower: number;
  upper: number;
}

/** The grids with the whole fleet discharging everywhere, and charging everywhere. */
export function extremePrograms(problem: SmsProblem): [discharging: LinearProgram, charging: LinearProgram] {
  const fleetMw = problem.trucks.reduce((sum, truck) => sum + truck.powerMw, 0);
  // Just beyond, so that a kink at the end itself is inside.
  const beyondMw = 1.001 * fleetMw + 0.001;
  const shifted = (mw: number): LinearProgram => {
    const grids = problem.grids.map((grid) => ({ ...grid, loadMw: grid.loadMw.map((load) => load + mw) }));
    return withoutTrucks({ ...problem, grids }).program;
  };
  return [shifted(-beyondMw), shifted(beyondMw)];
}

/** Dual of each balance row [grid][slot]. */
export function balanceDuals(problem: SmsProblem, program: LinearProgram, rowDuals: Float64Array): number[][] {
  const rowOf = new Map(program.rowNames.map((name, row) => [name, row]));
  return problem.grids.map((grid) =>
    Array.from({ length: problem.slots }, (_, slot) => rowDuals[rowOf.get(balanceName(grid, slot))!]!),
  );
}

/** [grid][slot], from the balance duals of the two extremes. */
export function worthRanges(problem: SmsProblem, discharging: number[][], charging: number[][]): WorthRange[][] {
  return problem.grids.map((grid, g) =>
    Array.from({ length: problem.slots }, (_, slot): WorthRange => {
      const lower = -problem.slotHours * grid.dumpUsdPerMwh;
      const upper = problem.slotHours * grid.unservedUsdPerMwh;
      if (grid.generatorRampMw !== null) return { lower, upper };
      return { lower: Math.max(lower, discharging[g]![slot]!), upper: Math.min(upper, charging[g]![slot]!) };
    }),
  );
}
