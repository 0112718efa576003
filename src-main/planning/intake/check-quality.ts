/** Quality findings of a stored series, looked for anew after an import. */
import { Refusal } from '../../base/errors.ts';
import type { QualitySource } from '../../telemetry/quality/quality-source.ts';
import { scanQuality } from '../../telemetry/quality/scan-quality.ts';
import type { SeriesKind } from '../../telemetry/types.ts';
import type { SeriesInfo, TelemetryStore } from '../ports.ts';

const partnerOf: Partial<Record<SeriesKind, SeriesKind>> = {
  'load-actual': 'load-forecast',
  'load-forecast': 'load-actual',
  'wind-actual': 'wind-forecast',
  'wind-forecast': 'wind-actual',
};

/**
 * Replaces the findings of a series, in one transaction. The forecast of an actual series, or the actual of a forecast, is read
 * beside it when one on the same step overlaps: what both show is weather, what only one shows is suspect. Operator verdicts stay
 * with the store. The series passes in stretches, so its length costs time but hardly memory.
 * @throws Refusal `not-found`
 */
export function checkQuality(store: TelemetryStore, seriesId: number, siteZone: string): { ranges: number } {
  const all = store.listSeries();
  const info = all.find((series) => series.id === seriesId);
  if (!info) throw new Refusal('not-found', { what: 'series', id: seriesId });
  const source = sourceFrom(store, info, findPartner(all, info));
  if (source.shape.length === 0) return { ranges: 0 };
  let ranges = 0;
  const pieces = function* () {
    for (const piece of scanQuality(source, siteZone)) {
      ranges += piece.ranges.length;
      yield piece;
    }
  };
  store.replaceFlags(seriesId, pieces());
  return { ranges };
}

function sourceFrom(store: TelemetryStore, info: SeriesInfo, partner: SeriesInfo | null): QualitySource {
  const { kind, unit, stepMinutes, fromUtcMs: startUtcMs } = info;
  const stepMs = stepMinutes * 60_000;
  const length = (info.toUtcMs - startUtcMs) / stepMs;
  return {
    shape: { kind, unit, stepMinutes, startUtcMs, length },
    read: (from, to) => store.readSeries(info.id, startUtcMs + from * stepMs, startUtcMs + to * stepMs),
    readOther: (fromUtcMs, toUtcMs) => {
      if (!partner) return null;
      const [from, to] = [Math.max(fromUtcMs, partner.fromUtcMs), Math.min(toUtcMs, partner.toUtcMs)];
      return from < to ? store.readSeries(partner.id, from, to) : null;
    },
  };
}

/** The series whose findings depend on this one: those for which it is the partner. */
export function partnersOf(store: TelemetryStore, seriesId: number): number[] {
  const all = store.listSeries();
  return all.filter((info) => info.id !== seriesId && findPartner(all, info)?.id === seriesId).map(({ id }) => id);
}

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
