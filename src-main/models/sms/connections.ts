/** Buses of a grid's feeder at which trucks can be connected. A grid at one bus has one connection, and most rows need not name it. */
import type { SmsProblem } from './problem.ts';

export function busOf(problem: SmsProblem, terminal: number): number {
  const place = problem.terminals[terminal]!;
  if (place.kind === 'depot') return 0;
  const { feeder } = problem.grids[place.grid]!;
  return feeder ? (place.bus ?? feeder.truckBus) : 0;
}

/** Distinct, ascending. */
export const connectionsOf = (problem: SmsProblem, grid: number): number[] => {
  const buses = problem.terminals.flatMap((place, i) =>
    place.kind === 'station' && place.grid === grid ? [busOf(problem, i)] : [],
  );
  return [...new Set(buses)].sort((a, b) => a - b);
};

/** As a row names it: null where the grid has but one. */
export const namedConnections = (problem: SmsProblem, grid: number): (number | null)[] => {
  const connections = connectionsOf(problem, grid);
  return connections.length > 1 ? connections : [null];
};

/** Whether every grid pays by the net power of all trucks there, wherever they are connected. */
export const hasOneConnectionEach = (problem: SmsProblem): boolean =>
  problem.grids.every((_, g) => connectionsOf(problem, g).length <= 1);
