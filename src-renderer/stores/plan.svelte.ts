import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { PlanPayload, PlanSummaryPayload, RecourseRoundPayload } from '../../src-main/contract/plan.ts';
import type { BackTestPayload, WorstReplayPayload } from '../../src-main/contract/plan-evidence.ts';
import type { TimeCursor } from './cursor.svelte.ts';
import type { DeskStore } from './desk.svelte.ts';
import { saveText } from './save-text.ts';
import type { JobsStore } from './jobs.svelte.ts';
import { Loadable } from './loadable.svelte.ts';
import type { PlanSettings } from './settings.svelte.ts';

interface Needs {
  client: Client;
  desk: DeskStore;
  jobs: JobsStore;
  cursor: TimeCursor;
  settings: PlanSettings;
}

/** The plan on the desk: of the planning day the approved one, else the newest draft; and the acts on it. */
export class PlanStore {
  readonly current = new Loadable<PlanPayload>();
  readonly backTest = new Loadable<BackTestPayload>();
  /** The worst day of the plan, carried out again. */
  readonly worstReplay = new Loadable<WorstReplayPayload>();
  /** Why the last wish to plan was refused or failed; null after a plan was made. */
  problem = $state.raw<ErrorReport | null>(null);
  jobId = $state<string | null>(null);
  /** Of the plan being made, where full recourse is asked for: one for each round, as it stands. */
  rounds = $state.raw<RecourseRoundPayload[]>([]);
  /** The wish to plan was sent and not yet answered. */
  starting = $state(false);
  /** The plan the operator opened or made; held until another is opened or the day changes. */
  #openedId = $state<string | null>(null);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  start(): () => void {
    const { client, jobs } = this.#needs;
    return client.on('recourse-round', ({ jobId, round }) => {
      // Rounds may arrive before the answer that names the job, and of plans made elsewhere.
      if (jobs.runningOf('plan')?.id !== jobId) return;
      this.rounds = [...this.rounds.filter((known) => known.round < round.round), round];
    });
  }

  /** Plans of the planning day, newest first. */
  get ofDay(): PlanSummaryPayload[] {
    const { desk } = this.#needs;
    return (desk.state.value?.plans ?? [])
      .filter((plan) => plan.day === desk.day)
      .toSorted((a, b) => b.createdAtMs - a.createdAtMs);
  }
  /** The plan that belongs on the desk, whether or not it could be read; null when the day has none. */
  get summary(): PlanSummaryPayload | null {
    return this.#choose() ?? null;
  }
  get running(): boolean {
    return this.starting || this.#needs.jobs.runningOf('plan') !== null;
  }

  /** Reads the plan that belongs on the desk; clears it when the day has none. */
  async open(planId?: string): Promise<void> {
    if (planId !== undefined) this.#openedId = planId;
    const wanted = planId ?? this.#choose()?.id;
    if (wanted === undefined) {
      this.current.clear();
      this.#forgetReplays();
      return;
    }
    if (this.current.value !== null && this.current.value.id !== wanted) this.#forgetReplays();
    const plan = await this.current.load(() => this.#needs.client.call('plan.get', { planId: wanted }));
    if (plan) this.#needs.cursor.setHorizon(plan.horizon);
  }

  #forgetReplays(): void {
    this.backTest.clear();
    this.worstReplay.clear();
  }

  #choose(): PlanSummaryPayload | undefined {
    const opened = this.ofDay.find((plan) => plan.id === this.#openedId);
    if (opened) return opened;
    // A what-if that nobody approved does not take the place of the plan it was made from.
    const own = this.ofDay.filter((plan) => plan.basedOn === null && !plan.setAside);
    return this.ofDay.find((plan) => plan.status === 'approved') ?? own.find((plan) => plan.status === 'draft');
  }

  /** Why a plan cannot be made now; null when it can. */
  get whyNotMake(): string | null {
    const { desk } = this.#needs;
    if (desk.site === null) return 'No site has been set up yet.';
    if (desk.day === null) return 'There is no telemetry to plan from.';
    return this.running ? 'A plan is being made.' : null;
  }

  /** Import check → fit sets → solve → out-of-sample test, as a job; the new plan comes onto the desk when it is done. */
  async make(): Promise<void> {
    const { client, desk, jobs, settings } = this.#needs;
    const day = desk.day;
    if (day === null || this.whyNotMake !== null) return;
    this.problem = null;
    this.rounds = [];
    this.starting = true;
    const reply = await client.call('plan.make', settings.makeOptions(day, desk.components));
    this.starting = false;
    if (!reply.ok) {
      this.problem = reply.error;
      return;
    }
    this.jobId = reply.value.jobId;
    const job = await jobs.whenDone(reply.value.jobId);
    if (job.state === 'failed') this.problem = job.error as ErrorReport | null;
    const planId = (job.result as { planId?: unknown } | null)?.planId;
    await desk.refresh();
    if (typeof planId === 'string') await this.open(planId);
  }

  get whyNotApprove(): string | null {
    const plan = this.current.value;
    if (plan === null) return 'There is no plan to approve.';
    if (plan.status === 'approved') return 'This plan is already approved.';
    if (!plan.check.passed) return 'The plan does not pass the independent check.';
    return plan.test === null ? 'The plan has not been tested out of sample.' : null;
  }

  /** Null when approved, else why not. */
  async approve(reason: string): Promise<ErrorReport | null> {
    const plan = this.current.value;
    if (plan === null) return null;
    const reply = await this.#needs.client.call('plan.approve', { planId: plan.id, reason });
    if (!reply.ok) return reply.error;
    await this.#needs.desk.refresh();
    await this.open(plan.id);
    return null;
  }

  /** Replays the plan on past days with what really happened. */
  runBackTest(days: number): Promise<BackTestPayload | null> {
    const plan = this.current.value;
    if (plan === null) return Promise.resolve(null);
    return this.backTest.load(() => this.#needs.client.call('plan.backTest', { planId: plan.id, days }));
  }

  /** Carries out the worst day of the plan again. */
  replayWorst(): Promise<WorstReplayPayload | null> {
    const plan = this.current.value;
    if (plan === null) return Promise.resolve(null);
    return this.worstReplay.load(() => this.#needs.client.call('plan.replayWorst', { planId: plan.id }));
  }

  /** Saves the plan as a file; null when done. */
  async export(format: 'csv' | 'json'): Promise<ErrorReport | null> {
    const plan = this.current.value;
    if (plan === null) return null;
    const reply = await this.#needs.client.call('plan.export', { planId: plan.id, format });
    if (!reply.ok) return reply.error;
    saveText(reply.value.fileName, reply.value.text);
    return null;
  }
}
