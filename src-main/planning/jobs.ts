/**
 * Long work with a name, phases, progress and a way to stop it. The board is the single place the screens learn of it.
 * A job never throws out of the board: it ends as done, cancelled or failed, and says which.
 */
import { CancelSource, type CancelSignal } from '../base/cancel.ts';
import { Refusal, toErrorReport, type ErrorReport } from '../base/errors.ts';
import type { Clock, RunEnd } from './ports.ts';
import type { RunRecorder } from './run-recorder.ts';

export interface JobSpec {
  kind: 'plan' | 'draft' | 'sweep' | 'dial' | 'compare' | 'backtest' | 'import' | 'demo' | 'backup' | 'sms' | 'market';
  title: string;
  phases: string[];
  budgetSeconds: number | null;
}

/** Says what came of the work: what it made, by id or name, and a line of numbers. Both go into the record of runs. */
export type Conclude = (made: string | null, said: string) => void;

export interface JobState extends JobSpec {
  id: string;
  state: 'running' | 'cancelling' | 'done' | 'cancelled' | 'failed';
  phase: number;
  share: number | null;
  detail: string;
  startedAtMs: number;
  elapsedMs: number;
  result: unknown;
  error: ErrorReport | null;
}

/** What the work itself holds of its job. */
export interface JobHandle {
  readonly signal: CancelSignal;
  /** Fired by "use best so far": stop searching, keep the incumbent. */
  readonly stopSignal: CancelSignal;
  enterPhase(phase: number): void;
  report(share: number | null, detail: string): void;
}

interface Running {
  state: JobState;
  cancel: CancelSource;
  stop: CancelSource;
  lastSentMs: number;
  finished: Promise<JobState>;
  record: (end: RunEnd) => void;
  came: Pick<RunEnd, 'result' | 'said'>;
}

const reportEveryMs = 150;
const keptJobs = 30;

export class JobBoard {
  readonly #clock: Clock;
  readonly #onChange: (job: JobState) => void;
  readonly #jobs = new Map<string, Running>();
  readonly #recorder: RunRecorder;
  #count = 0;

  constructor(clock: Clock, onChange: (job: JobState) => void, recorder: RunRecorder) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#recorder = recorder;
  }

  /**
   * Starts the work at once and returns the job's id; `finished(id)` tells how it ended. `asked` is kept in the record of runs: the
   * options of the work as plain data.
   */
  start(
    { asked, ...spec }: JobSpec & { asked: unknown },
    work: (job: JobHandle, conclude: Conclude) => Promise<unknown>,
  ): string {
    const id = `job-${++this.#count}`;
    const cancel = new CancelSource();
    const stop = new CancelSource();
    const state: JobState = {
      ...spec,
      id,
      state: 'running',
      phase: 0,
      share: null,
      detail: '',
      startedAtMs: this.#clock.nowMs(),
      elapsedMs: 0,
      result: null,
      error: null,
    };
    const { kind, title } = spec;
    const came = { result: null as string | null, said: '' };
    const record = this.#recorder.begin({ kind, title, asked, startedAtMs: state.startedAtMs });
    const running: Running = {
      state,
      cancel,
      stop,
      lastSentMs: -Infinity,
      finished: Promise.resolve(state),
      record,
      came,
    };
    const handle: JobHandle = {
      signal: cancel,
      stopSignal: stop,
      enterPhase: (phase) => {
        Object.assign(state, { phase, share: null, detail: '' });
        this.#send(running, 'now');
      },
      report: (share, detail) => {
        Object.assign(state, { share, detail });
        this.#send(running, 'throttled');
      },
    };
    this.#jobs.set(id, running);
    this.#forgetOld();
    this.#send(running, 'now');
    // The answer with the job's id leaves before the work begins.
    const begun = this.#clock
      .nextTurn()
      .then(() => work(handle, (result, said) => Object.assign(came, { result, said })));
    running.finished = begun.then(
      (result) => this.#end(running, { state: 'done', result, error: null }),
      (thrown: unknown) => {
        const cancelled = thrown instanceof Refusal && thrown.code === 'cancelled';
        const error = toErrorReport(thrown);
        return this.#end(running, { state: cancelled ? 'cancelled' : 'failed', result: null, error });
      },
    );
    return id;
  }

  list(): JobState[] {
    return [...this.#jobs.values()].map((running) => this.#snapshot(running)).reverse();
  }

  /** @throws Refusal `not-found` for an unknown id. */
  finished(id: string): Promise<JobState> {
    return this.#find(id).finished;
  }

  cancel(id: string): void {
    const running = this.#find(id);
    if (running.state.state !== 'running') return;
    running.state.state = 'cancelling';
    this.#send(running, 'now');
    running.cancel.cancel();
  }

  useBest(id: string): void {
    const running = this.#find(id);
    if (running.state.state === 'running') running.stop.cancel();
  }

  async cancelAll(): Promise<void> {
    for (const running of this.#jobs.values()) this.cancel(running.state.id);
    await Promise.all([...this.#jobs.values()].map((running) => running.finished));
  }

  #find(id: string): Running {
    const running = this.#jobs.get(id);
    if (!running) throw new Refusal('not-found', { what: 'job', id });
    return running;
  }

  #end(running: Running, ending: Pick<JobState, 'result' | 'error'> & { state: RunEnd['outcome'] }): JobState {
    const { state, came, record } = running;
    Object.assign(state, { share: null }, ending);
    this.#send(running, 'now');
    const endedAtMs = state.startedAtMs + state.elapsedMs;
    record({ ...came, outcome: ending.state, error: ending.error, endedAtMs });
    return this.#snapshot(running);
  }

  #snapshot(running: Running): JobState {
    const live = running.state.state === 'running' || running.state.state === 'cancelling';
    if (live) running.state.elapsedMs = this.#clock.nowMs() - running.state.startedAtMs;
    return { ...running.state };
  }

  #send(running: Running, when: 'now' | 'throttled'): void {
    const now = this.#clock.nowMs();
    if (when === 'throttled' && now - running.lastSentMs < reportEveryMs) return;
    running.lastSentMs = now;
    running.state.elapsedMs = now - running.state.startedAtMs;
    this.#onChange({ ...running.state });
  }

  #forgetOld(): void {
    for (const [id, { state }] of this.#jobs) {
      if (this.#jobs.size <= keptJobs) return;
      if (state.state !== 'running' && state.state !== 'cancelling') this.#jobs.delete(id);
    }
  }
}
