import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Response } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { SeriesPayload } from '../../src-main/contract/series.ts';
import type {
  BatchPayload,
  FillReportPayload,
  FillRulePayload,
  FlagPayload,
  SeriesInfoPayload,
} from '../../src-main/contract/telemetry.ts';
import { Loadable } from './loadable.svelte.ts';
import { saveText } from './save-text.ts';

export type DayQuality = Response<'telemetry.days'>;
export type Station = Response<'telemetry.stations'>[number];

const yearMs = 366 * 86_400_000;
export const flagsPerPage = 50;

/** What came in: series, their days, the values of the chosen one, flags and imports. */
export class TelemetryStore {
  readonly series = new Loadable<SeriesInfoPayload[]>();
  readonly batches = new Loadable<BatchPayload[]>();
  readonly stations = new Loadable<Station[]>();
  readonly values = new Loadable<SeriesPayload>();
  readonly flags = new Loadable<{ total: number; ranges: FlagPayload[] }>();
  /** Findings of the chosen series for the chart and the counts by kind, at most as many as one answer holds. */
  readonly chartFlags = new Loadable<{ total: number; ranges: FlagPayload[] }>();
  /** Fill rules and what they make up; null while no day can be planned. */
  readonly fill = new Loadable<FillReportPayload | null>();
  /** Quality per local day, by series id. */
  days = $state.raw<ReadonlyMap<number, DayQuality>>(new Map());
  seriesId = $state<number | null>(null);
  flagKind = $state<string | null>(null);
  flagOffset = $state(0);
  #fillWindowDays: number | null = null;
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  get chosen(): SeriesInfoPayload | null {
    return this.series.value?.find((series) => series.id === this.seriesId) ?? null;
  }
  /** When something was last imported; null when nothing was. */
  get lastImportMs(): number | null {
    const times = (this.batches.value ?? []).map((batch) => batch.importedAtMs);
    return times.length === 0 ? null : Math.max(...times);
  }

  start(): () => void {
    void this.refresh();
    return this.#client.on('changed', ({ what }) => {
      if (what === 'telemetry') void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    const [series] = await Promise.all([
      this.series.load(() => this.#client.call('telemetry.series', {})),
      this.batches.load(() => this.#client.call('telemetry.batches', {})),
      this.stations.load(() => this.#client.call('telemetry.stations', {})),
    ]);
    if (series === null) return;
    if (!series.some((one) => one.id === this.seriesId)) this.seriesId = series[0]?.id ?? null;
    await Promise.all([this.#loadDays(series), this.#loadChosen(), this.#reloadFill()]);
  }

  async choose(seriesId: number): Promise<void> {
    if (this.seriesId === seriesId) return;
    this.seriesId = seriesId;
    this.flagOffset = 0;
    this.flagKind = null;
    await this.#loadChosen();
  }

  async filterFlags(filter: { kind?: string | null; offset?: number }): Promise<void> {
    if (filter.kind !== undefined) {
      this.flagKind = filter.kind;
      this.flagOffset = 0;
    }
    if (filter.offset !== undefined) this.flagOffset = Math.max(0, filter.offset);
    await this.#loadFlags();
  }

  /** Null when written, else why not. */
  async override(flagId: number, verdict: 'good' | 'bad', reason: string): Promise<ErrorReport | null> {
    const reply = await this.#client.call('telemetry.override', { flagId, verdict, reason });
    if (!reply.ok) return reply.error;
    await this.refresh();
    return null;
  }

  /** Marks values of the chosen series as bad by hand; null when written. */
  async markBad(fromUtcMs: number, toUtcMs: number, reason: string): Promise<ErrorReport | null> {
    if (this.seriesId === null) return null;
    const reply = await this.#client.call('telemetry.markBad', { seriesId: this.seriesId, fromUtcMs, toUtcMs, reason });
    if (!reply.ok) return reply.error;
    await this.refresh();
    return null;
  }

  /** Saves the chosen series' cleaned values, or its flags, as CSV; null when done. */
  async export(what: 'values' | 'flags'): Promise<ErrorReport | null> {
    if (this.seriesId === null) return null;
    const reply = await this.#client.call('telemetry.export', { seriesId: this.seriesId, what });
    if (!reply.ok) return reply.error;
    saveText(reply.value.fileName, reply.value.text);
    return null;
  }

  async loadFill(windowDays: number): Promise<void> {
    this.#fillWindowDays = windowDays;
    await this.fill.load(() => this.#client.call('telemetry.fillRules', { windowDays }));
  }

  /** Null when written, else why not. */
  async setFillRule(kind: SeriesInfoPayload['kind'], rule: FillRulePayload): Promise<ErrorReport | null> {
    const reply = await this.#client.call('telemetry.setFillRule', { kind, rule });
    if (!reply.ok) return reply.error;
    await this.#reloadFill();
    return null;
  }

  /** Only a screen that shows the rules asks for them first. */
  async #reloadFill(): Promise<void> {
    if (this.#fillWindowDays !== null) await this.loadFill(this.#fillWindowDays);
  }

  async #loadDays(series: readonly SeriesInfoPayload[]): Promise<void> {
    const replies = await Promise.all(
      series.map(async (one) => [one.id, await this.#client.call('telemetry.days', { seriesId: one.id })] as const),
    );
    this.days = new Map(replies.flatMap(([id, reply]) => (reply.ok ? [[id, reply.value] as const] : [])));
  }

  async #loadChosen(): Promise<void> {
    const chosen = this.chosen;
    if (chosen === null) {
      this.values.clear();
      this.flags.clear();
      this.chartFlags.clear();
      return;
    }
    // One year at most is held on screen: the last one of the series.
    const fromUtcMs = Math.max(chosen.fromUtcMs, chosen.toUtcMs - yearMs);
    const read = { seriesId: chosen.id, fromUtcMs, toUtcMs: chosen.toUtcMs };
    const all = { seriesId: chosen.id, offset: 0, limit: 1000 };
    await Promise.all([
      this.values.load(() => this.#client.call('telemetry.read', read)),
      this.chartFlags.load(() => this.#client.call('telemetry.flags', all)),
      this.#loadFlags(),
    ]);
  }

  async #loadFlags(): Promise<void> {
    if (this.seriesId === null) return;
    const filter = {
      seriesId: this.seriesId,
      ...(this.flagKind === null ? {} : { kind: this.flagKind }),
      offset: this.flagOffset,
      limit: flagsPerPage,
    };
    await this.flags.load(() => this.#client.call('telemetry.flags', filter));
  }
}
