import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { DeskStore } from './desk.svelte.ts';
import type { PlanStore } from './plan.svelte.ts';
import type { RoutingStore } from './routing.svelte.ts';

interface Needs {
  client: Client;
  desk: DeskStore;
  plan: PlanStore;
  routing: RoutingStore;
}

/** A plan of the day or of its trucks, as a list shows it. */
export interface ListedPlan {
  kind: 'day' | 'trucks';
  id: string;
  day: string;
  status: 'draft' | 'approved' | 'superseded';
  basedOn: string | null;
  createdAtMs: number;
  /** What a day costs at worst, or what the owner of the trucks earns. */
  amount: number;
  currency: string;
  passed: boolean;
  setAside: boolean;
  bytes: number;
}

/** All plans there are: shown, set aside, brought back. */
export class PlansStore {
  open = $state(false);
  /** Plans that were set aside are listed too. */
  withAside = $state(false);
  scope = $state<'day' | 'all'>('day');
  /** Why the last act was refused. */
  problem = $state.raw<ErrorReport | null>(null);
  /** The last act, to be taken back. */
  #last = $state.raw<{ act: 'setAside' | 'bringBack'; planIds: string[] } | null>(null);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Newest first. */
  get all(): ListedPlan[] {
    const { desk, routing } = this.#needs;
    const ofDays = (desk.state.value?.plans ?? []).map(({ totalCost, ...plan }): ListedPlan => ({
      ...plan,
      kind: 'day',
      amount: totalCost,
    }));
    const ofTrucks = (routing.plans.value ?? []).map(({ ownerProfit, ...plan }): ListedPlan => ({
      ...plan,
      kind: 'trucks',
      amount: ownerProfit,
    }));
    return [...ofDays, ...ofTrucks].toSorted((a, b) => b.createdAtMs - a.createdAtMs);
  }
  /** Of the chosen scope, set aside or not. */
  get inScope(): ListedPlan[] {
    return this.scope === 'all' ? this.all : this.all.filter(({ day }) => day === this.#needs.desk.day);
  }
  get listed(): ListedPlan[] {
    return this.inScope.filter(({ setAside }) => this.withAside || !setAside);
  }
  /** Drafts of the list that nothing on the desk shows. */
  get idleDrafts(): ListedPlan[] {
    return this.listed.filter(
      (plan) => plan.status === 'draft' && !plan.setAside && this.whyNotSetAside(plan) === null,
    );
  }
  get whyNotUndo(): string | null {
    return this.#last === null ? 'Nothing was set aside or brought back yet.' : null;
  }

  isOnDesk({ id }: ListedPlan): boolean {
    const { plan, routing } = this.#needs;
    return [plan.current.value?.id, routing.current.value?.id].includes(id);
  }
  whyNotSetAside(plan: ListedPlan): string | null {
    if (plan.status === 'approved') return 'It is approved: it is the one that counts.';
    return this.isOnDesk(plan) ? 'It is on the desk.' : null;
  }

  /** Brings a plan onto the desk, with its day. */
  async show({ kind, id, day }: ListedPlan): Promise<void> {
    const { desk, plan, routing } = this.#needs;
    desk.chooseDay(day);
    await (kind === 'day' ? plan.open(id) : routing.open(id));
  }

  /** Null when done, else why not. */
  setAside(planIds: readonly string[]): Promise<ErrorReport | null> {
    return this.#act('setAside', planIds);
  }
  bringBack(planIds: readonly string[]): Promise<ErrorReport | null> {
    return this.#act('bringBack', planIds);
  }
  async undo(): Promise<void> {
    const last = this.#last;
    if (last === null) return;
    await this.#act(last.act === 'setAside' ? 'bringBack' : 'setAside', last.planIds);
  }

  async #act(act: 'setAside' | 'bringBack', planIds: readonly string[]): Promise<ErrorReport | null> {
    const { client, desk, routing } = this.#needs;
    const reply = await client.call(`plans.${act}`, { planIds: [...planIds] });
    this.problem = reply.ok ? null : reply.error;
    if (!reply.ok) return reply.error;
    if (reply.value.planIds.length > 0) this.#last = { act, planIds: reply.value.planIds };
    await Promise.all([desk.refresh(), routing.refresh()]);
    return null;
  }
}
