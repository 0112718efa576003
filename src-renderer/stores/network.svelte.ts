import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { MeshPayload } from '../../src-main/contract/mesh.ts';
import type { NetworkChangesPayload } from '../../src-main/contract/network-changes.ts';
import type { BusContributionsPayload, NetworkPayload } from '../../src-main/contract/network.ts';
import { Loadable } from './loadable.svelte.ts';
import type { PlanStore } from './plan.svelte.ts';
import { saveText } from './save-text.ts';

/** What the plan on the desk does to its feeder, and the bus being looked at. */
export class NetworkStore {
  /** Null when the plan was made without a network. */
  readonly current = new Loadable<NetworkPayload | null>();
  /** What it does to its meshed network; null when it was made without one. */
  readonly mesh = new Loadable<MeshPayload | null>();
  readonly contributions = new Loadable<BusContributionsPayload>();
  /** The same schedule on the network with other settings. */
  readonly tried = new Loadable<NetworkPayload>();
  /** Whether settings are being tried. */
  trying = $state(false);
  /** What is tried, in place of what the plan was made with. */
  changes = $state.raw<NetworkChangesPayload>({});
  /** Index of the bus the operator chose; null: the one nearest its limit. */
  #chosen = $state<number | null>(null);
  /** Index of the line the operator chose; null: the one nearest its limit. */
  #line = $state<number | null>(null);
  readonly #client: Client;
  readonly #plan: PlanStore;

  constructor(client: Client, plan: PlanStore) {
    this.#client = client;
    this.#plan = plan;
  }

  /** What the screen shows: the plan's network, or what is being tried of it. */
  get shown(): NetworkPayload | null {
    return (this.trying ? this.tried.value : null) ?? this.current.value;
  }
  /** Index of the bus shown; 0 only where there is no other. */
  get bus(): number {
    const view = this.current.value;
    if (!view) return 0;
    return Math.min(this.#chosen ?? view.nearest[0]?.bus ?? 1, view.feeder.buses.length - 1);
  }
  /** Index of the line shown. */
  get line(): number {
    const view = this.mesh.value;
    if (!view) return 0;
    return Math.min(this.#line ?? view.fullest[0]?.line ?? 0, view.mesh.lines.length - 1);
  }
  get whyNotExport(): string | null {
    return this.current.value || this.mesh.value ? null : 'There is no plan on a network to export.';
  }

  async open(): Promise<void> {
    const plan = this.#plan.current.value;
    if (plan === null) {
      this.current.clear();
      this.mesh.clear();
      return;
    }
    if (this.current.value?.planId !== plan.id) {
      const before = this.current.value?.feeder.buses.join();
      this.stopTrying();
      const view = await this.current.load(() => this.#client.call('network.get', { planId: plan.id }));
      if (view && view.feeder.buses.join() !== before) this.#chosen = null;
    }
    const known = this.mesh.value?.mesh.lines.map(({ id }) => id).join();
    if (this.current.value === null && this.mesh.value?.planId !== plan.id) {
      const view = await this.mesh.load(() => this.#client.call('network.mesh', { planId: plan.id }));
      if (view?.mesh.lines.map(({ id }) => id).join() !== known) this.#line = null;
    } else if (this.current.value !== null) this.mesh.clear();
    await this.#readBus();
  }

  chooseLine(line: number): void {
    this.#line = line;
  }

  /** Begins with what the plan was made with. */
  startTrying(): void {
    const view = this.current.value;
    if (view === null) return;
    this.changes = view.changes;
    this.tried.clear();
    this.trying = true;
  }
  stopTrying(): void {
    const tried = this.tried.value !== null;
    this.trying = false;
    this.tried.clear();
    this.changes = {};
    if (tried) void this.#readBus();
  }
  /** AC flows of the schedule with these settings; refused ones are told by `tried.error` and not kept. */
  async try(changes: NetworkChangesPayload): Promise<void> {
    const view = this.current.value;
    if (view === null) return;
    const tried = await this.tried.load(() => this.#client.call('network.whatIf', { planId: view.planId, changes }));
    if (tried === null || !this.trying) return;
    this.changes = changes;
    await this.#readBus();
  }

  choose(bus: number): void {
    if (bus === this.bus) return;
    this.#chosen = bus;
    void this.#readBus();
  }

  /** Null when it was saved, else why not. */
  async export(): Promise<ErrorReport | null> {
    const view = this.current.value ?? this.mesh.value;
    if (!view) return null;
    const reply = await this.#client.call('network.export', { planId: view.planId });
    if (!reply.ok) return reply.error;
    saveText(reply.value.fileName, reply.value.text);
    return null;
  }

  async #readBus(): Promise<void> {
    const view = this.current.value;
    if (!view) return this.contributions.clear();
    const bus = view.feeder.buses[this.bus]!;
    const trial = this.trying && this.tried.value !== null ? { changes: this.changes } : {};
    await this.contributions.load(() => this.#client.call('network.bus', { planId: view.planId, bus, ...trial }));
  }
}
