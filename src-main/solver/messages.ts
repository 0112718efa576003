/** What travels between the pool and a solver thread. Names stay behind: a solver needs none, and they are slow to copy. */
import type { LinearProgram } from '../program/program.ts';
import type { SolveOptions, SolveOutcome, SolveProgress } from './solver.ts';

export type BareProgram = Omit<LinearProgram, 'columnNames' | 'rowNames'>;
export type TaskOptions = Omit<SolveOptions, 'onProgress' | 'signal' | 'stopSignal'>;

/** Rows and column bounds that cannot hold together, by index. */
export interface ConflictIndices {
  rows: number[];
  columns: number[];
}

export type ThreadOutcome =
  | Exclude<SolveOutcome, { kind: 'infeasible' }>
  | (Omit<Extract<SolveOutcome, { kind: 'infeasible' }>, 'conflict'> & { conflict: ConflictIndices });

export interface Incumbent {
  columns: Float64Array;
  objective: number;
  bound: number;
}

/** Wishes the pool writes into the shared flag of a task and the interrupt callbacks read. */
export const wishes = { goOn: 0, cancel: 1, keepBest: 2 } as const;

export interface Task {
  job: number;
  /** Solved one after the other; `index` in the replies counts from here. */
  programs: BareProgram[];
  options: TaskOptions;
  /** One Int32 with a value of `wishes`. */
  flag: SharedArrayBuffer;
}

export type Reply =
  | { kind: 'started'; job: number; index: number }
  | { kind: 'progress'; job: number; index: number; progress: SolveProgress }
  | { kind: 'incumbent'; job: number; index: number; incumbent: Incumbent }
  | { kind: 'outcome'; job: number; index: number; outcome: ThreadOutcome }
  | { kind: 'done'; job: number }
  /** The thread's solver can no longer be trusted; it must be replaced. */
  | { kind: 'broken'; job: number; problem: string };

/** Longest time spent on naming a conflict. */
export const explainLimitSeconds = (options: TaskOptions): number => Math.min(10, options.timeLimitSeconds);

/** (incumbent − bound) / max(1e-9, |incumbent|), never negative; NaN while either is unknown. */
export function relativeGap(incumbent: number, bound: number): number {
  const gap = (incumbent - bound) / Math.max(1e-9, Math.abs(incumbent));
  return Number.isFinite(gap) ? Math.max(0, gap) : NaN;
}

/** First line of whatever was thrown, short: a WebAssembly failure may carry the whole minified source. */
export function shortProblem(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return (text.split('\n', 1)[0] ?? '').slice(0, 300);
}
