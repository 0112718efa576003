/**
 * How a file would be read, before anything is stored: a guess with its doubts, or the operator's own mapping. The whole file is
 * read once with the very reader the import uses, so that the preview cannot promise what the import then refuses.
 */
import { neverCancelled, type CancelSignal } from '../base/cancel.ts';
import { Refusal, type ErrorCode } from '../base/errors.ts';
import { zoneOf } from '../base/zone.ts';
import { describeSamples, describeSessions } from './describe-totals.ts';
import { guessMapping } from './guess/guess-mapping.ts';
import { doubtClockWithoutChange, doubtSeriesZone } from './guess/zone-doubts.ts';
import type { ImportDoubt, ImportMapping, ImportPreview, PreviewRow } from './mapping.ts';
import { readSamples, type ReadOptions } from './read-samples.ts';
import { readSessions } from './read-sessions.ts';
import { sessionDefects, type SessionDefect } from './session-defects.ts';
import type { ByteSource } from './source.ts';
import { openTable } from './text/table.ts';
import { flagBits, type ImportKind, type Sample, type Session } from './types.ts';

export interface PreviewOptions {
  siteZone: string;
  /** Read as this says instead of guessing. */
  mapping?: ImportMapping;
  signal?: CancelSignal;
}

const shownRows = 20;

/** @throws Refusal `import-bad-file`, `cancelled`; a bad row or a missing column is shown as a doubt, not thrown */
export async function previewImport(
  source: ByteSource,
  kind: ImportKind,
  options: PreviewOptions,
): Promise<ImportPreview> {
  const { siteZone, signal = neverCancelled } = options;
  const guess = options.mapping
    ? { mapping: options.mapping, doubts: [], columns: (await openTable(source, options.mapping, { signal })).columns }
    : await guessMapping(source, kind, siteZone, signal);
  const { columns } = guess;
  let { mapping } = guess;
  const doubts: ImportDoubt[] = [...guess.doubts];
  let trial = await tryReading(source, kind, mapping, siteZone, signal);
  if (!options.mapping && kind !== 'sessions' && mapping.zone !== 'in-text') {
    const impossible = trial.failure?.details['problem'];
    if (typeof impossible === 'string' && impossible.includes('does not exist in')) {
      const where = String(trial.failure?.details['value']);
      mapping = { ...mapping, zone: 'UTC' };
      doubts.push(doubtClockWithoutChange(siteZone, `row ${String(trial.failure?.details['row'])}: ${where}`));
      trial = await tryReading(source, kind, mapping, siteZone, signal);
    } else if (trial.zoneDoubt) doubts.push(trial.zoneDoubt);
  }
  if (!options.mapping && kind === 'sessions' && mapping.zone !== 'in-text')
    doubts.push({
      field: 'zone',
      why: `times carry no offset; they are taken as local time in ${siteZone}`,
      choices: [siteZone, 'UTC'],
    });
  if (trial.failure && !isConsequence(trial.failure.code, doubts))
    doubts.push({ field: 'rows', why: trial.failure.message, choices: [] });
  return {
    fileName: source.name,
    kind,
    mapping,
    certain: doubts.length === 0,
    doubts,
    columns,
    rows: trial.rows,
    notes: trial.notes,
  };
}

/** A reading that fails for want of a column or a step that is already asked for needs no second sentence. */
function isConsequence(code: ErrorCode, doubts: readonly ImportDoubt[]): boolean {
  if (code === 'import-column-missing') return doubts.some(({ field }) => field.startsWith('columns.'));
  return code === 'import-mapping-uncertain' && doubts.some(({ field }) => field === 'stepMinutes');
}

interface Trial {
  rows: PreviewRow[];
  notes: string[];
  failure: { code: ErrorCode; message: string; details: Record<string, unknown> } | null;
  zoneDoubt: ImportDoubt | null;
}

async function tryReading(
  source: ByteSource,
  kind: ImportKind,
  mapping: ImportMapping,
  siteZone: string,
  signal: CancelSignal,
): Promise<Trial> {
  const trial: Trial = { rows: [], notes: [], failure: null, zoneDoubt: null };
  const zone = zoneOf(mapping.zone === 'in-text' ? siteZone : mapping.zone);
  const written = (utcMs: number): string => (Number.isNaN(utcMs) ? '' : zone.format(utcMs));
  const show = (row: PreviewRow): void => {
    if (trial.rows.length < shownRows) trial.rows.push(row);
  };
  try {
    if (kind === 'sessions') {
      const onRow: ReadOptions<Session>['onRow'] = (row, cells, session) => {
        if (trial.rows.length >= shownRows) return;
        const time = `${written(session.arrivalUtcMs)} – ${written(session.departureUtcMs)}`;
        show({
          row,
          cells,
          time,
          value: known(session.energyKwh),
          unit: 'kWh',
          problem: describeDefects(session.defects),
        });
      };
      trial.notes = describeSessions(await readSessions(source, mapping, { signal, onRow }), mapping);
    } else {
      const unit = kind === 'price' ? mapping.unit.replace('kWh', 'MWh') : 'MW';
      const onRow: ReadOptions<Sample>['onRow'] = (row, cells, { utcMs, value, flags }) => {
        if (trial.rows.length >= shownRows) return;
        show({
          row,
          cells,
          time: written(utcMs),
          value: known(value),
          unit,
          problem: describeFlags(flags),
        });
      };
      const totals = await readSamples(source, kind, mapping, { signal, onRow });
      trial.notes = describeSamples(totals, mapping, kind, siteZone);
      if (mapping.zone !== 'in-text') trial.zoneDoubt = doubtSeriesZone(mapping.zone, totals);
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code === 'cancelled' || thrown.code === 'import-bad-file') throw thrown;
    const { details } = thrown.report;
    trial.failure = { code: thrown.code, message: thrown.message, details };
    if (typeof details['row'] === 'number')
      trial.rows.push({
        row: details['row'],
        cells: [String(details['value'] ?? '')],
        time: '',
        value: null,
        unit: '',
        problem: String(details['problem'] ?? thrown.message),
      });
  }
  return trial;
}

/** Null for no number; eight digits are more than any meter gives. */
const known = (value: number): number | null => (Number.isNaN(value) ? null : Number(value.toPrecision(8)));

/** ["zero-stay", "no-energy"] → "departs when it arrives; took no energy, or states none" */
const describeDefects = (defects: readonly string[]): string =>
  defects.map((defect) => (defect in sessionDefects ? sessionDefects[defect as SessionDefect] : defect)).join('; ');

function describeFlags(flags: number): string {
  if ((flags & flagBits.duplicate) !== 0)
    return (flags & flagBits.impossible) !== 0 ? 'repeats a time with another value' : 'repeats a time';
  return (flags & flagBits.gap) !== 0 ? 'no number' : '';
}
