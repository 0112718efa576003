import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { MobileStoragePayload } from '../../src-main/contract/mobile-storage.ts';
import type { RoadsGeometryPayload } from '../../src-main/contract/roads.ts';
import type { SmsOverridePayload } from '../../src-main/contract/sms-overrides.ts';
import type {
  SmsPlanPayload,
  SmsRoundPayload,
  SmsSummaryPayload,
  SmsTrafficPayload,
} from '../../src-main/contract/sms.ts';
import type { DeskStore } from './desk.svelte.ts';
import type { JobsStore } from './jobs.svelte.ts';
import { Loadable } from './loadable.svelte.ts';
import { saveText } from './save-text.ts';

interface Needs {
  client: Client;
  desk: DeskStore;
  jobs: JobsStore;
}

export const timeLimits = [30, 60, 300, 900] as const;
export type SmsFormat = 'csv' | 'slots' | 'geo' | 'json';

/**
 * The trucks' plan on the desk: of the planning day the approved one, else the newest that is no what-if, unless another was opened; and
 * the acts on it.
 */
export class RoutingStore {
  readonly mobile = new Loadable<MobileStoragePayload | null>();
  readonly plans = new Loadable<SmsSummaryPayload[]>();
  readonly current = new Loadable<SmsPlanPayload>();
  readonly roads = new Loadable<RoadsGeometryPayload | null>();
  readonly traffic = new Loadable<SmsTrafficPayload>();
  /** Rounds of the search that runs or ran last here; empty before. */
  rounds = $state.raw<readonly SmsRoundPayload[]>([]);
  /** Why the last wish gave no plan. */
  problem = $state.raw<ErrorReport | null>(null);
  starting = $state(false);
  timeLimitSeconds = $state<number>(60);
  #jobId: string | null = null;
  #openedId = $state<string | null>(null);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  get running(): boolean {
    return this.starting || this.#needs.jobs.runningOf('sms') !== null;
  }
  /** Known once it was read whether there are trucks at all. */
  get trucks(): 'unknown' | 'none' | 'some' {
    if (this.mobile.loadedAtMs === null) return 'unknown';
    return this.mobile.value === null ? 'none' : 'some';
  }
  /** Plans of the planning day, newest first. */
  get ofDay(): SmsSummaryPayload[] {
    return (this.plans.value ?? []).filter(({ day }) => day === this.#needs.desk.day);
  }
  get summary(): SmsSummaryPayload | null {
    const opened = this.ofDay.find(({ id }) => id === this.#openedId);
    const approved = this.ofDay.find(({ status }) => status === 'approved');
    // A what-if that nobody approved does not take the place of the plan it was made from.
    const own = this.ofDay.find((plan) => plan.basedOn === null && plan.status === 'draft' && !plan.setAside);
    return opened ?? approved ?? own ?? null;
  }
  get whyNotMake(): string | null {
    if (this.#needs.desk.day === null) return 'There is no telemetry to plan from.';
    if (this.trucks === 'none') return 'No trucks are configured.';
    return this.running ? 'Trucks are being routed.' : null;
  }
  get whyNotApprove(): string | null {
    const plan = this.current.value;
    if (plan === null) return 'There is no plan of trucks to approve.';
    if (plan.status === 'approved') return 'This plan of trucks is already approved.';
    return plan.check.passed ? null : 'The plan of trucks does not pass the independent check.';
  }
  get whyNotExport(): string | null {
    return this.current.value === null ? 'There is no plan of trucks to export.' : null;
  }

  start(): () => void {
    const { client, desk } = this.#needs;
    void this.refresh();
    const stops = [
      client.on('sms-round', ({ jobId, round }) => {
        // Rounds may arrive before the answer that names the job.
        if (this.#jobId === null && !this.starting) this.rounds = [];
        if (this.#jobId !== null && jobId !== this.#jobId) return;
        this.rounds = [...this.rounds, round];
      }),
      client.on('changed', ({ what }) => {
        if (what === 'mobile-storage' || what === 'roads' || what === 'site') void this.refresh();
        else if (what === 'sms-plans' && desk.day !== null) void this.#list();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  async refresh(): Promise<void> {
    const { client } = this.#needs;
    await Promise.all([this.mobile.load(() => client.call('mobile.get', {})), this.#list()]);
  }

  /** Reads the plan that belongs on the desk; clears it when the day has none. */
  async open(planId?: string): Promise<void> {
    if (planId !== undefined) this.#openedId = planId;
    const { client } = this.#needs;
    const wanted = planId ?? this.summary?.id;
    if (wanted === undefined) {
      this.current.clear();
      this.traffic.clear();
      return;
    }
    await this.current.load(() => client.call('sms.get', { planId: wanted }));
  }

  /** Reads the roads of a plan, and their traffic. */
  async readRoads({ id, roadsId }: Pick<SmsPlanPayload, 'id' | 'roadsId'>): Promise<void> {
    const { client } = this.#needs;
    await Promise.all([
      this.roads.value?.id === roadsId ? null : this.roads.load(() => client.call('roads.get', { roadsId })),
      this.traffic.load(() => client.call('sms.traffic', { planId: id })),
    ]);
  }

  /** Margins → ways → rents and routes, as a job; the plan comes onto the desk when it is done. */
  async make(): Promise<void> {
    const planId = await this.solve([], null);
    if (planId !== null) await this.open(planId);
  }

  /** Searches for a plan without bringing it onto the desk. @returns its id; null when there is none and `problem` says why */
  async solve(overrides: readonly SmsOverridePayload[], basedOn: string | null): Promise<string | null> {
    const { client, desk, jobs } = this.#needs;
    const { day } = desk;
    if (day === null || this.whyNotMake !== null) return null;
    this.problem = null;
    this.rounds = [];
    this.#jobId = null;
    this.starting = true;
    const { timeLimitSeconds } = this;
    const reply = await client.call('sms.make', { day, timeLimitSeconds, overrides: [...overrides], basedOn });
    this.starting = false;
    if (!reply.ok) {
      this.problem = reply.error;
      return null;
    }
    this.#jobId = reply.value.jobId;
    const job = await jobs.whenDone(reply.value.jobId);
    if (job.state === 'failed') this.problem = job.error as ErrorReport | null;
    const planId = (job.result as { planId?: unknown } | null)?.planId;
    if (typeof planId !== 'string') return null;
    await this.#list();
    return planId;
  }

  /** Null when approved, else why not. */
  async approve(reason: string): Promise<ErrorReport | null> {
    const plan = this.current.value;
    if (plan === null) return null;
    const reply = await this.#needs.client.call('sms.approve', { planId: plan.id, reason });
    if (!reply.ok) return reply.error;
    await this.#list();
    await this.open(plan.id);
    return null;
  }

  /** Saves the plan as a file; null when done. */
  async export(format: SmsFormat): Promise<ErrorReport | null> {
    const plan = this.current.value;
    if (plan === null) return null;
    const reply = await this.#needs.client.call('sms.export', { planId: plan.id, format });
    if (!reply.ok) return reply.error;
    saveText(reply.value.fileName, reply.value.text);
    return null;
  }

  async #list(): Promise<void> {
    await this.plans.load(() => this.#needs.client.call('sms.list', {}));
  }
}
