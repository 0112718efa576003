import example from '../../docs/operator/site-example.json';
import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { readSite, siteText, type SiteProblem, type SiteReading } from '../../src-main/contract/read-site.ts';
import { saveText } from './save-text.ts';

/** A site is a few kilobytes; more than this is some other file. */
const largestFileBytes = 1_000_000;

/** The site's definition as text on its way to being the site: edited, checked, saved. Unsaved edits outlive the dialog. */
export class SiteStore {
  /** Whether the definition is on screen. */
  open = $state(false);
  text = $state('');
  busy = $state(false);
  /** What the core refused that is no fault of the text. */
  error = $state.raw<ErrorReport | null>(null);
  /** The text as it is stored; empty while there is no site. */
  #stored = $state('');
  /** What came of checking `#checkedText`. */
  #reading = $state.raw<SiteReading | null>(null);
  #checkedText = $state('');
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  get edited(): boolean {
    return this.text !== this.#stored;
  }
  get exists(): boolean {
    return this.#stored !== '';
  }
  get checked(): 'not' | 'passed' | 'failed' {
    if (this.#reading === null || this.text !== this.#checkedText) return 'not';
    return this.#reading.kind === 'site' ? 'passed' : 'failed';
  }
  /** What the last check found; it stays while the text is being corrected. */
  get problems(): readonly SiteProblem[] {
    return this.#reading?.kind === 'problems' ? this.#reading.problems : [];
  }
  get whyNotSave(): string | undefined {
    if (this.busy) return 'It is being read or written.';
    if (this.text.trim() === '') return 'Write or load a definition first.';
    if (this.checked === 'not') return 'Check the definition first.';
    if (this.checked === 'failed') return 'Correct what is listed first.';
    return this.edited ? undefined : 'Nothing was changed.';
  }

  /** Reads the site in force, unless there are edits to keep. */
  async read(): Promise<void> {
    const kept = this.edited;
    this.busy = true;
    const reply = await this.#client.call('site.get', {});
    this.busy = false;
    this.error = reply.ok ? null : reply.error;
    if (!reply.ok) return;
    this.#stored = reply.value === null ? '' : siteText(reply.value);
    if (!kept) this.discard();
  }

  /** Back to the site in force. */
  discard(): void {
    this.#show(this.#stored);
  }

  /** A whole site to be changed into one's own. */
  showExample(): void {
    this.#show(`${JSON.stringify(example, null, 2)}\n`);
  }

  async load(file: File): Promise<void> {
    if (file.size > largestFileBytes)
      this.#refuse({ path: file.name, message: 'is larger than any site: 1 MB is the most that is read' });
    else this.#show(await file.text());
  }

  saveAsFile(): void {
    saveText('site.json', this.text);
  }

  check(): void {
    this.error = null;
    this.#judge(readSite(this.text));
  }

  /** Name and notes of the site now in force; null when it was refused, and then `problems` or `error` says why. */
  async save(): Promise<{ name: string; notes: string[] } | null> {
    const reading = this.#reading;
    if (this.whyNotSave !== undefined || reading?.kind !== 'site') return null;
    this.busy = true;
    const reply = await this.#client.call('site.save', { site: reading.site });
    this.busy = false;
    if (reply.ok) {
      this.error = null;
      this.#stored = siteText(reading.site);
      this.discard();
      return reply.value;
    }
    const { code, details } = reply.error;
    if (code === 'bad-site') this.#refuse({ path: String(details.path), message: String(details.problem) });
    else this.error = reply.error;
    return null;
  }

  #show(text: string): void {
    this.text = text;
    if (text === '') this.#reading = null;
    else this.check();
  }

  #refuse(problem: SiteProblem): void {
    this.#judge({ kind: 'problems', problems: [problem] });
  }

  #judge(reading: SiteReading): void {
    this.#reading = reading;
    this.#checkedText = this.text;
  }
}
