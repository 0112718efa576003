/**
 * What a MW is worth at every connection of every grid when all trucks do what is wished: the slopes of the grids' joint cost, by duals. At a
 * kink the slopes just above and below all wishes bound it.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { namedConnections } from './connections.ts';
import { addGrids } from './grid.ts';
import type { FleetPlaces, FleetPowers } from './marginal/fixed-routes.ts';
import type { WorthOf } from './marginal/implementing-prices.ts';
import type { SmsProblem } from './problem.ts';

export interface ConnectionProgram {
  program: LinearProgram;
  /** λ by connection, USD per MW over the slot [`key`]. */
  read: (rowDuals: Float64Array) => Map<string, number>;
}

const key = (grid: number, bus: number | null, slot: number): string => `${grid} ${bus ?? ''} ${slot}`;

/** MW by which all powers are moved, up and down, to see both sides of a kink. */
export const besideMw = 1e-4;

export function buildConnectionProgram(
  problem: SmsProblem,
  { presence, buses }: FleetPlaces,
  { chargeMw, dischargeMw }: Pick<FleetPowers, 'chargeMw' | 'dischargeMw'>,
  shiftMw: number,
): ConnectionProgram {
  const builder = new ProgramBuilder(`${problem.name}: worth at connections`);
  const fixed = new Map<string, Column>();
  problem.grids.forEach((_, grid) =>
    namedConnections(problem, grid).forEach((bus) => {
      for (let slot = 0; slot < problem.slots; slot++) {
        const mw = presence.reduce((sum, places, k) => {
          const here = places[slot] === grid && (bus === null || buses?.[k]![slot] === bus);
          return here ? sum + dischargeMw[k]![slot]! - chargeMw[k]![slot]! : sum;
        }, shiftMw);
        const name = key(grid, bus, slot);
        fixed.set(name, builder.addColumn({ name: `net power at ${name}`, lower: mw, upper: mw }));
      }
    }),
  );
  const truckSupply = (grid: number, slot: number, wanted: number | null = null): Term[] =>
    namedConnections(problem, grid).flatMap((bus): Term[] =>
      wanted === null || bus === wanted ? [[fixed.get(key(grid, bus, slot))!, 1]] : [],
    );
  addGrids({ program: builder, problem, costWeight: 1, truckSupply });
  const program = builder.compile();
  return {
    program,
    read: (rowDuals) =>
      new Map(
        [...fixed].map(([name, column]) => {
          let worth = 0;
          for (let at = program.starts[column]!; at < program.starts[column + 1]!; at++)
            worth += program.values[at]! * rowDuals[program.indices[at]!]!;
          return [name, worth];
        }),
      ),
  };
}

/** @param slopes of the program at several shifts. */
export const worthBetween =
  (slopes: readonly Map<string, number>[]): WorthOf =>
  (grid, slot, bus) => {
    const worths = slopes.map((own) => own.get(key(grid, bus, slot))!);
    return { least: Math.min(...worths), most: Math.max(...worths) };
  };
