/**
 * One request to the pool: programs, wishes, what came back so far, and the clock that decides when a thread has been silent
 * for too long. The pool starts it on a thread; the job answers for every program exactly once, whatever happens to the thread.
 */
import type { LinearProgram } from '../program/program.ts';
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
const longestTimerMs = 2 ** 31 - 1;

export class SolveJob {
  readonly id: number;
  readonly #programs: readonly LinearProgram[];
  readonly #options: SolveOptions;
  readonly #solver: string;
  readonly #graceMs: number;
  readonly #onOutcome: (index: number, outcome: SolveOutcome) => void;
  readonly #settle: (outcomes: SolveOutcome[]) => void;
  readonly #outcomes: SolveOutcome[] = [];
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  readonly #forget: (() => void)[] = [];
  #incumbent: Incumbent | null = null;
  #bound = NaN;
  #phase: SolveProgress['phase'] = 'presolve';
  #startedAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #timerEnds = Infinity;
  #onSilence: (() => void) | null = null;

  constructor(
    id: number,
    programs: readonly LinearProgram[],
    options: SolveOptions,
    solver: string,
    graceSeconds: number,
    onOutcome: (index: number, outcome: SolveOutcome) => void,
    settle: (outcomes: SolveOutcome[]) => void,
  ) {
    this.id = id;
    this.#programs = programs;
    this.#options = options;
    this.#solver = solver;
    this.#graceMs = graceSeconds * 1000;
    this.#onOutcome = onOutcome;
    this.#settle = settle;
  }

  get settled(): boolean {
    return this.#outcomes.length === this.#programs.length;
  }

  /** Listens to the caller's signals; `onCancel` lets the pool drop a job that has no thread yet. */
  listen(onCancel: () => void): void {
    const { signal, stopSignal } = this.#options;
    const stop = stopSignal?.onCancel(() => this.#wish(wishes.keepBest));
    const cancel = signal?.onCancel(() => {
      this.#wish(wishes.cancel);
      onCancel();
    });
    for (const forget of [stop, cancel]) if (forget) this.#forget.push(forget);
  }

  /** What a thread must still do. `onSilence` is called when the thread has not answered in time and must be killed. */
  begin(onSilence: () => void): Task {
    this.#onSilence = onSilence;
    this.#startedAt = performance.now();
    this.#expectAnswerWithin(handOverLimitMs);
    const programs = this.#programs
      .slice(this.#outcomes.length)
      .map(({ columnNames: _columns, rowNames: _rows, ...bare }): BareProgram => bare);
    return { job: this.id, programs, options: this.#taskOptions(), flag: this.#flag.buffer as SharedArrayBuffer };
  }

  take(reply: Exclude<Reply, { kind: 'done' | 'broken' }>): void {
    switch (reply.kind) {
      case 'started':
        this.#incumbent = null;
        this.#bound = NaN;
        this.#phase = 'presolve';
        this.#startedAt = performance.now();
        this.#expectAnswerWithin(this.#options.timeLimitSeconds * 1000 + this.#graceMs);
        break;
      case 'progress':
        this.#takeProgress(reply.progress);
        break;
      case 'incumbent':
        this.#incumbent = reply.incumbent;
        if (Atomics.load(this.#flag, 0) === wishes.keepBest) this.#hurry();
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
    const statistics = this.#statistics();
    const cancelled = Atomics.load(this.#flag, 0) !== wishes.goOn;
    if (this.#phase === 'explain') this.#record({ kind: 'infeasible', conflict: [], statistics });
    else if (this.#incumbent !== null)
      this.#record(this.#bestSoFar(this.#incumbent, cancelled ? 'cancelled' : 'time-limit'));
    else if (cancelled) this.#record({ kind: 'cancelled', statistics });
    else
      this.#record({
        kind: 'failed',
        problem: `no answer within the time limit of ${this.#options.timeLimitSeconds} s; the solver was stopped`,
        statistics,
      });
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
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#timerEnds = Infinity;
    this.#onSilence = null;
  }

  #takeProgress(progress: SolveProgress): void {
    if (progress.phase === 'explain')
      this.#expectAnswerWithin(explainLimitSeconds(this.#taskOptions()) * 1000 + this.#graceMs);
    this.#phase = progress.phase;
    if (Number.isFinite(progress.bound)) this.#bound = progress.bound;
    this.#options.onProgress?.(progress);
  }

  #wish(wish: number): void {
    if (Atomics.load(this.#flag, 0) === wishes.cancel) return;
    Atomics.store(this.#flag, 0, wish);
    if (wish === wishes.cancel || this.#incumbent !== null) this.#hurry();
  }

  #hurry(): void {
    if (this.#onSilence !== null) this.#arm(Math.min(this.#timerEnds, this.#answerDue()));
  }

  #answerDue(): number {
    const linear = this.#programs[this.#outcomes.length]?.integrality.length === 0;
    return performance.now() + (linear ? linearAnswerLimitMs : answerLimitMs);
  }

  #expectAnswerWithin(milliseconds: number): void {
    const hurried = Atomics.load(this.#flag, 0) === wishes.cancel;
    this.#arm(hurried ? Math.min(this.#timerEnds, this.#answerDue()) : performance.now() + milliseconds);
  }

  #arm(endsAt: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#timerEnds = endsAt;
    const wait = endsAt - performance.now();
    if (wait < longestTimerMs) this.#timer = setTimeout(() => this.#onSilence?.(), Math.max(0, wait));
  }

  #record(outcome: SolveOutcome): void {
    const index = this.#outcomes.push(outcome) - 1;
    this.#incumbent = null;
    this.#onOutcome(index, outcome);
    if (!this.settled) return;
    for (const forget of this.#forget) forget();
    this.#settle(this.#outcomes);
  }

  #named(outcome: ThreadOutcome): SolveOutcome {
    if (outcome.kind !== 'infeasible') return outcome;
    const { rowNames, columnNames } = this.#programs[this.#outcomes.length]!;
    const rows = outcome.conflict.rows.map((row) => rowNames[row]!);
    const columns = outcome.conflict.columns.map((column) => `bound of ${columnNames[column]!}`);
    return { ...outcome, conflict: [...rows, ...columns] };
  }

  #bestSoFar({ columns, objective, bound }: Incumbent, why: 'time-limit' | 'cancelled'): SolveOutcome {
    const program = this.#programs[this.#outcomes.length]!;
    const proven = Math.max(...[bound, this.#bound].filter((value) => Number.isFinite(value)));
    const best = Number.isFinite(proven) ? proven : NaN;
    const solution = { objective, columns, rows: activities(program, columns), rowDuals: new Float64Array(0) };
    return {
      kind: 'feasible',
      why,
      solution,
      bound: best,
      gap: relativeGap(objective, best),
      statistics: this.#statistics(),
    };
  }

  #statistics(): SolveStatistics {
    const seconds = this.#startedAt === 0 ? 0 : (performance.now() - this.#startedAt) / 1000;
    return { solver: this.#solver, seconds, iterations: 0, nodes: 0 };
  }

  #taskOptions(): TaskOptions {
    const { timeLimitSeconds, relativeGap: gap, method, seed, explainInfeasibility } = this.#options;
    return { timeLimitSeconds, relativeGap: gap, method, seed, explainInfeasibility };
  }
}

function activities(program: LinearProgram, columns: Float64Array): Float64Array {
  const rows = new Float64Array(program.rowCount);
  for (let column = 0; column < program.columnCount; column++)
    for (let at = program.starts[column]!; at < program.starts[column + 1]!; at++)
      rows[program.indices[at]!]! += program.values[at]! * columns[column]!;
  return rows;
}
