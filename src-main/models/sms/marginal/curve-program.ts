/** All grids at given net powers of the trucks, one program: it separates by grid and slot where no ramp ties slots together. */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../../program/program.ts';
import { hasOneConnectionEach } from '../connections.ts';
import { addGrid } from '../grid.ts';
import type { GridDispatch } from '../plan.ts';
import type { SmsProblem } from '../problem.ts';
import type { CurvePoint } from './curve-explorer.ts';

export const isSeparable = (problem: SmsProblem): boolean =>
  problem.grids.every(({ generatorRampMw }) => generatorRampMw === null);

/** Whether a grid's cost depends on other grids only by what trucks do, and on these only by their net power there. */
export const paysByNetPower = (problem: SmsProblem): boolean =>
  hasOneConnectionEach(problem) && problem.reserveSharing === undefined;

export interface CurveProgram {
  /** At given net powers [grid][slot]: only bounds of columns differ. */
  at: (netMw: readonly number[][]) => LinearProgram;
  /** [grid][slot]; the slope is the reduced cost of the fixed power. */
  read: (netMw: readonly number[][], columns: Float64Array, rowDuals: Float64Array) => CurvePoint[][];
  dispatch: (columns: Float64Array) => Omit<GridDispatch, 'active'>[];
}

export function buildCurveProgram(problem: SmsProblem): CurveProgram {
  const builder = new ProgramBuilder(`${problem.name}: cost curves`);
  const fixed = problem.grids.map((_, g) =>
    Array.from({ length: problem.slots }, (__, slot): Column => {
      return builder.addColumn({ name: `net power at grid ${g}, slot ${slot}`, lower: 0, upper: 0 });
    }),
  );
  const truckSupply = (g: number, slot: number): Term[] => [[fixed[g]![slot]!, 1]];
  const grids = problem.grids.map((_, g) => addGrid({ program: builder, problem, costWeight: 1, truckSupply }, g));
  const program = builder.compile();
  return {
    at: (netMw) => {
      const [columnLower, columnUpper] = [program.columnLower.slice(), program.columnUpper.slice()];
      fixed.forEach((slots, g) =>
        slots.forEach((column, slot) => (columnLower[column] = columnUpper[column] = netMw[g]![slot]!)),
      );
      return { ...program, columnLower, columnUpper };
    },
    read: (netMw, columns, rowDuals) =>
      grids.map(({ costBySlot }, g) =>
        costBySlot.map((terms, slot) => ({
          netMw: netMw[g]![slot]!,
          costUsd: terms.reduce((sum, [column, usd]) => sum + usd * columns[column]!, 0),
          slope: -columnWorth(program, fixed[g]![slot]!, rowDuals),
        })),
      ),
    dispatch: (columns) => grids.map((grid) => grid.read((column) => columns[column]!)),
  };
}

/** What the rows' duals give for one unit of a column. */
function columnWorth({ starts, indices, values }: LinearProgram, column: Column, rowDuals: Float64Array): number {
  let worth = 0;
  for (let at = starts[column]!; at < starts[column + 1]!; at++) worth += values[at]! * rowDuals[indices[at]!]!;
  return worth;
}

/** Power of the strongest truck, of the two strongest, … as many as find a place at the grid [grid][trucks − 1]. */
export function reachesMw(problem: SmsProblem): number[][] {
  const powers = problem.trucks.map(({ powerMw }) => powerMw).toSorted((a, b) => b - a);
  return problem.grids.map((_, g) => {
    const places = placesAt(problem, g);
    return powers.slice(0, places).map((__, j) => powers.slice(0, j + 1).reduce((sum, mw) => sum + mw, 0));
  });
}

/** Trucks that find a place at the grid. */
export const placesAt = (problem: SmsProblem, grid: number): number =>
  problem.terminals.reduce(
    (sum, terminal) => sum + (terminal.kind === 'station' && terminal.grid === grid ? terminal.truckCapacity : 0),
    0,
  );
