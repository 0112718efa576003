import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Reply } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { defaultBids, type PlantBidsPayload, type VppPayload } from '../../src-main/contract/vpp.ts';
import type { JobsStore } from './jobs.svelte.ts';
import { Loadable } from './loadable.svelte.ts';
import type { PlanStore } from './plan.svelte.ts';
import { saveText } from './save-text.ts';

type Stale = { ageMs: number; why: string } | null;

interface Needs {
  client: Client;
  jobs: JobsStore;
  plan: PlanStore;
}

/** The owners of the site as one virtual power plant on the day of the plan on the desk: its settlement and its bids, made when asked. */
export class VppStore {
  readonly current = new Loadable<VppPayload>();
  /** What it bids, made when asked. */
  readonly bids = new Loadable<PlantBidsPayload>();
  worstWeight = $state<number>(defaultBids.worstWeight);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  get whyNotSettle(): string | null {
    return this.#whyNot(this.current.busy, 'The plant is being settled.');
  }
  get whyNotBid(): string | null {
    return this.#whyNot(this.bids.busy, 'Bids are being made.');
  }
  get stale(): Stale {
    return this.#staleness(this.current.value, 'settled');
  }
  get staleBids(): Stale {
    return this.#staleness(this.bids.value, 'made');
  }

  async settle(): Promise<void> {
    const planId = this.#needs.plan.summary?.id;
    if (planId === undefined) return;
    await this.current.load(() => this.#answer(this.#needs.client.call('vpp.settle', { planId })));
  }

  async bid(): Promise<void> {
    const planId = this.#needs.plan.summary?.id;
    if (planId === undefined) return;
    const { worstWeight } = this;
    await this.bids.load(() =>
      this.#answer(this.#needs.client.call('vpp.bid', { ...defaultBids, planId, worstWeight })),
    );
  }

  exportBids(): void {
    const { value } = this.bids;
    if (value) saveText(value.file.fileName, value.file.text);
  }

  #whyNot(busy: boolean, doing: string): string | null {
    if (this.#needs.plan.summary === null) return 'There is no plan of this day; make one on the Schedule screen.';
    return busy ? doing : null;
  }

  /** Of another plan than the one on the desk. */
  #staleness(value: { planId: string } | null, done: string): Stale {
    return value && value.planId !== this.#needs.plan.summary?.id
      ? { ageMs: 0, why: `${done} for ${value.planId}` }
      : null;
  }

  /** The result of a job, once it is there. */
  async #answer<Value>(asked: Promise<Reply<{ jobId: string }>>): Promise<Reply<Value>> {
    const reply = await asked;
    if (!reply.ok) return reply;
    const job = await this.#needs.jobs.whenDone(reply.value.jobId);
    return job.state === 'done'
      ? { ok: true, value: job.result as Value }
      : { ok: false, error: job.error as ErrorReport };
  }
}
