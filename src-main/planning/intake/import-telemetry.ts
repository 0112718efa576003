/** Takes a file in: guess or confirm how it is read, store it in one transaction, look for what is wrong with it. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import { describeSamples, describeSessions } from '../../telemetry/describe-totals.ts';
import type { ImportMapping, ImportPreview } from '../../telemetry/mapping.ts';
import { previewImport } from '../../telemetry/preview-import.ts';
import { readSamples, type ReadOptions } from '../../telemetry/read-samples.ts';
import { readSessions } from '../../telemetry/read-sessions.ts';
import { requireMapping } from '../../telemetry/require-mapping.ts';
import type { ByteSource } from '../../telemetry/source.ts';
import type { ImportKind, Session } from '../../telemetry/types.ts';
import { convertUnit } from '../../telemetry/units.ts';
import { checkQuality, partnersOf } from './check-quality.ts';
import type { BatchInfo, Clock, ImportWriter, TelemetryStore } from '../ports.ts';
import type { Site } from '../site.ts';
import { siteOf, type PlanTools } from '../tools.ts';
import { unclaimedNote } from '../sms/unclaimed-stations.ts';

/** What a host needs of a job to run an import; `JobHandle` has it all. */
export interface ImportJob {
  readonly signal: CancelSignal;
  enterPhase(phase: number): void;
  report(share: number | null, detail: string): void;
}

export type ImportResult = BatchInfo & {
  /** What the file showed that needed no decision. */
  notes: string[];
  /** Ranges of values that quality rules have something to say about. */
  findings: number;
};

/** How a file would be read: guessed, or as `mapping` says. Nothing is stored. */
export async function previewFile(
  source: ByteSource,
  kind: ImportKind,
  siteZone: string,
  mapping: unknown,
): Promise<ImportPreview> {
  return previewImport(source, kind, { siteZone, ...(mapping === null ? {} : { mapping: requireMapping(mapping) }) });
}

/**
 * `mapping` null: the guess is used if nothing about it is doubtful. Phase 0 reads and stores, phase 1 checks quality. Any error
 * or cancel before the end of phase 0 leaves no trace; the findings of phase 1 can be made again.
 * @throws Refusal `no-site`, `import-known-file`, `import-mapping-uncertain` (with the preview), `import-bad-row`,
 * `import-bad-file`, `import-column-missing`, `import-series-differs`, `import-off-grid`, `cancelled`
 */
export async function importFile(
  tools: Pick<PlanTools, 'store' | 'clock'>,
  source: ByteSource,
  kind: ImportKind,
  mapping: unknown,
  job: ImportJob,
): Promise<ImportResult> {
  const { store, clock } = tools;
  const site = siteOf(store);
  const siteZone = site.zone;
  const fileHash = await source.hash();
  const settled = mapping === null ? await guessCertain(source, kind, siteZone, job.signal) : requireMapping(mapping);
  job.enterPhase(0);
  await store.whenWritable();
  refuseKnown(store, source.name, fileHash, kind, settled);
  const writer = store.beginImport({
    kind,
    fileName: source.name,
    fileHash,
    mapping: settled,
    series: describeSeries(kind, settled, siteZone),
  });
  let result: ImportResult;
  try {
    result = await readInto(writer, source, kind, settled, site, reportRows(clock, job));
  } catch (thrown) {
    writer.rollback();
    throw thrown;
  }
  job.enterPhase(1);
  if (kind === 'sessions') return result;
  const series = store.listSeries().find((info) => info.kind === kind && info.name === settled.seriesName);
  if (!series) return result;
  for (const id of [series.id, ...partnersOf(store, series.id)]) {
    job.report(null, 'looking for gaps, frozen values and spikes');
    await store.whenWritable();
    const { ranges } = checkQuality(store, id, siteZone);
    if (id === series.id) result.findings = ranges;
  }
  return result;
}

async function guessCertain(
  source: ByteSource,
  kind: ImportKind,
  siteZone: string,
  signal: CancelSignal,
): Promise<ImportMapping> {
  const preview = await previewImport(source, kind, { siteZone, signal });
  if (preview.certain) return preview.mapping;
  const doubts = preview.doubts.map(({ field, why }) => `${field}: ${why}`).join('; ');
  throw new Refusal('import-mapping-uncertain', { file: source.name, doubts, preview });
}

/**
 * Sessions of a known file would stand twice. Values take the place of older ones, so a known file may be read again in another
 * way: another of its columns, or with a mistake of the mapping put right.
 */
function refuseKnown(
  store: TelemetryStore,
  file: string,
  fileHash: string,
  kind: ImportKind,
  mapping: ImportMapping,
): void {
  const ofFile = store.listBatches().filter((batch) => batch.fileHash === fileHash && batch.kind === kind);
  const known = ofFile.find((batch) => kind === 'sessions' || sortedJson(batch.mapping) === sortedJson(mapping));
  if (known) {
    const when = new Date(known.importedAtMs).toISOString().slice(0, 16).replace('T', ' ');
    throw new Refusal('import-known-file', { file, batch: known.id, when: `${when} UTC` });
  }
}

const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );

function describeSeries(kind: ImportKind, mapping: ImportMapping, siteZone: string) {
  if (kind === 'sessions') return null;
  const stepMinutes = mapping.stepMinutes ?? NaN;
  const { unit } = convertUnit(kind, mapping.unit, stepMinutes);
  const zone = mapping.zone === 'in-text' ? siteZone : mapping.zone;
  return { name: mapping.seriesName, unit, zone, stepMinutes, source: mapping.source };
}

function reportRows(clock: Clock, job: ImportJob): Pick<ReadOptions<never>, 'signal' | 'onProgress'> {
  const startedMs = clock.nowMs();
  return {
    signal: job.signal,
    onProgress: ({ rows, share }) => {
      const perSecond = Math.round(rows / Math.max(0.001, (clock.nowMs() - startedMs) / 1000));
      job.report(share, `${rows.toLocaleString('en-GB')} rows, ${perSecond.toLocaleString('en-GB')} rows/s`);
    },
  };
}

async function readInto(
  writer: ImportWriter,
  source: ByteSource,
  kind: ImportKind,
  mapping: ImportMapping,
  site: Site,
  options: Pick<ReadOptions<never>, 'signal' | 'onProgress'>,
): Promise<ImportResult> {
  if (kind === 'sessions') {
    const stations = new Set<string>();
    const onBatch = (items: readonly Session[]) => {
      for (const { station } of items) stations.add(station);
      writer.addSessions(items);
    };
    const totals = await readSessions(source, mapping, { ...options, onBatch });
    return {
      ...finish(writer, totals.rowCount, options.signal ?? neverCancelled, source.name),
      notes: [...describeSessions(totals, mapping), ...unclaimedNote(site, stations)],
      findings: 0,
    };
  }
  const totals = await readSamples(source, kind, mapping, { ...options, onBatch: (items) => writer.addSamples(items) });
  return {
    ...finish(writer, totals.rowCount, options.signal ?? neverCancelled, source.name),
    notes: describeSamples(totals, mapping, kind, site.zone),
    findings: 0,
  };
}

/** The last moment at which a cancel still undoes everything. */
function finish(writer: ImportWriter, rowCount: number, signal: CancelSignal, file: string): BatchInfo {
  if (signal.cancelled) throw new Refusal('cancelled', { what: `The import of ${file}` });
  return writer.commit({ rowCount });
}
