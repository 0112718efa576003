import type { Client } from '../../src-main/contract/client.ts';
import type { SmsOverridePayload } from '../../src-main/contract/sms-overrides.ts';
import type { SmsPlanPayload } from '../../src-main/contract/sms.ts';
import { Loadable } from './loadable.svelte.ts';
import type { RoutingStore } from './routing.svelte.ts';

type Demands = readonly SmsOverridePayload[];

/**
 * A what-if of routes and rents in the making: demands on a plan of trucks, with undo and redo, the plan they were last solved to, and the
 * plan before, which never changes.
 */
export class RerouteStore {
  /** The panel is shown. */
  open = $state(false);
  /** The plan the demands change. */
  readonly base = new Loadable<SmsPlanPayload>();
  demands = $state.raw<Demands>([]);
  #solved = $state.raw<{ planId: string; demands: Demands } | null>(null);
  #past = $state.raw<Demands[]>([]);
  #future = $state.raw<Demands[]>([]);
  /** Id of the base; kept while it is being read. */
  #baseId: string | null = null;
  #day: string | null = null;
  readonly #client: Client;
  readonly #routing: RoutingStore;

  constructor(client: Client, routing: RoutingStore) {
    this.#client = client;
    this.#routing = routing;
  }

  /** The plan that stands for the demands as they are now; null while they are unsolved. */
  get solvedId(): string | null {
    return this.#solved !== null && this.#solved.demands === this.demands ? this.#solved.planId : null;
  }
  get whyNotUndo(): string | null {
    return this.#past.length === 0 ? 'There is nothing to undo.' : null;
  }
  get whyNotRedo(): string | null {
    return this.#future.length === 0 ? 'There is nothing to redo.' : null;
  }
  get whyNotSolve(): string | null {
    if (this.demands.length === 0) return 'Nothing is demanded yet.';
    if (this.#routing.running) return 'Trucks are being routed.';
    return this.solvedId === null ? null : 'It is solved as it stands.';
  }

  /** A plan is not approved while demands on it are typed and not solved. */
  get whyNotApprove(): string | null {
    if (this.open && this.demands.length > 0 && this.solvedId === null)
      return 'The demands of the what-if are not solved yet.';
    return this.#routing.whyNotApprove;
  }

  /** Takes over the plan on the desk. A what-if of earlier brings its demands back; any other plan becomes the base. */
  async follow(plan: SmsPlanPayload): Promise<void> {
    const isTaken = plan.status !== 'draft' && plan.id === this.#solved?.planId;
    if (!isTaken && (plan.id === this.#baseId || plan.id === this.#solved?.planId)) return;
    if (isTaken || plan.day !== this.#day) this.#forget([]);
    if (isTaken) this.open = false;
    this.#day = plan.day;
    if (plan.basedOn !== null && plan.status === 'draft') {
      this.#forget(plan.overrides);
      this.#solved = { planId: plan.id, demands: this.demands };
      this.open = true;
      const planId = (this.#baseId = plan.basedOn);
      await this.base.load(() => this.#client.call('sms.get', { planId }));
    } else {
      this.#baseId = plan.id;
      this.#solved = null;
      this.base.set(plan);
    }
  }

  add(demand: SmsOverridePayload): void {
    this.open = true;
    this.#change([...this.demands, demand]);
  }
  remove(index: number): void {
    this.#change(this.demands.filter((_, at) => at !== index));
  }
  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.demands];
    this.demands = before;
  }
  redo(): void {
    const after = this.#future.at(-1);
    if (after === undefined) return;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.demands];
    this.demands = after;
  }

  /** Routes anew under the demands and brings that plan onto the desk. */
  async solve(): Promise<void> {
    const { demands } = this;
    const baseId = this.#baseId;
    if (baseId === null || this.whyNotSolve !== null) return;
    const planId = await this.#routing.solve(demands, baseId);
    if (planId === null || this.#baseId !== baseId) return;
    this.#solved = { planId, demands };
    await this.#routing.open(planId);
  }

  /** Drops the demands and shows the plan they were made on; what was solved stays stored. */
  async discard(): Promise<void> {
    this.#forget([]);
    this.open = false;
    this.#routing.problem = null;
    if (this.#baseId !== null) await this.#routing.open(this.#baseId);
  }

  #change(demands: Demands): void {
    this.#past = [...this.#past, this.demands];
    this.#future = [];
    this.demands = demands;
    this.#routing.problem = null;
  }

  #forget(demands: Demands): void {
    this.demands = demands;
    this.#past = [];
    this.#future = [];
    this.#solved = null;
  }
}
