import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { PlanPayload } from '../../src-main/contract/plan.ts';
import type { RoadsGeometryPayload } from '../../src-main/contract/roads.ts';
import type { SiteRoutesPayload } from '../../src-main/contract/site-routes.ts';
import type { SmsTrafficPayload } from '../../src-main/contract/sms.ts';
import { Loadable } from './loadable.svelte.ts';
import type { PlanStore } from './plan.svelte.ts';
import type { RoutingStore } from './routing.svelte.ts';
import { saveText } from './save-text.ts';
import type { PlanSettings } from './settings.svelte.ts';

interface Needs {
  client: Client;
  plan: PlanStore;
  routing: RoutingStore;
  settings: PlanSettings;
}

/** The routes of the operator's own trucks: of the schedule on the desk, with which they are planned, changed and approved. */
export class OwnRoutesStore {
  /** Null where that schedule has no trucks of its own. */
  readonly current = new Loadable<SiteRoutesPayload | null>();
  readonly roads = new Loadable<RoadsGeometryPayload | null>();
  readonly traffic = new Loadable<SmsTrafficPayload>();
  /** Which trucks the routing screen is to show; null: those that the schedule or the definition has. */
  wish = $state<'rented' | 'own' | null>(null);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  get whose(): 'rented' | 'own' {
    const { plan, routing } = this.#needs;
    if (this.wish !== null) return this.wish;
    if (plan.current.value?.trucks?.mode === 'owned') return 'own';
    return routing.mobile.value?.ownership === 'owned' ? 'own' : 'rented';
  }
  get whyNotExport(): string | null {
    return (this.current.value ?? null) === null ? 'There is no plan with own trucks to export.' : null;
  }

  /** Reads the routes of the schedule on the desk, and the roads they drive on. */
  async follow({ id, trucks }: Pick<PlanPayload, 'id' | 'trucks'>): Promise<void> {
    const { client } = this.#needs;
    if (trucks?.mode !== 'owned') {
      this.current.clear();
      this.traffic.clear();
      return;
    }
    if (this.current.value?.id === id) return;
    const routes = await this.current.load(() => client.call('routes.get', { planId: id }));
    if (routes) await this.readRoads(routes);
  }

  async readRoads({ id, roadsId }: Pick<SiteRoutesPayload, 'id' | 'roadsId'>): Promise<void> {
    const { client } = this.#needs;
    await Promise.all([
      this.roads.value?.id === roadsId ? null : this.roads.load(() => client.call('roads.get', { roadsId })),
      this.traffic.load(() => client.call('routes.traffic', { planId: id })),
    ]);
  }

  /** Plans the day with own trucks; the schedule comes onto the desk with their routes. */
  async make(): Promise<void> {
    const { plan, settings } = this.#needs;
    settings.trucks = { mode: 'owned' };
    await plan.make();
  }

  /** Saves the itinerary; null when done. */
  async export(): Promise<ErrorReport | null> {
    const routes = this.current.value;
    if (!routes) return null;
    const reply = await this.#needs.client.call('routes.export', { planId: routes.id });
    if (!reply.ok) return reply.error;
    saveText(reply.value.fileName, reply.value.text);
    return null;
  }
}
