import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { VppPayload } from '../../src-main/contract/vpp.ts';
import type { JobsStore } from './jobs.svelte.ts';
import { Loadable } from './loadable.svelte.ts';
import type { PlanStore } from './plan.svelte.ts';

interface Needs {
  client: Client;
  jobs: JobsStore;
  plan: PlanStore;
}

/** The owners of the site as one virtual power plant on the day of the plan on the desk, settled when asked. */
export class VppStore {
  readonly current = new Loadable<VppPayload>();
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Why nothing can be settled now; null when it can. */
  get whyNotSettle(): string | null {
    if (this.#needs.plan.summary === null) return 'There is no plan of this day; make one on the Schedule screen.';
    return this.current.busy ? 'The plant is being settled.' : null;
  }
  /** Of another plan than the one on the desk. */
  get stale(): { ageMs: number; why: string } | null {
    const { value } = this.current;
    return value && value.planId !== this.#needs.plan.summary?.id
      ? { ageMs: 0, why: `settled for ${value.planId}` }
      : null;
  }

  async settle(): Promise<void> {
    const { client, jobs, plan } = this.#needs;
    const planId = plan.summary?.id;
    if (planId === undefined) return;
    await this.current.load(async () => {
      const reply = await client.call('vpp.settle', { planId });
      if (!reply.ok) return reply;
      const job = await jobs.whenDone(reply.value.jobId);
      return job.state === 'done'
        ? { ok: true, value: job.result as VppPayload }
        : { ok: false, error: job.error as ErrorReport };
    });
  }
}
