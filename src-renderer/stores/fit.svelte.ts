import { canonicalJson } from '../../src-main/base/canonical-json.ts';
import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type {
  FitOptionsPayload,
  FitPayload,
  FrozenSetPayload,
  HypotheticalChangePayload,
  HypotheticalDayPayload,
} from '../../src-main/contract/uncertainty.ts';
import type { TimeCursor } from './cursor.svelte.ts';
import type { DeskStore } from './desk.svelte.ts';
import { Loadable } from './loadable.svelte.ts';
import { saveText } from './save-text.ts';
import type { FitSettings, PlanSettings } from './settings.svelte.ts';

export type FitLook = 'fan' | 'pairs' | 'made-up' | 'kinds' | 'cars';

interface Needs {
  client: Client;
  desk: DeskStore;
  cursor: TimeCursor;
  settings: PlanSettings;
}

/** The same text for the same wish, whatever the order of its fields. */
const optionsKey = (options: FitOptionsPayload): string => canonicalJson(options);

/** The uncertainty set of the planning day under the settings in force. */
export class FitStore {
  readonly current = new Loadable<FitPayload>();
  /** Frozen sets, with whether each can stand for the planning day. */
  readonly frozen = new Loadable<FrozenSetPayload[]>();
  /** The made-up day and what it comes to; stored nowhere but here. */
  readonly madeUp = new Loadable<HypotheticalDayPayload>();
  changes = $state.raw<readonly HypotheticalChangePayload[]>([]);
  /** What the screen looks at. */
  look = $state<FitLook>('fan');
  freezing = $state(false);
  /** The component looked at; null: the first. */
  componentId = $state<string | null>(null);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** The shown fit belongs to other settings or another day than those in force. */
  get isOutdated(): boolean {
    const { desk, settings } = this.#needs;
    const fit = this.current.value;
    if (fit === null || desk.day === null) return false;
    return optionsKey(settings.fitOptions(desk.day)) !== optionsKey(fit.options);
  }

  /** Fits (or reads) the set for the settings in force. */
  async fit(): Promise<void> {
    const { client, cursor, desk, settings } = this.#needs;
    const day = desk.day;
    if (day === null) return;
    const fit = await this.current.load(() => client.call('uncertainty.fit', settings.fitOptions(day)));
    if (fit) cursor.setHorizon(fit.horizon);
  }

  /** Changes the settings and fits again at once. */
  change(change: Partial<FitSettings>): Promise<void> {
    this.#needs.settings.changeFit(change);
    return this.fit();
  }

  async readFrozen(): Promise<void> {
    const { client, desk } = this.#needs;
    const day = desk.day;
    if (day !== null) await this.frozen.load(() => client.call('uncertainty.frozen', { day }));
  }

  get whyNotFreeze(): string | null {
    const fit = this.current.value;
    if (fit === null) return 'There is no set to freeze.';
    if (fit.frozen) return `It is "${fit.frozen.name}", frozen already.`;
    return this.isOutdated ? 'The set is being fitted to other settings.' : null;
  }

  /** Gives the set on the screen a name for good; null when done. */
  async freeze(name: string, note: string): Promise<ErrorReport | null> {
    const fit = this.current.value;
    if (fit === null) return null;
    const reply = await this.#needs.client.call('uncertainty.freeze', { setId: fit.setId, name, note });
    if (!reply.ok) return reply.error;
    await this.readFrozen();
    return null;
  }

  /** Plans from a frozen set from now on; null: from a set fitted anew. */
  use(frozen: FrozenSetPayload | null): void {
    this.#needs.settings.useSet(frozen?.setId ?? null);
  }

  /** Holds the made-up day against set, history and plan. */
  async judgeMadeUp(planId: string | null): Promise<void> {
    const fit = this.current.value;
    const changes = [...this.changes];
    if (fit === null || changes.length === 0) {
      this.madeUp.clear();
      return;
    }
    const { client } = this.#needs;
    await this.madeUp.load(() => client.call('uncertainty.hypothetical', { options: fit.options, changes, planId }));
  }

  /** Saves the set as JSON or its samples as CSV; null when done. */
  async export(what: 'set' | 'samples'): Promise<ErrorReport | null> {
    const fit = this.current.value;
    if (fit === null) return null;
    const reply = await this.#needs.client.call('uncertainty.export', { setId: fit.setId, what });
    if (!reply.ok) return reply.error;
    saveText(reply.value.fileName, reply.value.text);
    return null;
  }
}
