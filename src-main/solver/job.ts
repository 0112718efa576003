/**
 * One request to the pool: programs, wishes, what came back so far, and the clock that decides when a thread has been silent
 * for too long. The pool starts it on a thread; the job answers for every program exactly once, whatever happens to the thread.
 */
import type { LinearProgram } from '../program/program.ts';
import { AnswerClock } from './answer-clock.ts';
import {
  explainLimitSeconds,
  relativeGap,
  wishes,
  type BareProgram,
  type Incumbent,
  type Reply,
  type Task,
  type TaskOptions,
  type ThreadOutcome,
} from './messages.ts';
import type { SolveOptions, SolveOutcome, SolveProgress, SolveStatistics } from './solver.ts';

/** A thread must answer a wish to stop within this. */
const answerLimitMs = 1000;
/** The same for a linear program: it has no solution to bring back, and a small one does not listen. */
const linearAnswerLimitMs = 100;
/** Allowed for starting a thread, handing over a program or bringing back an answer. */
const handOverLimitMs = 30_000;

export interface JobRequest {
  id: number;
  programs: readonly LinearProgram[];
  options: SolveOptions;
  /** For the statistics of answers that no thread gave. */
  solver: string;
  /** Allowed beyond the solver's own time limit. */
  graceSeconds: number;
  onOutcome: (index: number, outcome: SolveOutcome) => void;
  resolve: (outcomes: SolveOutcome[]) => void;
  /** Receives what a callback of the caller threw. */
  reject: (thrown: unknown) => void;
}

export class SolveJob {
  readonly #request: JobRequest;
  readonly #outcomes: SolveOutcome[] = [];
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  readonly #forget: (() => void)[] = [];
  #clock: AnswerClock | null = null;
  #incumbent: Incumbent | null = null;
  #bound = NaN;
  #phase: SolveProgress['phase'] = 'presolve';
  #startedAt = 0;
  #callerError: { thrown: unknown } | null = null;

  constructor(request: JobRequest) {
    this.#request = request;
  }

  get id(): number {
    return this.#request.id;
  }
  get settled(): boolean {
    return this.#outcomes.length === this.#request.programs.length;
  }

  /** Listens to the caller's signals; `onCancel` lets the pool drop a job that has no thread yet. */
  listen(onCancel: () => void): void {
    const { signal, stopSignal } = this.#request.options;
    const stop = stopSignal?.onCancel(() => this.#wish(wishes.keepBest));
    const cancel = signal?.onCancel(() => {
      this.#wish(wishes.cancel);
      onCancel();
    });
    for (const forget of [stop, cancel]) if (forget) this.#forget.push(forget);
  }

  /** What a thread must still do. `onSilence` is called when the thread has not answered in time and must be killed. */
  begin(onSilence: () => void): Task {
    this.#clock = new AnswerClock(onSilence);
    this.#startedAt = performance.now();
    this.#expectAnswerWithin(handOverLimitMs);
    const programs = this.#request.programs
      .slice(this.#outcomes.length)
      .map(({ columnNames: _columns, rowNames: _rows, ...bare }): BareProgram => bare);
    return { job: this.id, programs, options: this.#taskOptions(), flag: this.#flag.buffer as SharedArrayBuffer };
  }

  take(reply: Exclude<Reply, { kind: 'done' | 'broken' }>): void {
    switch (reply.kind) {
      case 'started':
        this.#startedAt = performance.now();
        this.#expectAnswerWithin((this.#request.options.timeLimitSeconds + this.#request.graceSeconds) * 1000);
        break;
      case 'progress':
        this.#takeProgress(reply.progress);
        break;
      case 'incumbent':
        this.#incumbent = reply.incumbent;
        if (this.#wished === wishes.keepBest) this.#hurry();
        break;
      case 'outcome':
        this.#expectAnswerWithin(handOverLimitMs);
        this.#record(this.#named(reply.outcome));
        break;
    }
  }

  /** The thread was killed: answers for the program it was at with the best it had shipped. */
  answerForSilence(): void {
    this.forgetThread();
    if (this.settled) return;
    const cancelled = this.#wished !== wishes.goOn;
    this.#record(this.#answerWithoutThread(cancelled));
    if (cancelled) this.cancelRest();
  }

  cancelRest(): void {
    this.forgetThread();
    while (!this.settled) this.#record({ kind: 'cancelled', statistics: this.#statistics() });
  }

  failRest(problem: string): void {
    this.forgetThread();
    while (!this.settled) this.#record({ kind: 'failed', problem, statistics: this.#statistics() });
  }

  /** The thread is done with this job, or gone. */
  forgetThread(): void {
    this.#clock?.stop();
    this.#clock = null;
  }

  #takeProgress(progress: SolveProgress): void {
    this.#phase = progress.phase;
    if (progress.phase === 'explain')
      this.#expectAnswerWithin((explainLimitSeconds(this.#taskOptions()) + this.#request.graceSeconds) * 1000);
    if (Number.isFinite(progress.bound)) this.#bound = progress.bound;
    this.#tell(() => this.#request.options.onProgress?.(progress));
  }

  get #wished(): number {
    return Atomics.load(this.#flag, 0);
  }

  #wish(wish: number): void {
    if (this.#wished === wishes.cancel) return;
    Atomics.store(this.#flag, 0, wish);
    if (wish === wishes.cancel || this.#incumbent !== null) this.#hurry();
  }

  #hurry(): void {
    const linear = this.#request.programs[this.#outcomes.length]?.integrality.length === 0;
    this.#clock?.hurry(linear ? linearAnswerLimitMs : answerLimitMs);
  }

  #expectAnswerWithin(milliseconds: number): void {
    if (this.#wished === wishes.cancel) this.#hurry();
    else this.#clock?.expectWithin(milliseconds);
  }

  #record(outcome: SolveOutcome): void {
    const index = this.#outcomes.push(outcome) - 1;
    this.#incumbent = null;
    this.#bound = NaN;
    this.#phase = 'presolve';
    this.#tell(() => this.#request.onOutcome(index, outcome));
    if (!this.settled) return;
    for (const forget of this.#forget) forget();
    if (this.#callerError === null) this.#request.resolve(this.#outcomes);
    else this.#request.reject(this.#callerError.thrown);
  }

  /** An error in the caller's callback ends the job and reaches the caller through the promise. */
  #tell(callback: () => void): void {
    try {
      callback();
    } catch (thrown) {
      this.#callerError ??= { thrown };
      this.#wish(wishes.cancel);
    }
  }

  #named(outcome: ThreadOutcome): SolveOutcome {
    if (outcome.kind !== 'infeasible') return outcome;
    const { rowNames, columnNames } = this.#request.programs[this.#outcomes.length]!;
    const rows = outcome.conflict.rows.map((row) => rowNames[row]!);
    const columns = outcome.conflict.columns.map((column) => `bound of ${columnNames[column]!}`);
    return { ...outcome, conflict: [...rows, ...columns] };
  }

  #answerWithoutThread(cancelled: boolean): SolveOutcome {
    const statistics = this.#statistics();
    if (this.#phase === 'explain') return { kind: 'infeasible', conflict: [], statistics };
    if (this.#incumbent !== null) return this.#bestSoFar(this.#incumbent, cancelled ? 'cancelled' : 'time-limit');
    if (cancelled) return { kind: 'cancelled', statistics };
    const { timeLimitSeconds } = this.#request.options;
    const problem = `no answer within the time limit of ${timeLimitSeconds} s; the solver was stopped`;
    return { kind: 'failed', problem, statistics };
  }

  #bestSoFar({ columns, objective, bound }: Incumbent, why: 'time-limit' | 'cancelled'): SolveOutcome {
    const program = this.#request.programs[this.#outcomes.length]!;
    const proven = Math.max(...[bound, this.#bound].filter((value) => Number.isFinite(value)));
    const best = Number.isFinite(proven) ? proven : NaN;
    const solution = { objective, columns, rows: activities(program, columns), rowDuals: new Float64Array(0) };
    const gap = relativeGap(objective, best);
    return { kind: 'feasible', why, solution, bound: best, gap, statistics: this.#statistics() };
  }

  #statistics(): SolveStatistics {
    const seconds = this.#startedAt === 0 ? 0 : (performance.now() - this.#startedAt) / 1000;
    return { solver: this.#request.solver, seconds, iterations: 0, nodes: 0 };
  }

  #taskOptions(): TaskOptions {
    const { onProgress: _onProgress, signal: _signal, stopSignal: _stopSignal, ...task } = this.#request.options;
    return task;
  }
}

function activities(program: LinearProgram, columns: Float64Array): Float64Array {
  const rows = new Float64Array(program.rowCount);
  for (let column = 0; column < program.columnCount; column++)
    for (let at = program.starts[column]!; at < program.starts[column + 1]!; at++)
      rows[program.indices[at]!]! += program.values[at]! * columns[column]!;
  return rows;
}
