import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { BackTestViewPayload, BackTestWishPayload } from '../../src-main/contract/back-test.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { defaultBackTest } from '../../src-main/contract/defaults.ts';
import type { DeskStore } from './desk.svelte.ts';
import type { JobsStore } from './jobs.svelte.ts';
import { Loadable } from './loadable.svelte.ts';
import { saveText } from './save-text.ts';
import type { PlanSettings } from './settings.svelte.ts';

interface Needs {
  client: Client;
  desk: DeskStore;
  jobs: JobsStore;
  settings: PlanSettings;
}

const shownDays = 28;

export const dayMoved = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The back-test of strategies: the one asked last, growing while it runs, and the wish for the next. */
export class BackTestStore {
  /** Null when none was ever asked for. */
  readonly view = new Loadable<BackTestViewPayload | null>();
  problem = $state.raw<ErrorReport | null>(null);
  #from = $state<string | null>(null);
  #to = $state<string | null>(null);
  #strategies = $state.raw<readonly string[] | null>(null);
  /** Every n-th day from the first on. */
  every = $state(1);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Four weeks before the planning day; its eve still runs when the day is planned. Null without telemetry. */
  get to(): string | null {
    const { day } = this.#needs.desk;
    return this.#to ?? (day === null ? null : dayMoved(day, -2));
  }
  get from(): string | null {
    const { to } = this;
    return this.#from ?? (to === null ? null : dayMoved(to, 1 - shownDays));
  }
  chooseFrom(day: string): void {
    this.#from = day;
  }
  chooseTo(day: string): void {
    this.#to = day;
  }

  /** The strategies of the next run, by name: those of the desk until others are chosen. */
  get strategies(): readonly string[] {
    return this.#strategies ?? defaultBackTest.strategies(this.#needs.desk.components);
  }
  add(strategy: string): void {
    if (!this.strategies.includes(strategy)) this.#strategies = [...this.strategies, strategy];
  }
  leaveOut(strategy: string): void {
    this.#strategies = this.strategies.filter((each) => each !== strategy);
  }

  /** Days of the back-test shown that were not reached; it goes on with them when it is run as it was asked. */
  get openDays(): number {
    return Math.max(0, ...(this.view.value?.strategies ?? []).map(({ open }) => open));
  }

  get running(): boolean {
    return this.#needs.jobs.runningOf('backtest') !== null;
  }

  start(): () => void {
    return this.#needs.client.on('changed', ({ what }) => {
      if (what === 'backtests') void this.open();
    });
  }

  /** Reads the back-test asked last. */
  async open(): Promise<void> {
    const { client } = this.#needs;
    await this.view.load(async () => {
      const list = await client.call('backtest.list', {});
      if (!list.ok) return list;
      const [newest] = list.value;
      if (newest === undefined) return { ok: true, value: null };
      return client.call('backtest.get', { backTestId: newest.id });
    });
  }

  /** Runs the days chosen under the strategies of the desk and how it learns now; goes on where the same was stopped. */
  async run(): Promise<void> {
    const { settings } = this.#needs;
    const { from, to } = this;
    if (from === null || to === null) return;
    const { method, shape, nominal, windowDays } = settings.fit;
    const wish: BackTestWishPayload = {
      from,
      to,
      every: this.every,
      strategies: [...this.strategies],
      fit: { method, shape, nominal, windowDays },
      settlement: defaultBackTest.settlement,
      timeLimitSeconds: settings.timeLimitSeconds,
    };
    await this.#ask(wish);
  }

  /** Runs the back-test shown as it was asked: what is known is not done again. */
  async goOn(): Promise<void> {
    const { value } = this.view;
    if (value !== null) await this.#ask(value.asked);
  }

  async #ask(wish: BackTestWishPayload): Promise<void> {
    const { client, jobs } = this.#needs;
    if (this.running) return;
    this.problem = null;
    const reply = await client.call('backtest.run', wish);
    if (!reply.ok) {
      this.problem = reply.error;
      return;
    }
    const job = await jobs.whenDone(reply.value.jobId);
    if (job.state === 'failed') this.problem = job.error as ErrorReport | null;
    await this.open();
  }

  /** Saves every day and strategy as CSV; null when done. */
  async export(): Promise<ErrorReport | null> {
    const { value } = this.view;
    if (value === null) return null;
    const reply = await this.#needs.client.call('backtest.export', { backTestId: value.id });
    if (!reply.ok) return reply.error;
    saveText(reply.value.fileName, reply.value.text);
    return null;
  }
}
