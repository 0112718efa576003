import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Reply } from '../../src-main/contract/calls.ts';
import type { JobsStore } from './jobs.svelte.ts';

/** What is compared: asked of the core as a job, and read back from its result. */
export interface ComparisonOf<Wish, Comparison> {
  jobs: JobsStore;
  /** The settings at hand; null while there is no day to plan. */
  wish: () => Wish | null;
  ask: (wish: Wish) => Promise<Reply<{ jobId: string }>>;
  read: (result: unknown) => Comparison;
}

/** Things side by side on the planning day, computed as a job and kept until the next comparison. */
export class ComparisonStore<Wish, Comparison> {
  comparison = $state.raw<Comparison | null>(null);
  /** What it was compared under; other settings or another day make it stale. */
  comparedFor = $state.raw<Wish | null>(null);
  comparedAtMs = $state(0);
  jobId = $state<string | null>(null);
  problem = $state.raw<ErrorReport | null>(null);
  readonly #of: ComparisonOf<Wish, Comparison>;

  constructor(of: ComparisonOf<Wish, Comparison>) {
    this.#of = of;
  }

  /** Whether any comparison is under way: the core makes one at a time. */
  get running(): boolean {
    return this.#of.jobs.runningOf('compare') !== null;
  }

  get isOutdated(): boolean {
    return this.comparison !== null && JSON.stringify(this.comparedFor) !== JSON.stringify(this.#of.wish());
  }

  async compare(): Promise<void> {
    const { jobs, ask, read } = this.#of;
    const wish = this.#of.wish();
    if (wish === null || this.running) return;
    this.problem = null;
    const reply = await ask(wish);
    if (!reply.ok) {
      this.problem = reply.error;
      return;
    }
    this.jobId = reply.value.jobId;
    const job = await jobs.whenDone(reply.value.jobId);
    this.jobId = null;
    if (job.state === 'failed') this.problem = job.error as ErrorReport | null;
    if (job.state !== 'done') return;
    this.comparison = read(job.result);
    this.comparedFor = wish;
    this.comparedAtMs = Date.now();
  }
}
