import { tick } from 'svelte';
import { canonicalJson } from '../../src-main/base/canonical-json.ts';
import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { FeederSummaryPayload } from '../../src-main/contract/feeders.ts';
import type { Response } from '../../src-main/contract/calls.ts';
import type { MobileStoragePayload } from '../../src-main/contract/mobile-storage.ts';
import type { DefinitionProblem } from '../../src-main/contract/read-definition.ts';
import { readMobileStorage } from '../../src-main/contract/read-mobile-storage.ts';
import type { RoadsGeometryPayload, RoadsSummaryPayload } from '../../src-main/contract/roads.ts';
import type { SeriesInfoPayload } from '../../src-main/contract/telemetry.ts';
import { itemOf, valueAt, withValue } from './definition-path.ts';
import { blankDefinition, blankOf, copyOf, renamed, withRents, type MobileList } from './mobile-items.ts';

type FeederDetail = Response<'feeders.get'>;

export const formSections = ['trucks', 'terminals', 'grids', 'terms', 'roads'] as const;
export type FormSection = (typeof formSections)[number];
const lists: readonly string[] = ['trucks', 'terminals', 'grids'] satisfies MobileList[];

/**
 * Trucks, terminals and grids on their way to being the definition in force: typed in a form, judged by the rules the command line has,
 * undone, and saved as a whole or not at all. Edits that are not saved outlive the dialog.
 */
export class MobileFormStore {
  /** Whether the form is on screen. */
  open = $state(false);
  busy = $state(false);
  /** What the core refused that is no fault of a field. */
  error = $state.raw<ErrorReport | null>(null);
  section = $state<FormSection>('trucks');
  /** The item of each list that is on screen. */
  readonly chosen = $state<Record<MobileList, number>>({ trucks: 0, terminals: 0, grids: 0 });
  /** As typed: of the shape of a definition, its values not yet judged. Null until it was read. */
  draft = $state.raw<MobileStoragePayload | null>(null);
  networks = $state.raw<readonly RoadsSummaryPayload[]>([]);
  /** The network the draft drives on. */
  roads = $state.raw<RoadsGeometryPayload | null>(null);
  feeders = $state.raw<readonly FeederSummaryPayload[]>([]);
  series = $state.raw<readonly SeriesInfoPayload[]>([]);
  /** Whether another definition was saved, by the command line say, since these edits began. */
  overtaken = $state(false);
  #stored = $state.raw<MobileStoragePayload | null>(null);
  #past = $state.raw<readonly MobileStoragePayload[]>([]);
  #future = $state.raw<readonly MobileStoragePayload[]>([]);
  /** What the core found wrong at the last save; it stands until something is changed. */
  #refused = $state.raw<DefinitionProblem | null>(null);
  #feederDetails = $state.raw<Readonly<Record<string, FeederDetail>>>({});
  readonly #reading = $derived(this.draft && readMobileStorage(JSON.stringify(this.draft)));
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Whether a definition is in force. */
  get exists(): boolean {
    return this.#stored !== null;
  }
  get edited(): boolean {
    if (this.draft === null) return false;
    return this.#stored === null || canonicalJson(this.draft) !== canonicalJson(this.#stored);
  }
  get problems(): readonly DefinitionProblem[] {
    const found = this.#reading?.kind === 'problems' ? this.#reading.problems : [];
    return this.#refused === null ? found : [...found, this.#refused];
  }
  get canUndo(): boolean {
    return this.#past.length > 0;
  }
  get canRedo(): boolean {
    return this.#future.length > 0;
  }
  get whyNotSave(): string | undefined {
    if (this.busy) return 'It is being read or written.';
    const count = this.problems.length;
    if (count > 0) return count === 1 ? 'Put right what is named first.' : `Put right the ${count} things named first.`;
    return this.edited ? undefined : 'Nothing was changed.';
  }

  value(path: string): unknown {
    return valueAt(this.draft, path);
  }
  /** What is wrong there; null when nothing is. */
  problem(path: string): string | null {
    return this.problems.find((one) => one.path === path)?.message ?? null;
  }
  /** Whether what is wrong there is only that nothing was typed yet; a rule that tells its reason or a way out is told whole. */
  isOpen(path: string): boolean {
    const problem = this.problem(path);
    return problem !== null && (this.value(path) ?? '') === '' && !/[:;]/.test(problem);
  }
  problemsIn(section: FormSection): number {
    return this.problems.filter(({ path }) => sectionOf(path) === section).length;
  }
  problemsAt(list: MobileList, index: number): number {
    return this.problems.filter(({ path }) => path.startsWith(`${list}[${index}]`)).length;
  }
  feeder(feederId: string | null): FeederDetail | null {
    return this.#feederDetails[feederId ?? ''] ?? null;
  }

  /** Opens the form, on the definition in force unless there are edits to keep. */
  async start(section?: FormSection): Promise<void> {
    this.open = true;
    if (section) this.section = section;
    this.busy = true;
    const [mobile, networks, feeders, series] = await Promise.all([
      this.#client.call('mobile.get', {}),
      this.#client.call('roads.list', {}),
      this.#client.call('feeders.list', {}),
      this.#client.call('telemetry.series', {}),
    ]);
    this.busy = false;
    const refused = [mobile, networks, feeders, series].find((reply) => !reply.ok);
    this.error = refused && !refused.ok ? refused.error : null;
    if (networks.ok) this.networks = networks.value;
    if (feeders.ok) this.feeders = feeders.value;
    if (series.ok) this.series = series.value;
    if (!mobile.ok) return;
    this.#take(mobile.value);
    await Promise.all([this.#readRoads(), this.#readFeeders()]);
  }

  #take(inForce: MobileStoragePayload | null): void {
    const changed = canonicalJson(inForce) !== canonicalJson(this.#stored);
    const kept = this.draft !== null && this.edited && (this.#stored !== null || this.#past.length > 0);
    this.#stored = inForce;
    if (kept) this.overtaken ||= changed;
    else this.discard();
  }

  /** Back to the definition in force; to one with nothing filled in where there is none. */
  discard(): void {
    this.draft = this.#stored ?? blankDefinition();
    this.#past = [];
    this.#future = [];
    this.#refused = null;
    this.error = null;
    this.overtaken = false;
    this.#keepChosen();
  }

  set(path: string, value: unknown): void {
    if (this.draft === null || Object.is(this.value(path), value)) return;
    this.#change(withValue(this.draft, path, value));
    if (path === 'roads.networkId') void this.#readRoads();
    else if (path.includes('.feeder')) void this.#readFeeders();
  }
  rename(list: MobileList, index: number, id: string): void {
    if (this.draft && this.draft[list][index]?.id !== id) this.#change(renamed(this.draft, list, index, id));
  }
  setRents(form: 'cap' | 'menu'): void {
    if (this.draft) this.#change(withRents(this.draft, form));
  }
  add(list: MobileList): void {
    if (this.draft) this.#insert(list, blankOf(this.draft, list));
  }
  copy(list: MobileList): void {
    if (this.draft?.[list][this.chosen[list]]) this.#insert(list, copyOf(this.draft, list, this.chosen[list]));
  }
  remove(list: MobileList): void {
    if (this.draft === null) return;
    const at = this.chosen[list];
    this.#change({ ...this.draft, [list]: this.draft[list].filter((_, index) => index !== at) });
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined || this.draft === null) return;
    this.#future = [this.draft, ...this.#future];
    this.#past = this.#past.slice(0, -1);
    this.#show(before);
  }
  redo(): void {
    const [after, ...later] = this.#future;
    if (after === undefined || this.draft === null) return;
    this.#past = [...this.#past, this.draft];
    this.#future = later;
    this.#show(after);
  }

  /** Brings the field a problem names onto the screen, and the focus to it. */
  async show(path: string): Promise<void> {
    this.section = sectionOf(path);
    const item = itemOf(path);
    if (item && lists.includes(item.list)) this.chosen[item.list as MobileList] = item.index;
    await tick();
    const field = [...document.querySelectorAll<HTMLElement>('[data-path]')]
      .filter(
        ({ dataset }) =>
          path === dataset.path || path.startsWith(`${dataset.path}[`) || path.startsWith(`${dataset.path}.`),
      )
      .at(-1);
    field?.querySelector<HTMLElement>('input:not(:disabled), select, textarea, button')?.focus();
  }

  /** Its notes when it is in force; null when it was refused, and then `problems` or `error` says why. */
  async save(): Promise<string[] | null> {
    const reading = this.#reading;
    if (this.whyNotSave !== undefined || reading?.kind !== 'mobile-storage') return null;
    this.busy = true;
    const { mobileStorage } = reading;
    const reply = await this.#client.call('mobile.save', { mobileStorage });
    this.busy = false;
    if (reply.ok) {
      this.#stored = mobileStorage;
      this.discard();
      return reply.value.notes;
    }
    const { code, details } = reply.error;
    if (code === 'bad-mobile-storage') {
      this.error = null;
      this.#refused = { path: String(details.path), message: String(details.problem) };
      await this.show(this.#refused.path);
    } else this.error = reply.error;
    return null;
  }

  #insert(list: MobileList, item: object): void {
    const draft = this.draft!;
    this.#change({ ...draft, [list]: [...draft[list], item] } as MobileStoragePayload);
    this.chosen[list] = draft[list].length;
    void this.show(`${list}[${draft[list].length}].name`);
  }
  #change(next: MobileStoragePayload): void {
    if (this.draft === null) return;
    this.#past = [...this.#past, this.draft];
    this.#future = [];
    this.#show(next);
  }
  #show(draft: MobileStoragePayload): void {
    const before = this.draft?.roads.networkId;
    this.draft = draft;
    this.#refused = null;
    this.error = null;
    this.#keepChosen();
    if (draft.roads.networkId !== before) void this.#readRoads();
  }
  #keepChosen(): void {
    for (const list of ['trucks', 'terminals', 'grids'] as const)
      this.chosen[list] = Math.max(0, Math.min(this.chosen[list], (this.draft?.[list].length ?? 1) - 1));
  }

  async #readRoads(): Promise<void> {
    const named = this.draft?.roads.networkId ?? this.networks.at(-1)?.id;
    if (named === undefined || this.roads?.id === named) return;
    const reply = await this.#client.call('roads.get', { roadsId: named });
    this.roads = reply.ok ? reply.value : null;
  }
  async #readFeeders(): Promise<void> {
    const wanted = new Set((this.draft?.grids ?? []).flatMap(({ feeder }) => (feeder ? [feeder.feederId] : [])));
    for (const feederId of wanted) {
      if (this.feeder(feederId) !== null) continue;
      const reply = await this.#client.call('feeders.get', { feederId });
      if (reply.ok) this.#feederDetails = { ...this.#feederDetails, [feederId ?? '']: reply.value };
    }
  }
}

/** The part of the form in which a field stands. */
function sectionOf(path: string): FormSection {
  const [head = ''] = path.split(/[.[]/);
  if (lists.includes(head)) return head as FormSection;
  return head === 'roads' || head === 'travel' ? 'roads' : 'terms';
}
