/** What column-and-constraint generation asks of a solver. Each answers null when cancelled, or out of time with nothing to show. */
import type { Basis } from '../../program/basis.ts';
import type { LinearProgram } from '../../program/program.ts';

export interface BoundedSolution {
  columns: Float64Array;
  objective: number;
  /** Proven lower bound of the minimum. */
  bound: number;
}

export interface LinearSolution {
  objective: number;
  columns: Float64Array;
  rowDuals: Float64Array;
  basis: Basis | null;
}

export interface TwoStageSolver {
  /** A mixed-integer program, to the gap wanted. */
  solve(program: LinearProgram): Promise<BoundedSolution | null>;
  /** A linear program, from a basis of one of the same shape. */
  linear(program: LinearProgram, from: Basis | null): Promise<LinearSolution | null>;
}
