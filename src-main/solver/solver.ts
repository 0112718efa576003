/**
 * What the rest of the product knows of a solver: rows and columns in, an outcome out. No device is known here.
 * Outcomes are values and are switched exhaustively; only a bug throws.
 */
import type { CancelSignal } from '../base/cancel.ts';
import type { Basis } from '../program/basis.ts';
import type { LinearProgram } from '../program/program.ts';

export interface SolveProgress {
  phase: 'presolve' | 'linear' | 'search' | 'explain';
  elapsedSeconds: number;
  /** Objective of the best solution so far; NaN while there is none. */
  incumbent: number;
  /** Proven lower bound; NaN while there is none. */
  bound: number;
  /** (incumbent − bound) / max(1e-9, |incumbent|); NaN while unknown. */
  gap: number;
  iterations: number;
}

export interface SolveOptions {
  timeLimitSeconds: number;
  /** Stop when the proven relative gap is at most this. */
  relativeGap: number;
  /**
   * 'simplex' for small and warm programs, 'interior' (no crossover wanted) for large cold ones, 'crossover' for those of them whose solution is to be a
   * vertex.
   */
  method: 'choose' | 'simplex' | 'interior' | 'crossover';
  seed: number;
  /** 'off': numbers as they are, for linear programs whose rows and columns are of like size; 'choose' when absent. */
  scaling?: 'choose' | 'off';
  /**
   * Of a linear program without cones: begin at this basis, where there is one, and bring back that of the solution. 'primal' where columns are
   * new and what stood still holds, 'dual' where bounds or rows are.
   */
  warm?: { from: Basis | null; by: 'primal' | 'dual' };
  /** Search for the smallest conflicting group of rows when the program is infeasible. */
  explainInfeasibility: 'rows' | 'no';
  onProgress?: (progress: SolveProgress) => void;
  /** Give up: answered within a second, with the best solution so far if there is one. */
  signal?: CancelSignal;
  /** Stop and keep the best: as `signal` once there is a solution; before the first one the search goes on until it has it. */
  stopSignal?: CancelSignal;
}

export const defaultSolveOptions: SolveOptions = {
  timeLimitSeconds: 600,
  relativeGap: 1e-6,
  method: 'choose',
  seed: 1,
  explainInfeasibility: 'rows',
};

export interface Solution {
  objective: number;
  /** Value per column. */
  columns: Float64Array;
  /** Activity per row. */
  rows: Float64Array;
  /** Dual per row (linear programs only; length 0 otherwise): change of the objective per unit of right-hand side. */
  rowDuals: Float64Array;
  /** Only where `warm` asks for it. */
  basis?: Basis;
}

/** How the cones of a program were met by tangents. */
export interface ConeStatistics {
  rounds: number;
  tangents: number;
  /** Largest ‖e(x)‖ − b(x) left in the solution. */
  largestViolation: number;
}

export interface SolveStatistics {
  solver: string;
  seconds: number;
  iterations: number;
  nodes: number;
  /** Only of a program with cones. */
  cones?: ConeStatistics;
}

export type SolveOutcome =
  | { kind: 'optimal'; solution: Solution; bound: number; gap: number; statistics: SolveStatistics }
  /** Stopped early (time, cancel with an incumbent): the best solution found and its proven gap (NaN where nothing is proven). */
  | {
      kind: 'feasible';
      why: 'time-limit' | 'cancelled';
      solution: Solution;
      bound: number;
      gap: number;
      statistics: SolveStatistics;
    }
  /** `conflict`: names of rows and column bounds that cannot hold together; empty when not asked for or not found in time. */
  | { kind: 'infeasible'; conflict: string[]; statistics: SolveStatistics }
  | { kind: 'unbounded'; statistics: SolveStatistics }
  | { kind: 'cancelled'; statistics: SolveStatistics }
  | { kind: 'failed'; problem: string; statistics: SolveStatistics };

export interface Solver {
  /** Name and version, for provenance: "HiGHS 1.15.1 (WebAssembly)". */
  readonly version: string;
  solve(program: LinearProgram, options: SolveOptions): Promise<SolveOutcome>;
  /**
   * Solves programs of one shape one after the other, each warm-started from the basis of the one before; the limits of
   * `options` hold for each of them. With method 'interior' the first is solved so (with crossover), the others by simplex.
   * `onOutcome` is called as each is done; a cancel keeps what is done and fills the rest with `cancelled`.
   */
  solveSequence(
    programs: readonly LinearProgram[],
    options: SolveOptions,
    onOutcome?: (index: number, outcome: SolveOutcome) => void,
  ): Promise<SolveOutcome[]>;
  dispose(): Promise<void>;
}
