import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { JobPayload } from '../../src-main/contract/desk.ts';
import type {
  FeederMappingPayload,
  FeederPreviewPayload,
  FeederRole,
  FeederUploads,
} from '../../src-main/contract/feeders.ts';
import type { JobsStore } from './jobs.svelte.ts';

type Stage = 'choose' | 'uploading' | 'mapping' | 'importing' | 'done';
export interface FeederFile {
  uploadId: string;
  name: string;
  role: FeederRole;
}
interface GivenFile {
  name: string;
  size: number;
  stream(): unknown;
}

/** The files of a feeder on their way in: chosen → handed over → their reading shown and decided → imported as one transaction. */
export class FeederImportStore {
  /** Whether the import is on screen. */
  open = $state(false);
  stage = $state<Stage>('choose');
  files = $state.raw<FeederFile[]>([]);
  preview = $state.raw<FeederPreviewPayload | null>(null);
  /** A reading of the files is being tried. */
  looking = $state(false);
  error = $state.raw<ErrorReport | null>(null);
  about = $state({ name: '', source: '', licence: '', attribution: '' });
  jobId = $state<string | null>(null);
  ended = $state.raw<JobPayload | null>(null);
  /** Of the first guess: they stay until the operator decides, whatever else is changed. */
  doubts = $state.raw<readonly string[]>([]);
  #turn = 0;
  readonly #client: Client;
  readonly #jobs: JobsStore;

  constructor(client: Client, jobs: JobsStore) {
    this.#client = client;
    this.#jobs = jobs;
  }

  /** The files by the part they play; null while a part is missing, and then `missing` says which. */
  get uploads(): FeederUploads | null {
    const of = (role: FeederRole): string | null => this.files.find((file) => file.role === role)?.uploadId ?? null;
    const coordinates = of('coordinates');
    const whole = of('case');
    if (whole !== null) return { buses: whole, branches: null, coordinates };
    const [buses, branches] = [of('buses'), of('branches')];
    return buses === null || branches === null ? null : { buses, branches, coordinates };
  }
  get missing(): string | null {
    const twice = this.files.find((file, index) => this.files.some((other, at) => at < index && other.role === file.role)); // prettier-ignore
    if (twice) return `Two files are given the same part; ${twice.name} is one of them.`;
    if (this.uploads !== null || this.files.length === 0) return null;
    return this.files.some(({ role }) => role === 'branches')
      ? 'The table of buses is missing.'
      : 'The table of branches is missing.';
  }
  get whyNotImport(): string | undefined {
    if (this.files.length === 0) return 'Choose the files first.';
    if (this.missing !== null) return this.missing;
    if (this.looking || this.preview === null) return 'The files are being read.';
    if (this.preview.refused !== null) return 'The feeder cannot be used this way; see what is named.';
    if (this.doubts.length > 0) return 'A unit is in doubt; decide it first.';
    if (this.about.name.trim() === '') return 'Give the feeder a name.';
    return this.stage === 'mapping' ? undefined : 'It is being imported.';
  }
  /** Of the feeder just imported. */
  get feederId(): string | null {
    const id = (this.ended?.result as { feederId?: unknown } | null | undefined)?.feederId;
    return typeof id === 'string' ? id : null;
  }

  /** Adds files; each is recognised by its first line. */
  async add(given: readonly GivenFile[]): Promise<void> {
    const before = this.files;
    this.error = null;
    this.stage = 'uploading';
    const added: Omit<FeederFile, 'role'>[] = [];
    for (const file of given) {
      try {
        added.push({ uploadId: (await this.#client.upload(file)).uploadId, name: file.name });
      } catch (thrown) {
        const problem = thrown instanceof Error ? thrown.message : 'the file could not be handed over';
        const message = `${file.name} cannot be read: ${problem}`;
        this.error = { code: 'import-bad-file', message, next: 'Choose the file again.', details: {} };
      }
    }
    const uploads = added.map(({ uploadId }) => uploadId);
    const reply = uploads.length > 0 ? await this.#client.call('feeders.recognise', { uploads }) : null;
    if (reply && !reply.ok) this.error = reply.error;
    if (reply?.ok) this.files = [...before, ...added.map((file, k) => ({ ...file, role: reply.value.roles[k]! }))];
    if (this.about.name === '') this.about.name = stem(this.files);
    this.stage = this.files.length === 0 ? 'choose' : 'mapping';
    await this.#look();
  }

  async changeRole(uploadId: string, role: FeederRole): Promise<void> {
    this.files = this.files.map((file) => (file.uploadId === uploadId ? { ...file, role } : file));
    await this.#look();
  }

  async remove(uploadId: string): Promise<void> {
    this.files = this.files.filter((file) => file.uploadId !== uploadId);
    if (this.files.length === 0) this.reset();
    else await this.#look();
  }

  /** Changes how tables are read and looks again. */
  async changeMapping(change: Partial<Extract<FeederMappingPayload, { format: 'csv' }>>): Promise<void> {
    const mapping = this.preview?.mapping;
    if (mapping?.format === 'csv') await this.#look({ ...mapping, ...change });
  }

  /** Whether loops belong to it. */
  async changeTopology(topology: 'radial' | 'meshed'): Promise<void> {
    const mapping = this.preview?.mapping;
    if (mapping) await this.#look({ ...mapping, topology });
  }

  /** The units shown are right. */
  confirm(): void {
    this.doubts = [];
  }

  /** Imports the feeder as shown; resolves when the job has ended. */
  async start(): Promise<void> {
    const { preview, uploads } = this;
    if (preview === null || uploads === null || this.whyNotImport !== undefined) return;
    this.error = null;
    this.stage = 'importing';
    const { name, source, licence, attribution } = this.about;
    const wish = { uploads, mapping: preview.mapping, name: name.trim(), source, licence, attribution };
    const reply = await this.#client.call('feeders.import', wish);
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

  /** Forgets the files; what was imported stays. */
  reset(): void {
    this.#turn++;
    this.stage = 'choose';
    this.files = [];
    this.preview = null;
    this.doubts = [];
    this.looking = false;
    this.error = null;
    this.jobId = null;
    this.ended = null;
    this.about = { name: '', source: '', licence: '', attribution: '' };
  }

  async #look(mapping?: FeederMappingPayload): Promise<void> {
    const turn = ++this.#turn;
    const { uploads } = this;
    if (uploads === null || this.missing !== null) {
      this.preview = null;
      this.looking = false;
      return;
    }
    this.looking = true;
    const reply = await this.#client.call('feeders.preview', mapping ? { uploads, mapping } : { uploads });
    if (turn !== this.#turn) return;
    this.looking = false;
    this.error = reply.ok ? null : reply.error;
    if (!reply.ok) return;
    this.preview = reply.value;
    if (mapping === undefined) this.doubts = reply.value.doubts;
  }
}

/** "ieee69-buses.csv" → "ieee69": a name to begin with. */
function stem(files: readonly FeederFile[]): string {
  const first = files.find(({ role }) => role === 'case' || role === 'buses') ?? files[0];
  return (first?.name ?? '').replace(/\.\w+$/, '').replace(/[-_ ]?(bus(es)?|nodes?)$/i, '');
}
