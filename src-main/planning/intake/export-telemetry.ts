/**
 * A stored series or its findings as CSV: ISO 8601 with offset, unit in the header, flags in words. The values are the cleaned
 * ones: what is missing or not trusted is filled, and says so.
 */
import { zoneOf } from '../../base/zone.ts';
import { fillSeries } from '../../telemetry/quality/fill-series.ts';
import { flagBits } from '../../telemetry/types.ts';
import { Refusal } from '../../base/errors.ts';
import { csvText, type CsvCell } from '../csv-text.ts';
import { fillRulesOf } from './fill-rules.ts';
import type { Store } from '../ports.ts';

export function exportTelemetry(store: Store, seriesId: number, zoneId: string, what: 'values' | 'flags') {
  const info = store.listSeries().find((series) => series.id === seriesId);
  if (!info) throw new Refusal('not-found', { what: 'series', id: seriesId });
  const zone = zoneOf(zoneId);
  const stem = `surewatt-${info.kind}-${info.name.replace(/[^\p{L}\p{N}]+/gu, '-')}`;
  if (what === 'flags') {
    const { ranges } = store.listFlags({ seriesId, offset: 0, limit: Number.MAX_SAFE_INTEGER });
    const rows = ranges.map((range): CsvCell[] => [
      zone.format(range.fromUtcMs),
      zone.format(range.toUtcMs),
      range.kind,
      range.count,
      range.detail,
      range.override?.verdict ?? null,
      range.override?.reason ?? null,
      range.override?.operator ?? null,
    ]);
    const header = ['from', 'to', 'finding', 'values', 'detail', 'operator verdict', 'reason', 'operator'];
    return { fileName: `${stem}-flags.csv`, text: csvText(header, rows) };
  }
  const { series } = fillSeries(
    store.readSeries(seriesId, info.fromUtcMs, info.toUtcMs),
    zoneId,
    fillRulesOf(store)[info.kind],
  );
  const words = (bits: number) =>
    Object.entries(flagBits)
      .filter(([, bit]) => (bits & bit) !== 0)
      .map(([name]) => name)
      .join(' ');
  const rows = Array.from(series.values, (value, index): CsvCell[] => [
    zone.format(series.startUtcMs + index * series.stepMinutes * 60_000),
    value,
    words(series.flags[index] ?? 0),
  ]);
  return { fileName: `${stem}.csv`, text: csvText(['interval start', `${info.name} (${info.unit})`, 'flags'], rows) };
}
