/** Quality findings of a stored series, looked for anew after an import. */
import { Refusal } from '../base/errors.ts';
import { findQuality } from '../telemetry/quality/find-quality.ts';
import type { RegularSeries, SeriesKind } from '../telemetry/types.ts';
import type { SeriesInfo, TelemetryStore } from './ports.ts';

const partnerOf: Partial<Record<SeriesKind, SeriesKind>> = {
  'load-actual': 'load-forecast',
  'load-forecast': 'load-actual',
  'wind-actual': 'wind-forecast',
  'wind-forecast': 'wind-actual',
};

/**
 * Replaces the findings of a series. The forecast of an actual series, or the actual of a forecast, is read beside it when one
 * on the same step overlaps: what both show is weather, what only one shows is suspect. Operator verdicts stay with the store.
 * @throws Refusal `not-found`
 */
export function checkQuality(store: TelemetryStore, seriesId: number, siteZone: string): { ranges: number } {
  const all = store.listSeries();
  const info = all.find((series) => series.id === seriesId);
  if (!info) throw new Refusal('not-found', { what: 'series', id: seriesId });
  const series = readAll(store, info);
  if (series.values.length === 0) return { ranges: 0 };
  const partner = findPartner(all, info);
  const { ranges, flags } = findQuality(series, {
    zone: siteZone,
    ...(partner ? { other: readAll(store, partner) } : {}),
  });
  store.replaceFlags(seriesId, ranges, { ...series, flags });
  return { ranges: ranges.length };
}

/** The series whose findings depend on this one: those for which it is the partner. */
export function partnersOf(store: TelemetryStore, seriesId: number): number[] {
  const all = store.listSeries();
  return all.filter((info) => info.id !== seriesId && findPartner(all, info)?.id === seriesId).map(({ id }) => id);
}

const readAll = (store: TelemetryStore, info: SeriesInfo): RegularSeries =>
  store.readSeries(info.id, info.fromUtcMs, info.toUtcMs);

/** Of the partner kind and on the same step, the one that overlaps longest. */
function findPartner(all: readonly SeriesInfo[], info: SeriesInfo): SeriesInfo | null {
  const overlap = (other: SeriesInfo): number =>
    Math.min(info.toUtcMs, other.toUtcMs) - Math.max(info.fromUtcMs, other.fromUtcMs);
  const candidates = all.filter(
    (other) =>
      other.kind === partnerOf[info.kind] &&
      other.stepMinutes === info.stepMinutes &&
      other.unit === info.unit &&
      overlap(other) > 0,
  );
  return candidates.sort((a, b) => overlap(b) - overlap(a) || a.id - b.id)[0] ?? null;
}
