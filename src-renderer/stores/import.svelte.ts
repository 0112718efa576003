import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { JobPayload } from '../../src-main/contract/desk.ts';
import type { BatchPayload, ImportMappingPayload, ImportPreviewPayload } from '../../src-main/contract/telemetry.ts';
import type { JobsStore } from './jobs.svelte.ts';

export type ImportKind = BatchPayload['kind'];
export type ImportDoubt = ImportPreviewPayload['doubts'][number];
type Stage = 'choose' | 'uploading' | 'mapping' | 'importing' | 'done';

/** Why nothing can be imported yet; null when it can. */
export const whyNoImport = (site: unknown): string | null =>
  site === null ? 'A site must be set up first: its zone and units decide how a file is read.' : null;

/** One file on its way in: chosen → uploaded → its reading shown and decided → imported as one transaction. */
export class ImportStore {
  /** Whether the import is on screen. */
  open = $state(false);
  stage = $state<Stage>('choose');
  kind = $state<ImportKind>('load-actual');
  fileName = $state('');
  preview = $state.raw<ImportPreviewPayload | null>(null);
  /** A reading of the file is being tried. */
  looking = $state(false);
  error = $state.raw<ErrorReport | null>(null);
  jobId = $state<string | null>(null);
  ended = $state.raw<JobPayload | null>(null);
  /** What the first guess was unsure of: it stays in doubt until the operator decides it, whatever else is changed. */
  #guessDoubts = $state.raw<ImportDoubt[]>([]);
  #decided = $state.raw<ReadonlySet<string>>(new Set());
  #uploadId: string | null = null;
  readonly #client: Client;
  readonly #jobs: JobsStore;

  constructor(client: Client, jobs: JobsStore) {
    this.#client = client;
    this.#jobs = jobs;
  }

  /** Doubts that are still to be decided. */
  get openDoubts(): ImportDoubt[] {
    return this.#guessDoubts.filter((doubt) => doubt.field !== unreadable && !this.#decided.has(doubt.field));
  }
  doubtAbout(field: string): ImportDoubt | undefined {
    return this.openDoubts.find((doubt) => doubt.field === field);
  }
  /** Why the file cannot be read as mapped; null when it can. */
  get unreadableRow(): string | null {
    return this.preview?.doubts.find((doubt) => doubt.field === unreadable)?.why ?? null;
  }
  get whyNotImport(): string | undefined {
    if (this.preview === null) return 'Choose a file first.';
    if (this.looking) return 'The file is being read.';
    if (this.unreadableRow !== null) return 'A row cannot be read this way; correct the mapping.';
    const open = this.openDoubts.length;
    if (open > 0)
      return open === 1 ? 'One point is in doubt; decide it first.' : `${open} points are in doubt; decide them first.`;
    return this.stage === 'mapping' ? undefined : 'It is being imported.';
  }

  async choose(file: { name: string; size: number; stream(): unknown }): Promise<void> {
    this.reset();
    this.fileName = file.name;
    this.stage = 'uploading';
    try {
      this.#uploadId = (await this.#client.upload(file)).uploadId;
    } catch (thrown) {
      const problem = thrown instanceof Error ? thrown.message : 'the file could not be handed over';
      const message = `${file.name} cannot be read: ${problem}`;
      this.error = { code: 'import-bad-file', message, next: 'Choose the file again.', details: {} };
      this.stage = 'choose';
      return;
    }
    await this.#look();
  }

  /** Reads the file as another kind of telemetry; the guess and its doubts start over. */
  async changeKind(kind: ImportKind): Promise<void> {
    this.kind = kind;
    this.#decided = new Set(['kind']);
    if (this.#uploadId !== null) await this.#look();
  }

  /** Changes how the file is read and looks again; the changed field counts as decided. */
  async changeMapping(field: string, change: Partial<ImportMappingPayload>): Promise<void> {
    if (this.preview === null) return;
    this.confirm(field);
    await this.#look({ ...this.preview.mapping, ...change });
  }

  /** What is shown for the field is right. */
  confirm(field: string): void {
    this.#decided = new Set([...this.#decided, field]);
  }

  /** Imports the file as shown; resolves when the job has ended. */
  async start(): Promise<void> {
    if (this.preview === null || this.whyNotImport !== undefined) return;
    const { uploadId, mapping } = this.preview;
    this.error = null;
    this.stage = 'importing';
    const reply = await this.#client.call('telemetry.import', { uploadId, kind: this.kind, mapping });
    if (!reply.ok) {
      this.error = reply.error;
      this.stage = 'mapping';
      return;
    }
    this.jobId = reply.value.jobId;
    const job = await this.#jobs.whenDone(reply.value.jobId);
    this.ended = job;
    this.stage = job.state === 'done' ? 'done' : 'mapping';
    if (job.state !== 'done') this.error = job.error as ErrorReport | null;
  }

  /** Forgets the file; what was imported stays. */
  reset(): void {
    this.stage = 'choose';
    this.preview = null;
    this.#guessDoubts = [];
    this.#decided = new Set();
    this.error = null;
    this.jobId = null;
    this.ended = null;
    this.#uploadId = null;
    this.fileName = '';
  }

  async #look(mapping?: ImportMappingPayload): Promise<void> {
    const uploadId = this.#uploadId;
    if (uploadId === null) return;
    this.looking = true;
    const request = { uploadId, kind: this.kind, ...(mapping ? { mapping } : {}) };
    const reply = await this.#client.call('telemetry.preview', request);
    this.looking = false;
    if (uploadId !== this.#uploadId) return;
    if (!reply.ok) {
      this.error = reply.error;
      this.stage = this.preview === null ? 'choose' : 'mapping';
      return;
    }
    this.error = null;
    this.preview = reply.value;
    if (mapping === undefined) this.#guessDoubts = reply.value.doubts;
    this.stage = 'mapping';
  }
}

/** The doubt that is a failure: a row that does not fit the mapping. */
const unreadable = 'rows';
