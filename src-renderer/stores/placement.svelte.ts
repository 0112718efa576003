import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { Response } from '../../src-main/contract/calls.ts';
import type { FeederSummaryPayload } from '../../src-main/contract/feeders.ts';
import type { NetworkChangesPayload } from '../../src-main/contract/network-changes.ts';
import type { NetworkModelPayload } from '../../src-main/contract/network-model.ts';
import type { SitePayload } from '../../src-main/contract/site.ts';

type FeederDetail = Response<'feeders.get'>;
type SiteNetwork = NonNullable<SitePayload['network']>;
export type PlaceKind = SiteNetwork['places'][number]['kind'];

/** One device and where it stands; `bus` empty: not decided, which a feeder that lacks its bus brings about. */
export interface PlaceRow {
  kind: PlaceKind;
  id: string;
  name: string;
  bus: string;
  converterKva: number;
}
export interface LoadRow {
  bus: string;
  /** Of the site's load. */
  percent: number;
}

/** Where the site stands: its feeder, the bus of each device and of the load, and the limits kept. Edited as a form, saved as the site. */
export class PlacementStore {
  /** Whether the form is on screen. */
  open = $state(false);
  busy = $state(false);
  error = $state.raw<ErrorReport | null>(null);
  feeders = $state.raw<FeederSummaryPayload[]>([]);
  feeder = $state.raw<FeederDetail | null>(null);
  model = $state<NetworkModelPayload>('lindistflow');
  voltageMinPu = $state(0.95);
  voltageMaxPu = $state(1.05);
  rows = $state.raw<PlaceRow[]>([]);
  spread = $state<'file' | 'own'>('file');
  loads = $state.raw<LoadRow[]>([]);
  #changes: NetworkChangesPayload | undefined;
  #site = $state.raw<SitePayload | null>(null);
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  get loadPercent(): number {
    return this.loads.reduce((sum, { percent }) => sum + percent, 0);
  }
  get whyNotSave(): string | undefined {
    if (this.busy) return 'It is being read or written.';
    if (this.#site === null) return 'There is no site to place.';
    if (this.feeder === null) return 'Choose a feeder first.';
    const lost = this.rows.find(({ bus }) => bus === '');
    if (lost) return `Choose the bus of ${lost.name}.`;
    const left = this.#site.services?.voltage?.find(({ bus }) => this.#busOfRange(bus) === null);
    if (left) return `${left.name} needs a converter: give one to the battery or cars that keep it.`;
    if (this.voltageMinPu >= this.voltageMaxPu) return 'The lowest voltage must be below the highest.';
    if (this.spread === 'own' && !(this.loadPercent > 0)) return 'Give some bus a share of the load.';
    if (this.spread === 'file' && !this.feeder.busList.some(({ loadKw }) => loadKw > 0))
      return 'The file states no load: say where the load stands.';
    return undefined;
  }

  /** Opens the form on the site in force; `feederId` proposes another feeder. */
  async start(feederId?: string | null): Promise<void> {
    this.open = true;
    this.busy = true;
    this.error = null;
    const [site, feeders] = await Promise.all([
      this.#client.call('site.get', {}),
      this.#client.call('feeders.list', {}),
    ]);
    this.busy = false;
    if (!site.ok || !feeders.ok) {
      this.error = site.ok ? (feeders.ok ? null : feeders.error) : site.error;
      return;
    }
    this.feeders = feeders.value;
    this.#site = site.value;
    if (site.value === null) return;
    const network = site.value.network;
    this.model = network?.model ?? 'lindistflow';
    this.voltageMinPu = network?.voltageMinPu ?? 0.95;
    this.voltageMaxPu = network?.voltageMaxPu ?? 1.05;
    this.rows = rowsOf(site.value);
    this.spread = network?.loads ? 'own' : 'file';
    this.loads = (network?.loads ?? []).map(({ bus, share }) => ({ bus, percent: 100 * share }));
    this.#changes = network?.changes;
    const wanted = feederId ?? (network ? network.feederId : (feeders.value[0]?.id ?? null));
    if (feeders.value.length > 0) await this.chooseFeeder(wanted);
    else this.feeder = null;
  }

  /** Null: the first imported. Devices keep their bus where the feeder has one of that name; else it is to be chosen. */
  async chooseFeeder(feederId: string | null): Promise<void> {
    this.busy = true;
    const reply = await this.#client.call('feeders.get', { feederId });
    this.busy = false;
    this.error = reply.ok ? null : reply.error;
    if (!reply.ok) return;
    const before = this.feeder;
    this.feeder = reply.value;
    const meshed = reply.value.topology === 'meshed';
    if (this.model !== 'unconstrained' && meshed !== (this.model === 'dc')) this.model = meshed ? 'dc' : 'lindistflow';
    const known = new Set(reply.value.busList.map(({ id }) => id));
    const { slackBus } = reply.value;
    this.rows = this.rows.map((row) => ({
      ...row,
      bus: row.bus === atSubstation || row.bus === before?.slackBus ? slackBus : known.has(row.bus) ? row.bus : '',
    }));
    // Shares and settings of another feeder say nothing about this one.
    if (before !== null && before.id !== reply.value.id) {
      this.loads = [];
      this.spread = 'file';
      this.#changes = undefined;
    }
    if (this.loads.length === 0) this.loads = fileLoads(reply.value);
  }

  place(row: PlaceRow, change: Partial<Pick<PlaceRow, 'bus' | 'converterKva'>>): void {
    this.rows = this.rows.map((one) => (one.kind === row.kind && one.id === row.id ? { ...one, ...change } : one));
  }

  setShare(bus: string, percent: number): void {
    this.loads = this.loads.map((one) => (one.bus === bus ? { bus, percent } : one));
  }

  /** Name and notes of the site now in force; null when it was refused, and then `error` says why. */
  async save(): Promise<{ name: string; notes: string[] } | null> {
    const { feeder } = this;
    if (this.whyNotSave !== undefined || this.#site === null || feeder === null) return null;
    const shared = this.loads.filter(({ percent }) => percent > 0);
    const network: SiteNetwork = {
      feederId: feeder.id,
      model: this.model,
      voltageMinPu: this.voltageMinPu,
      voltageMaxPu: this.voltageMaxPu,
      places: this.rows.map(({ kind, id, bus, converterKva }) => ({ kind, id, bus, converterKva })),
      ...(this.spread === 'own'
        ? { loads: shared.map(({ bus, percent }) => ({ bus, share: percent / this.loadPercent })) }
        : {}),
      ...(this.#changes ? { changes: this.#changes } : {}),
    };
    return this.#put(this.#withServices({ ...this.#site, network }));
  }

  /** Voltage support goes with the converter that keeps it. */
  #withServices(site: SitePayload): SitePayload {
    if (!site.services?.voltage) return site;
    const voltage = site.services.voltage.map((range) => ({ ...range, bus: this.#busOfRange(range.bus) ?? range.bus }));
    return { ...site, services: { ...site.services, voltage } };
  }
  /** The bus from which a range kept at a bus of the site in force is kept now; null when no converter is left for it. */
  #busOfRange(bus: string): string | null {
    const keeps = ({ kind, converterKva }: { kind: PlaceKind; converterKva: number }): boolean =>
      (kind === 'storage' || kind === 'aggregator') && converterKva > 0;
    const before = (this.#site?.network?.places ?? []).filter((place) => place.bus === bus && keeps(place));
    const moved = this.rows.find(
      (row) => keeps(row) && before.some(({ kind, id }) => kind === row.kind && id === row.id),
    );
    return moved?.bus ?? this.rows.find((row) => row.bus === bus && keeps(row))?.bus ?? null;
  }

  /** Settings of the feeder that hold for every plan from now on; null when saved, else why not. */
  async keepChanges(changes: NetworkChangesPayload): Promise<ErrorReport | null> {
    const site = await this.#client.call('site.get', {});
    if (!site.ok) return site.error;
    if (!site.value?.network) return null;
    const { changes: _, ...network } = site.value.network;
    const kept = Object.keys(changes).length > 0 ? { ...network, changes } : network;
    const reply = await this.#client.call('site.save', { site: { ...site.value, network: kept } });
    return reply.ok ? null : reply.error;
  }

  /** The site stands on no feeder from now on. */
  remove(): Promise<{ name: string; notes: string[] } | null> {
    if (this.#site === null) return Promise.resolve(null);
    const { network: _, ...rest } = this.#site;
    return this.#put(rest);
  }
  get placed(): boolean {
    return this.#site?.network !== undefined;
  }

  async #put(site: SitePayload): Promise<{ name: string; notes: string[] } | null> {
    this.busy = true;
    const reply = await this.#client.call('site.save', { site });
    this.busy = false;
    this.error = reply.ok ? null : reply.error;
    if (!reply.ok) return null;
    this.#site = site;
    return reply.value;
  }
}

/** Until the feeder is known, what is not placed stands at its substation, whatever that is called. */
const atSubstation = '\u0000';

function rowsOf(site: SitePayload): PlaceRow[] {
  const lists: Record<PlaceKind, readonly { id: string; name: string }[]> = {
    wind: site.wind,
    gas: site.gas,
    storage: site.storage,
    aggregator: site.aggregators,
  };
  return (Object.keys(lists) as PlaceKind[]).flatMap((kind) =>
    lists[kind].map(({ id, name }) => {
      const place = site.network?.places.find((one) => one.kind === kind && one.id === id);
      return { kind, id, name, bus: place?.bus ?? atSubstation, converterKva: place?.converterKva ?? 0 };
    }),
  );
}

/** Every bus but the substation, with the share its own load in the file has. */
function fileLoads({ busList, slackBus }: FeederDetail): LoadRow[] {
  const total = busList.reduce((sum, { loadKw }) => sum + Math.max(0, loadKw), 0);
  return busList
    .filter(({ id }) => id !== slackBus)
    .map(({ id, loadKw }) => ({ bus: id, percent: total > 0 ? (100 * Math.max(0, loadKw)) / total : 0 }));
}
