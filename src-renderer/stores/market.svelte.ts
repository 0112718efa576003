import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import {
  defaultMarket,
  type AmbiguityKindPayload,
  type MarketOptionsPayload,
  type MarketPayload,
} from '../../src-main/contract/market.ts';
import type { DeskStore } from './desk.svelte.ts';
import type { JobsStore } from './jobs.svelte.ts';
import { Loadable } from './loadable.svelte.ts';
import { saveText } from './save-text.ts';

type RowDoubt = NonNullable<MarketOptionsPayload['rows']>[number];

interface Needs {
  client: Client;
  desk: DeskStore;
  jobs: JobsStore;
}

/** The market plan of the planning day, newest of it, and what the next one is asked with. */
export class MarketStore {
  /** Null when the day has none. */
  readonly current = new Loadable<MarketPayload | null>();
  problem = $state.raw<ErrorReport | null>(null);
  ambiguity = $state<AmbiguityKindPayload>(defaultMarket.ambiguity);
  confidence = $state(defaultMarket.confidence);
  /** What-if: rows held with a confidence of their own. */
  rows = $state.raw<RowDoubt[]>([]);
  /** What the day was worth at worst before the rows were held otherwise. */
  before = $state<number | null>(null);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  get running(): boolean {
    return this.#needs.jobs.runningOf('market') !== null;
  }
  /** Why no plan can be made now; null when one can. */
  get whyNotMake(): string | null {
    if (this.#needs.desk.day === null) return 'There is no telemetry to plan from.';
    return this.running ? 'A market plan is being made.' : null;
  }
  get whyNotExport(): string | null {
    return this.current.value === null ? 'There is no market plan to export.' : null;
  }

  async open(): Promise<void> {
    const { client, desk } = this.#needs;
    const day = desk.day;
    if (day === null) return;
    const before = this.current.value;
    await this.current.load(async () => {
      const list = await client.call('market.list', { day });
      if (!list.ok) return list;
      const newest = list.value[0];
      if (!newest) return { ok: true, value: null };
      return newest.id === before?.id ? { ok: true, value: before } : client.call('market.get', { planId: newest.id });
    });
    const { value } = this.current;
    if (value && value.id !== before?.id) {
      this.ambiguity = value.wish.ambiguity;
      this.confidence = value.wish.confidence;
      this.rows = value.wish.rows ?? [];
    }
  }

  async make(): Promise<void> {
    const { client, desk, jobs } = this.#needs;
    const { day } = desk;
    if (day === null || this.running) return;
    this.problem = null;
    const { ambiguity, confidence, rows } = this;
    this.before = rows.length > 0 ? this.#guaranteed() : null;
    const reply = await client.call('market.make', { ...defaultMarket, day, ambiguity, confidence, rows });
    if (!reply.ok) {
      this.problem = reply.error;
      return;
    }
    const job = await jobs.whenDone(reply.value.jobId);
    if (job.state === 'failed') this.problem = job.error as ErrorReport | null;
    await this.open();
  }

  /** Holds a row with a confidence of its own; with that of all others it is like them again. */
  doubtRow({ hour, state, confidence }: RowDoubt): void {
    const others = this.rows.filter((row) => row.hour !== hour || row.state !== state);
    this.rows = confidence === this.confidence ? others : [...others, { hour, state, confidence }];
  }

  #guaranteed(): number | null {
    const plan = this.current.value;
    return plan?.values.find(({ kind }) => kind === plan.wish.ambiguity)?.guaranteed ?? null;
  }

  /** Null when it was saved, else why not. */
  async export(format: 'bids' | 'policy' | 'json'): Promise<ErrorReport | null> {
    const plan = this.current.value;
    if (plan === null) return null;
    const reply = await this.#needs.client.call('market.export', { planId: plan.id, format });
    if (!reply.ok) return reply.error;
    saveText(reply.value.fileName, reply.value.text);
    return null;
  }
}
