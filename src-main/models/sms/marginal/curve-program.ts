/** All grids at given net powers of the trucks, one program: it separates by grid and slot where no ramp ties slots together. */
import { ProgramBuilder, type LinearProgram } from '../../../program/program.ts';
import { addGrid, balanceName } from '../grid.ts';
import type { SmsProblem } from '../problem.ts';
import type { CurvePoint } from './curve-explorer.ts';

export const isSeparable = (problem: SmsProblem): boolean =>
  problem.grids.every(({ generatorRampMw }) => generatorRampMw === null);

export interface CurveProgram {
  program: LinearProgram;
  /** [grid][slot]; the slope is minus the dual of the balance. */
  read: (columns: Float64Array, rowDuals: Float64Array) => CurvePoint[][];
}

export function buildCurveProgram(problem: SmsProblem, netMw: readonly number[][]): CurveProgram {
  const builder = new ProgramBuilder(`${problem.name}: cost curves`);
  const grids = problem.grids.map((grid, g) => ({
    ...grid,
    loadMw: grid.loadMw.map((load, slot) => load - netMw[g]![slot]!),
  }));
  const stage = { program: builder, problem: { ...problem, grids }, costWeight: 1, truckSupply: () => [] };
  const costs = grids.map((_, g) => addGrid(stage, g).costBySlot);
  const program = builder.compile();
  const rowOf = new Map(program.rowNames.map((name, row) => [name, row]));
  return {
    program,
    read: (columns, rowDuals) =>
      grids.map((grid, g) =>
        costs[g]!.map((terms, slot) => ({
          netMw: netMw[g]![slot]!,
          costUsd: terms.reduce((sum, [column, usd]) => sum + usd * columns[column]!, 0),
          slope: -rowDuals[rowOf.get(balanceName(grid, slot))!]!,
        })),
      ),
  };
}

/** Power of the strongest truck, of the two strongest, … as many as find a place at the grid [grid][trucks − 1]. */
export function reachesMw(problem: SmsProblem): number[][] {
  const powers = problem.trucks.map(({ powerMw }) => powerMw).toSorted((a, b) => b - a);
  return problem.grids.map((_, g) => {
    const places = problem.terminals.reduce(
      (sum, terminal) => sum + (terminal.kind === 'station' && terminal.grid === g ? terminal.truckCapacity : 0),
      0,
    );
    return powers.slice(0, places).map((__, j) => powers.slice(0, j + 1).reduce((sum, mw) => sum + mw, 0));
  });
}
