import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Reply } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { JobPayload } from '../../src-main/contract/desk.ts';
import type { RunPayload } from '../../src-main/contract/runs.ts';

const keptJobs = 50;
/** How many recorded runs are read: the last ones, for a glance. */
const readRuns = 8;

export const isLive = (job: JobPayload): boolean => job.state === 'running' || job.state === 'cancelling';

/** Long work in the core: what runs, what ran before, and the ways to stop it. Newest first. */
export class JobsStore {
  list = $state.raw<JobPayload[]>([]);
  /** The last runs in the record that have ended, of this session and before; null until they were read. */
  recorded = $state.raw<RunPayload[] | null>(null);
  readonly #client: Client;
  readonly #waiting = new Map<string, ((job: JobPayload) => void)[]>();

  constructor(client: Client) {
    this.#client = client;
  }

  get running(): JobPayload[] {
    return this.list.filter(isLive);
  }
  /** The job Ctrl+. cancels: the newest that runs. */
  get foremost(): JobPayload | null {
    return this.running[0] ?? null;
  }
  runningOf(kind: JobPayload['kind']): JobPayload | null {
    return this.running.find((job) => job.kind === kind) ?? null;
  }
  byId(jobId: string | null): JobPayload | null {
    return this.list.find((job) => job.id === jobId) ?? null;
  }

  start(): () => void {
    const stop = this.#client.on('job', (job) => this.#take(job));
    void this.#client.call('jobs.list', {}).then((reply) => {
      if (reply.ok) for (const job of reply.value.toSorted((a, b) => a.startedAtMs - b.startedAtMs)) this.#take(job);
    });
    void this.#readRuns();
    const stopRuns = this.#client.on('changed', ({ what }) => {
      if (what === 'runs') void this.#readRuns();
    });
    return () => {
      stop();
      stopRuns();
    };
  }

  /** Resolves when the job has ended, however it ended. */
  whenDone(jobId: string): Promise<JobPayload> {
    const known = this.byId(jobId);
    if (known && !isLive(known)) return Promise.resolve(known);
    return new Promise((resolve) => {
      this.#waiting.set(jobId, [...(this.#waiting.get(jobId) ?? []), resolve]);
    });
  }

  /** Hears of every job of a kind that ends, whoever started it; returns what stops that. */
  onEnd(kind: JobPayload['kind'], hear: (job: JobPayload) => void): () => void {
    return this.#client.on('job', (job) => {
      if (job.kind === kind && !isLive(job)) hear(job);
    });
  }

  cancel(jobId: string): Promise<Reply<{ answered: boolean }>> {
    return this.#client.call('jobs.cancel', { jobId });
  }

  useBest(jobId: string): Promise<Reply<{ answered: boolean }>> {
    return this.#client.call('jobs.useBest', { jobId });
  }

  /** Waits for the copy; null when it is there, else why it is not. A file that is there is left as it is. */
  async backUp(file: string): Promise<ErrorReport | null> {
    const reply = await this.#client.call('desk.backup', { file, existing: 'keep' });
    if (!reply.ok) return reply.error;
    const job = await this.whenDone(reply.value.jobId);
    return job.state === 'done' ? null : (job.error as ErrorReport | null);
  }

  async #readRuns(): Promise<void> {
    const reply = await this.#client.call('runs.list', { offset: 0, limit: readRuns });
    if (reply.ok) this.recorded = reply.value.runs.filter((run) => run.outcome !== null);
  }

  #take(job: JobPayload): void {
    const at = this.list.findIndex((known) => known.id === job.id);
    // A list read late must not bring an ended job back to life.
    if (at >= 0 && !isLive(this.list[at]!) && isLive(job)) return;
    this.list = at < 0 ? [job, ...this.list].slice(0, keptJobs) : this.list.with(at, job);
    if (isLive(job)) return;
    for (const resolve of this.#waiting.get(job.id) ?? []) resolve(job);
    this.#waiting.delete(job.id);
  }
}
