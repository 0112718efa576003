import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { setComparison, type SetComparisonPayload } from '../../src-main/contract/comparisons.ts';
import { setKind, type SetKindPayload } from '../../src-main/contract/uncertainty.ts';
import type { DeskStore } from './desk.svelte.ts';
import type { JobsStore } from './jobs.svelte.ts';
import type { PlanSettings } from './settings.svelte.ts';

interface Needs {
  client: Client;
  desk: DeskStore;
  jobs: JobsStore;
  settings: PlanSettings;
}

/** The kinds of set side by side on the planning day: fitted, solved and tested as a job, kept until the next comparison. */
export class KindsStore {
  comparison = $state.raw<SetComparisonPayload | null>(null);
  /** What it was compared under; other settings or another day make it stale. */
  #comparedFor = $state('');
  comparedAtMs = $state(0);
  jobId = $state<string | null>(null);
  problem = $state.raw<ErrorReport | null>(null);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  get running(): boolean {
    return this.#needs.jobs.runningOf('compare') !== null;
  }

  get isOutdated(): boolean {
    return this.comparison !== null && this.#comparedFor !== this.#wishKey();
  }

  async compare(): Promise<void> {
    const { client, desk, jobs, settings } = this.#needs;
    const day = desk.day;
    if (day === null || this.running) return;
    this.problem = null;
    const wishKey = this.#wishKey();
    const { set: _, ...options } = settings.planOptions(day, desk.components);
    const reply = await client.call('plan.compareSets', { ...options, kinds: setKind.options });
    if (!reply.ok) {
      this.problem = reply.error;
      return;
    }
    this.jobId = reply.value.jobId;
    const job = await jobs.whenDone(reply.value.jobId);
    this.jobId = null;
    if (job.state === 'failed') this.problem = job.error as ErrorReport | null;
    if (job.state !== 'done') return;
    this.comparison = setComparison.parse(job.result);
    this.#comparedFor = wishKey;
    this.comparedAtMs = Date.now();
  }

  /** Plans against this kind from now on. */
  use(kind: SetKindPayload): void {
    this.#needs.settings.set = kind;
  }

  /** The kind does not matter: all of them are compared. α does, for the budget. */
  #wishKey(): string {
    const { desk, settings } = this.#needs;
    if (desk.day === null) return '';
    const { set: _, ...options } = settings.planOptions(desk.day, desk.components);
    return JSON.stringify(options);
  }
}
