import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { DeskPayload } from '../../src-main/contract/desk.ts';
import { Loadable } from './loadable.svelte.ts';

/** The desk at a glance: site, operator, freshness, plans, and the day being planned. */
export class DeskStore {
  readonly state = new Loadable<DeskPayload>();
  /** A day the operator chose instead of tomorrow. */
  chosenDay = $state<string | null>(null);
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  get site(): DeskPayload['site'] {
    return this.state.value?.site ?? null;
  }
  get tomorrow(): string | null {
    return this.state.value?.tomorrow ?? null;
  }
  /** The planning day: the chosen one, else tomorrow. */
  get day(): string | null {
    return this.chosenDay ?? this.tomorrow;
  }
  get operator(): string {
    return this.state.value?.operator ?? '';
  }
  /** L, the largest meaningful protection; 0 while there is no site. */
  get components(): number {
    return this.site?.components ?? 0;
  }

  start(): () => void {
    void this.refresh();
    return this.#client.on('changed', ({ what }) => {
      // Nothing of the desk's state is made of past runs.
      if (what !== 'runs') void this.refresh();
    });
  }

  refresh(): Promise<DeskPayload | null> {
    return this.state.load(() => this.#client.call('desk.state', {}));
  }

  chooseDay(day: string | null): void {
    this.chosenDay = day === this.tomorrow ? null : day;
  }

  /** Job id of the demo being loaded, or why it cannot be. */
  async loadDemo(): Promise<{ jobId: string } | { error: ErrorReport }> {
    const reply = await this.#client.call('desk.loadDemo', {});
    return reply.ok ? reply.value : { error: reply.error };
  }

  /** Null when done, else what was wrong. */
  async setOperator(operator: string): Promise<ErrorReport | null> {
    const reply = await this.#client.call('desk.setOperator', { operator });
    if (!reply.ok) return reply.error;
    if (this.state.value) this.state.set({ ...this.state.value, operator: reply.value.operator });
    return null;
  }
}
