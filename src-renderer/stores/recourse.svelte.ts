import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { recourseComparison, type RecourseComparisonPayload } from '../../src-main/contract/comparisons.ts';
import type { DeskStore } from './desk.svelte.ts';
import type { JobsStore } from './jobs.svelte.ts';
import type { PlanSettings } from './settings.svelte.ts';

interface Needs {
  client: Client;
  desk: DeskStore;
  jobs: JobsStore;
  settings: PlanSettings;
}

/** What each step of adaptivity costs on the planning day, computed as a job and kept until the next comparison. */
export class RecourseStore {
  comparison = $state.raw<RecourseComparisonPayload | null>(null);
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
    return this.comparison !== null && this.#comparedFor !== JSON.stringify(this.#wish());
  }

  async compare(): Promise<void> {
    const { client, jobs } = this.#needs;
    const wish = this.#wish();
    if (wish === null || this.running) return;
    this.problem = null;
    const reply = await client.call('plan.compareRecourse', wish);
    if (!reply.ok) {
      this.problem = reply.error;
      return;
    }
    this.jobId = reply.value.jobId;
    const job = await jobs.whenDone(reply.value.jobId);
    this.jobId = null;
    if (job.state === 'failed') this.problem = job.error as ErrorReport | null;
    if (job.state !== 'done') return;
    this.comparison = recourseComparison.parse(job.result);
    this.#comparedFor = JSON.stringify(wish);
    this.comparedAtMs = Date.now();
  }

  /** The rule itself does not matter: all of them are compared. */
  #wish() {
    const { desk, settings } = this.#needs;
    if (desk.day === null) return null;
    const { recourse: _, ...options } = settings.planOptions(desk.day, desk.components);
    return options;
  }
}
