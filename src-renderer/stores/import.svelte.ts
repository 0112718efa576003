import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { JobPayload } from '../../src-main/contract/desk.ts';
import type { BatchPayload, ImportMappingPayload, ImportPreviewPayload } from '../../src-main/contract/telemetry.ts';
import type { JobsStore } from './jobs.svelte.ts';

export type ImportKind = BatchPayload['kind'];
type Stage = 'choose' | 'uploading' | 'mapping' | 'importing' | 'done';

/** One file on its way in: chosen → uploaded → its reading shown and decided → imported as one transaction. */
export class ImportStore {
  /** Whether the import is on screen. */
  open = $state(false);
  stage = $state<Stage>('choose');
  kind = $state<ImportKind>('load-actual');
  fileName = $state('');
  preview = $state.raw<ImportPreviewPayload | null>(null);
  /** Doubts the operator has decided. */
  decided = $state.raw<ReadonlySet<string>>(new Set());
  error = $state.raw<ErrorReport | null>(null);
  jobId = $state<string | null>(null);
  ended = $state.raw<JobPayload | null>(null);
  #uploadId: string | null = null;
  readonly #client: Client;
  readonly #jobs: JobsStore;

  constructor(client: Client, jobs: JobsStore) {
    this.#client = client;
    this.#jobs = jobs;
  }

  get openDoubts(): ImportPreviewPayload['doubts'] {
    return (this.preview?.doubts ?? []).filter((doubt) => !this.decided.has(doubt.field));
  }
  get badRows(): number {
    return (this.preview?.rows ?? []).filter((row) => row.problem !== '').length;
  }

  async choose(file: { name: string; size: number; stream(): unknown }): Promise<void> {
    this.reset();
    this.fileName = file.name;
    this.stage = 'uploading';
    try {
      this.#uploadId = (await this.#client.upload(file)).uploadId;
    } catch (thrown) {
      const problem = thrown instanceof Error ? thrown.message : 'the file could not be handed over';
      this.error = {
        code: 'import-bad-file',
        message: `${file.name} cannot be read: ${problem}`,
        next: 'Choose the file again.',
        details: {},
      };
      this.stage = 'choose';
      return;
    }
    await this.#look();
  }

  /** Reads the file as another kind of telemetry; decisions start over. */
  async changeKind(kind: ImportKind): Promise<void> {
    this.kind = kind;
    this.decided = new Set();
    if (this.#uploadId !== null) await this.#look();
  }

  /** Changes how the file is read and looks again; the changed field counts as decided. */
  async changeMapping(field: string, change: Partial<ImportMappingPayload>): Promise<void> {
    if (this.preview === null) return;
    this.decided = new Set([...this.decided, field]);
    await this.#look({ ...this.preview.mapping, ...change });
  }

  /** The guess shown is right. */
  confirm(field: string): void {
    this.decided = new Set([...this.decided, field]);
  }

  get whyNotImport(): string | undefined {
    if (this.preview === null) return 'Choose a file first.';
    if (this.openDoubts.length > 0) return 'Decide the points that are in doubt first.';
    return this.stage === 'mapping' ? undefined : 'It is being imported.';
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
    if (job.state === 'done') this.stage = 'done';
    else {
      this.error = job.error as ErrorReport | null;
      this.stage = 'mapping';
    }
  }

  reset(): void {
    this.stage = 'choose';
    this.preview = null;
    this.decided = new Set();
    this.error = null;
    this.jobId = null;
    this.ended = null;
    this.#uploadId = null;
    this.fileName = '';
  }

  async #look(mapping?: ImportMappingPayload): Promise<void> {
    if (this.#uploadId === null) return;
    const request = { uploadId: this.#uploadId, kind: this.kind, ...(mapping ? { mapping } : {}) };
    const reply = await this.#client.call('telemetry.preview', request);
    if (!reply.ok) {
      this.error = reply.error;
      if (this.preview === null) this.stage = 'choose';
      return;
    }
    this.error = null;
    this.preview = reply.value;
    this.stage = 'mapping';
  }
}
