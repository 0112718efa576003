import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { SitePayload } from '../../src-main/contract/site.ts';
import type { DeskStore } from './desk.svelte.ts';
import { Loadable } from './loadable.svelte.ts';

type Coefficients = NonNullable<SitePayload['coefficients']>;
export type DoubtedKind = Coefficients['losses'][number]['kind'];

/** A device of the site, and the share of its output or efficiency that may be missing; 0: it is trusted. */
export interface DoubtedDevice {
  kind: DoubtedKind;
  id: string;
  name: string;
  share: number;
}

const kinds = { gas: 'gas', wind: 'wind', storage: 'storage', aggregator: 'aggregators' } as const;

/** What the site doubts of output and efficiency: read from its definition, edited, and saved as a new version of it. */
export class DoubtsStore {
  /** Null inside: no site has been set up. */
  readonly site = new Loadable<SitePayload | null>();
  busy = $state(false);
  problem = $state.raw<ErrorReport | null>(null);
  /** Edits on their way to the site; null while there are none. */
  #edited = $state.raw<Coefficients | null>(null);
  readonly #client: Client;
  readonly #desk: DeskStore;

  constructor(client: Client, desk: DeskStore) {
    this.#client = client;
    this.#desk = desk;
  }

  get edited(): boolean {
    return this.#edited !== null;
  }
  /** One unit at once, and one hour in which batteries may be worse, until something else is said. */
  get #stored(): Coefficients {
    const site = this.site.value;
    return site?.coefficients ?? { losses: [], unitsAtOnce: 1, slotsAtOnce: 60 / (site?.slotMinutes ?? 60) };
  }
  /** As edited, else as stored. */
  get coefficients(): Coefficients {
    return this.#edited ?? this.#stored;
  }
  get devices(): DoubtedDevice[] {
    const site = this.site.value;
    if (site === null) return [];
    const { losses } = this.coefficients;
    return (Object.keys(kinds) as DoubtedKind[]).flatMap((kind) =>
      site[kinds[kind]].map(({ id, name }) => ({
        kind,
        id,
        name,
        share: losses.find((loss) => loss.kind === kind && loss.id === id)?.share ?? 0,
      })),
    );
  }
  /** Whether any output or efficiency is doubted in the site as stored. */
  get anyStored(): boolean {
    return this.#stored.losses.some(({ share }) => share > 0);
  }

  /** Reads the site in force; edits are kept. */
  async open(): Promise<void> {
    await this.site.load(() => this.#client.call('site.get', {}));
  }

  doubt(device: Pick<DoubtedDevice, 'kind' | 'id'>, share: number): void {
    const { losses, ...counts } = this.coefficients;
    const others = losses.filter(({ kind, id }) => kind !== device.kind || id !== device.id);
    const own = share > 0 ? [{ kind: device.kind, id: device.id, share }] : [];
    this.#edited = { ...counts, losses: [...others, ...own] };
  }

  count(change: Partial<Pick<Coefficients, 'unitsAtOnce' | 'slotsAtOnce'>>): void {
    this.#edited = { ...this.coefficients, ...change };
  }

  /** Saves what is edited as part of the site in force; true when done. */
  async save(): Promise<boolean> {
    this.busy = true;
    await this.open();
    const site = this.site.value;
    this.problem = this.site.error;
    if (site === null || this.problem !== null) {
      this.busy = false;
      return false;
    }
    const { coefficients: _, ...rest } = site;
    const { coefficients } = this;
    const next = coefficients.losses.length > 0 ? { ...rest, coefficients } : rest;
    const reply = await this.#client.call('site.save', { site: next });
    this.busy = false;
    this.problem = reply.ok ? null : reply.error;
    if (!reply.ok) return false;
    this.site.set(next);
    this.#edited = null;
    await this.#desk.refresh();
    return true;
  }

  discard(): void {
    this.#edited = null;
    this.problem = null;
  }
}
