/**
 * Solver threads behind the `Solver` interface: started when first needed, kept warm, replaced when they hang or break.
 * HiGHS blocks its thread, so a wish to stop travels through shared memory; a thread that does not heed it is killed.
 */
import { Worker } from 'node:worker_threads';
import { silentLog, type Log } from '../base/log.ts';
import type { LinearProgram } from '../program/program.ts';
import { highsVersion } from './highs-version.ts';
import { SolveJob } from './job.ts';
import { shortProblem, type Reply } from './messages.ts';
import type { SolveOptions, SolveOutcome, Solver } from './solver.ts';

export interface SolverPoolOptions {
  /** The worker entry: worker.ts in the source tree, its bundle in a build. */
  workerUrl: URL;
  /** Most threads at a time; default: one less than the processors, 1 to 4. */
  size?: number;
  /** A thread silent for this long beyond the solver's own time limit is killed; default 2. */
  graceSeconds?: number;
  /** A thread without work is closed after this, because a large solve leaves it large; default 60. */
  idleSeconds?: number;
  log?: Log;
}

/** The caller disposes the pool; idle threads alone do not keep the process alive. */
export function createSolverPool(options: SolverPoolOptions): Solver {
  return new SolverPool(options);
}

interface Thread {
  worker: Worker;
  job: SolveJob | null;
  /** Runs while there is nothing to do. */
  idle: NodeJS.Timeout | null;
}

const defaultSize = (): number => Math.min(4, Math.max(1, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1));

class SolverPool implements Solver {
  readonly version = highsVersion;
  readonly #workerUrl: URL;
  readonly #size: number;
  readonly #graceSeconds: number;
  readonly #idleSeconds: number;
  readonly #log: Log;
  readonly #threads = new Set<Thread>();
  #queue: SolveJob[] = [];
  #lastJob = 0;
  #disposed = false;

  constructor({
    workerUrl,
    size = defaultSize(),
    graceSeconds = 2,
    idleSeconds = 60,
    log = silentLog,
  }: SolverPoolOptions) {
    this.#workerUrl = workerUrl;
    this.#size = size;
    this.#graceSeconds = graceSeconds;
    this.#idleSeconds = idleSeconds;
    this.#log = log;
  }

  async solve(program: LinearProgram, options: SolveOptions): Promise<SolveOutcome> {
    const [outcome] = await this.solveSequence([program], options);
    return outcome!;
  }

  solveSequence(
    programs: readonly LinearProgram[],
    options: SolveOptions,
    onOutcome: (index: number, outcome: SolveOutcome) => void = () => undefined,
  ): Promise<SolveOutcome[]> {
    if (this.#disposed) return Promise.reject(new Error('the solver pool has been disposed'));
    if (programs.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const job = new SolveJob({
        id: ++this.#lastJob,
        programs,
        options,
        solver: this.version,
        graceSeconds: this.#graceSeconds,
        onOutcome,
        resolve,
        reject,
      });
      this.#queue.push(job);
      job.listen(() => this.#dropQueued(job));
      this.#dispatch();
    });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const open = [...this.#queue, ...[...this.#threads].flatMap(({ job }) => job ?? [])];
    const closing = [...this.#threads].map((thread) => this.#close(thread));
    this.#queue = [];
    for (const job of open) job.cancelRest();
    await Promise.all(closing);
  }

  #dropQueued(job: SolveJob): void {
    if (!this.#queue.includes(job)) return;
    this.#queue = this.#queue.filter((other) => other !== job);
    job.cancelRest();
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = [...this.#threads].find(({ job }) => job === null) ?? this.#open();
      if (thread === null) return;
      const job = this.#queue.shift()!;
      thread.job = job;
      if (thread.idle !== null) clearTimeout(thread.idle);
      thread.worker.ref();
      thread.worker.postMessage(job.begin(() => this.#killSilent(thread, job)));
    }
  }

  #open(): Thread | null {
    if (this.#threads.size >= this.#size) return null;
    const thread: Thread = { worker: new Worker(this.#workerUrl), job: null, idle: null };
    this.#threads.add(thread);
    thread.worker.on('message', (reply: Reply) => this.#take(thread, reply));
    thread.worker.on('messageerror', (error) => this.#lose(thread, shortProblem(error)));
    thread.worker.on('error', (error) => this.#lose(thread, shortProblem(error)));
    thread.worker.on('exit', (code) => this.#lose(thread, `the solver thread ended with code ${code}`));
    return thread;
  }

  #take(thread: Thread, reply: Reply): void {
    const { job } = thread;
    // A reply of a job that was answered for already, or of a thread that is being closed.
    if (job === null || reply.job !== job.id || !this.#threads.has(thread)) return;
    switch (reply.kind) {
      case 'broken':
        this.#lose(thread, reply.problem);
        break;
      case 'done':
        job.forgetThread();
        thread.job = null;
        this.#rest(thread);
        this.#dispatch();
        break;
      default:
        job.take(reply);
    }
  }

  #rest(thread: Thread): void {
    thread.worker.unref();
    thread.idle = setTimeout(() => {
      this.#log.debug('An idle solver thread was closed');
      void this.#close(thread);
    }, this.#idleSeconds * 1000);
    thread.idle.unref();
  }

  #killSilent(thread: Thread, job: SolveJob): void {
    this.#log.warn('A solver thread did not answer in time and was replaced', { job: job.id });
    void this.#close(thread);
    job.answerForSilence();
    if (!job.settled) this.#queue.unshift(job);
    this.#dispatch();
  }

  /** The thread died or can no longer be trusted. */
  #lose(thread: Thread, problem: string): void {
    if (!this.#threads.has(thread)) return;
    const { job } = thread;
    this.#log.error('A solver thread was lost', { problem });
    void this.#close(thread);
    job?.failRest(problem);
    this.#dispatch();
  }

  async #close(thread: Thread): Promise<void> {
    this.#threads.delete(thread);
    thread.job = null;
    if (thread.idle !== null) clearTimeout(thread.idle);
    await thread.worker.terminate();
  }
}
