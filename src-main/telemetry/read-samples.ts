/** A file of regular values, streamed into samples of the canonical unit. */
import type { CancelSignal } from '../base/cancel.ts';
import { neverCancelled } from '../base/cancel.ts';
import { Refusal } from '../base/errors.ts';
import { badRow } from './bad-row.ts';
import type { ImportMapping } from './mapping.ts';
import type { ByteSource } from './source.ts';
import { hasThousandsMark, parseNumber } from './text/cells.ts';
import { columnIndex, openTable } from './text/table.ts';
import { createSeriesTimes } from './time/series-times.ts';
import { createSlotMemory } from './time/slot-memory.ts';
import { flagBits, type Sample, type SeriesKind, type SeriesUnit } from './types.ts';
import { convertUnit } from './units.ts';

export interface ReadOptions<Item> {
  signal?: CancelSignal;
  /** Called with at most a few thousand items at a time; the array is not used again. */
  onBatch?: (items: Item[]) => void;
  onProgress?: (progress: { rows: number; bytes: number; share: number }) => void;
  /** Every row as it was read; for the preview. */
  onRow?: (row: number, cells: string[], item: Item) => void;
}

export interface SampleTotals {
  /** Data rows of the file. */
  rowCount: number;
  /** Different instants named. */
  sampleCount: number;
  /** Rows with a missing token instead of a number. */
  missingCount: number;
  /** Rows that repeat an instant with the same value, and with another one (the first is kept). */
  exactDuplicates: number;
  conflictingDuplicates: number;
  /** Rows at an earlier instant than the row before. */
  backwardSteps: number;
  /** Rows read as the second pass through an autumn hour; missing-value rows in the hour spring leaves out. */
  secondPasses: number;
  springBlanks: number;
  thousandsMarks: number;
  lostCenturies: number;
  /** Neighbouring values in time that are equal, of all pairs compared; a compressed curve has none. */
  equalNeighbours: number;
  neighbours: number;
  /** Slots of the grid between first and last that no row names, and into how many gaps they fall (counted in file order). */
  absentCount: number;
  shortGaps: number;
  fromUtcMs: number;
  toUtcMs: number;
  unit: SeriesUnit;
}

const batchSize = 4096;

/**
 * Duplicates are dropped; the value kept is emitted once more with the `duplicate` bit (and `impossible` when the values
 * contradict each other). @throws Refusal `import-bad-row`, `import-column-missing`, `import-bad-file`, `cancelled`
 */
export async function readSamples(
  source: ByteSource,
  kind: SeriesKind,
  mapping: ImportMapping,
  options: ReadOptions<Sample> = {},
): Promise<SampleTotals> {
  const { onBatch, onProgress, onRow, signal = neverCancelled } = options;
  if (mapping.stepMinutes === null || !(mapping.stepMinutes > 0))
    throw new Refusal('import-mapping-uncertain', {
      file: source.name,
      doubts: 'the minutes between two values are not known.',
    });
  const stepMs = mapping.stepMinutes * 60_000;
  const { unit, factor } = convertUnit(kind, mapping.unit, mapping.stepMinutes);
  let bytes = 0;
  const table = await openTable(source, mapping, { signal, onBytes: (sofar) => (bytes = sofar) });
  const { columns } = table;
  const valueName = mapping.columns['value'] ?? '';
  const valueIndex = columnIndex(source.name, columns, valueName);
  const subtractIndex = mapping.subtractColumn === '' ? -1 : columnIndex(source.name, columns, mapping.subtractColumn);
  const times = createSeriesTimes(mapping, columns, source.name, stepMs);
  const memory = createSlotMemory();
  const totals: SampleTotals = {
    rowCount: 0,
    sampleCount: 0,
    missingCount: 0,
    exactDuplicates: 0,
    conflictingDuplicates: 0,
    backwardSteps: 0,
    secondPasses: 0,
    springBlanks: 0,
    thousandsMarks: 0,
    lostCenturies: 0,
    equalNeighbours: 0,
    neighbours: 0,
    absentCount: 0,
    shortGaps: 0,
    fromUtcMs: Infinity,
    toUtcMs: -Infinity,
    unit,
  };
  const readNumber = (cells: readonly string[], index: number, row: number): number => {
    const text = cells[index];
    if (text === undefined)
      throw badRow(
        source.name,
        row,
        columns[index]!,
        '',
        `the row ends after ${cells.length} of ${columns.length} cells`,
      );
    const number = parseNumber(text, mapping.decimalMark);
    if (number === null)
      throw badRow(source.name, row, columns[index]!, text, 'neither a number nor a sign for a missing value');
    if (Math.abs(number) >= 1000 && hasThousandsMark(text, mapping.decimalMark)) totals.thousandsMarks++;
    return number;
  };
  let phase = NaN;
  let lastSlot = NaN;
  let lastValue = NaN;
  let batch: Sample[] = [];
  const take = (cells: string[], row: number): void => {
    totals.rowCount++;
    const raw = readNumber(cells, valueIndex, row);
    const value = (subtractIndex < 0 ? raw : raw - readNumber(cells, subtractIndex, row)) * factor;
    const utcMs = times.read(cells, row);
    if (Number.isNaN(utcMs)) {
      if (!Number.isNaN(value))
        throw badRow(
          source.name,
          row,
          times.column,
          times.written(cells),
          `this time does not exist in ${mapping.zone} (spring clock change)`,
        );
      totals.springBlanks++;
      return;
    }
    if (Number.isNaN(phase)) phase = ((utcMs % stepMs) + stepMs) % stepMs;
    const slot = (utcMs - phase) / stepMs;
    if (!Number.isInteger(slot))
      throw badRow(
        source.name,
        row,
        times.column,
        new Date(utcMs).toISOString(),
        `not on the file's own grid of ${mapping.stepMinutes} minutes`,
      );
    if (Number.isNaN(value)) totals.missingCount++;
    const sample: Sample = { utcMs, value, flags: Number.isNaN(value) ? flagBits.gap : 0 };
    const known = memory.add(slot, value) === 'seen';
    const settled = !known || settleDuplicate(sample, memory.recall(slot), totals);
    if (known && settled) memory.replace(slot, sample.value, sample.flags);
    if (utcMs < totals.fromUtcMs) totals.fromUtcMs = utcMs;
    if (utcMs + stepMs > totals.toUtcMs) totals.toUtcMs = utcMs + stepMs;
    const jump = slot - lastSlot;
    if (jump < 0) totals.backwardSteps++;
    if (jump === 1) {
      totals.neighbours++;
      if (value === lastValue) totals.equalNeighbours++;
    } else if (jump > 1 && jump <= 4) totals.shortGaps++;
    lastSlot = slot;
    lastValue = value;
    if (settled) batch.push(sample);
    if (batch.length >= batchSize) emit();
    onRow?.(row, cells, sample);
  };
  const emit = (): void => {
    if (batch.length > 0) onBatch?.(batch);
    batch = [];
    onProgress?.({ rows: totals.rowCount, bytes, share: Math.min(1, bytes / Math.max(1, source.size)) });
  };
  for await (const { rows, rowNumbers } of table.blocks)
    for (let i = 0; i < rows.length; i++) take(rows[i]!, rowNumbers[i]!);
  emit();
  if (totals.rowCount === 0)
    throw new Refusal('import-bad-file', { file: source.name, problem: 'it has no rows below the column names' });
  totals.sampleCount = memory.distinct;
  totals.secondPasses = times.secondPasses();
  totals.lostCenturies = times.lostCenturies();
  if (totals.sampleCount > 0) totals.absentCount = (totals.toUtcMs - totals.fromUtcMs) / stepMs - totals.sampleCount;
  return totals;
}

/**
 * The first number stays; a first row without one gives way to a later number. False when the first value is no longer at hand:
 * the repeated row is then counted as a contradiction and nothing is emitted.
 */
function settleDuplicate(
  sample: Sample,
  first: { value: number; flags: number } | undefined,
  totals: SampleTotals,
): boolean {
  if (first === undefined) {
    totals.conflictingDuplicates++;
    return false;
  }
  const [had, has] = [!Number.isNaN(first.value), !Number.isNaN(sample.value)];
  const contradicts = had && has && first.value !== sample.value;
  if (contradicts) totals.conflictingDuplicates++;
  else totals.exactDuplicates++;
  if (had) sample.value = first.value;
  const kept = first.flags & flagBits.impossible;
  sample.flags = flagBits.duplicate | kept | (contradicts ? flagBits.impossible : 0) | (had || has ? 0 : flagBits.gap);
  return true;
}
