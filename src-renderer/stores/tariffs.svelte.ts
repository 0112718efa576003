import type { Client } from '../../src-main/contract/client.ts';
import { defaultTariffs, type TariffTrialPayload } from '../../src-main/contract/tariffs.ts';
import { Loadable } from './loadable.svelte.ts';
import type { PlanStore } from './plan.svelte.ts';

/** Demand response on the day of the plan on the desk: what owners would answer to each tariff, tried when asked. */
export class TariffStore {
  readonly current = new Loadable<TariffTrialPayload>();
  /** Money per kWh, and per kW of the day's highest demand. */
  marginPerKwh = $state<number>(defaultTariffs.marginPerKwh);
  peakPerKw = $state<number>(defaultTariffs.peakPerKw);
  readonly #client: Client;
  readonly #plan: PlanStore;

  constructor(client: Client, plan: PlanStore) {
    this.#client = client;
    this.#plan = plan;
  }

  get whyNotTry(): string | null {
    return this.#plan.summary === null ? 'There is no plan of this day; make one on the Schedule screen.' : null;
  }
  /** Of another plan than the one on the desk. */
  get stale(): { ageMs: number; why: string } | null {
    const { value } = this.current;
    return value && value.planId !== this.#plan.summary?.id ? { ageMs: 0, why: `tried on ${value.planId}` } : null;
  }

  async try(): Promise<void> {
    const planId = this.#plan.summary?.id;
    if (planId === undefined) return;
    const { marginPerKwh, peakPerKw } = this;
    await this.current.load(() => this.#client.call('tariffs.try', { planId, marginPerKwh, peakPerKw }));
  }
}
