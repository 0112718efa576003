/**
 * A users' integer pattern: which truck does what at which grid in which slot, and with it where fees are paid. It is kept as the set of
 * activities, so that it stays an answer to other routes too: where the truck is not, the activity is impossible and costs nothing.
 */
import { addEnergy, activityName, supplyOf, type Activity, type ActivityColumn } from './fleet.ts';
import { addGrid, addGrids } from './grid.ts';
import type { GridDispatch, Reply } from './plan.ts';
import type { SmsProblem } from './problem.ts';
import { ProgramBuilder, type LinearProgram } from '../../program/program.ts';

export type Pattern = readonly Activity[];

/** @param presence [truck][slot] the grid a truck stands at, else null. */
export function patternOf(presence: readonly (number | null)[][], reply: Reply): Pattern {
  return presence.flatMap((slots, truck) =>
    slots.flatMap((grid, slot): Activity[] => {
      if (grid === null) return [];
      if (reply.chargeMw[truck]![slot]! > 0) return [{ truck, grid, slot, direction: 'charge' }];
      if (reply.dischargeMw[truck]![slot]! > 0) return [{ truck, grid, slot, direction: 'discharge' }];
      return [];
    }),
  );
}

export const patternKey = (pattern: Pattern): string =>
  pattern.map(({ truck, grid, slot, direction }) => `${truck}.${grid}.${slot}.${direction}`).join(' ');

/**
 * The linear program of the users once their pattern is given: without fees, rents and power limits, which depend on the owner's
 * decision and are put in by the caller.
 */
export function patternProgram(
  problem: SmsProblem,
  pattern: Pattern,
): { primal: LinearProgram; activities: ActivityColumn[] } {
  const program = new ProgramBuilder(`${problem.name}: pattern`);
  const activities = pattern.map((activity) => ({
    ...activity,
    column: program.addColumn({ name: activityName(problem, activity), lower: 0, upper: Infinity }),
  }));
  addEnergy(program, problem, activities);
  const stage = { program, problem, costWeight: 1, truckSupply: supplyOf(activities) };
  problem.grids.forEach((_, g) => addGrid(stage, g));
  return { primal: program.compile(), activities };
}

/** Each grid's least cost without any truck, one program for all. */
export function withoutTrucks(problem: SmsProblem): {
  program: LinearProgram;
  read: (columns: Float64Array) => Omit<GridDispatch, 'active'>[];
} {
  const builder = new ProgramBuilder(`${problem.name}: without trucks`);
  const stage = { program: builder, problem, costWeight: 1, truckSupply: () => [] };
  const grids = addGrids(stage);
  return {
    program: builder.compile(),
    read: (columns) => grids.map((grid) => grid.read((column) => columns[column]!)),
  };
}
