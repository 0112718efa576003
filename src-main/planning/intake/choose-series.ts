/**
 * The telemetry series a site uses for a kind: the one it names, otherwise the first of that kind that was imported. A file imported
 * later never changes what tomorrow is planned from; the site definition does.
 */
import type { SeriesKind } from '../../telemetry/types.ts';
import type { SeriesInfo, TelemetryStore } from '../ports.ts';
import type { Site } from '../site.ts';

export function chooseSeries(store: TelemetryStore, site: Site, kind: SeriesKind): SeriesInfo | null {
  const ofKind = store.listSeries().filter((series) => series.kind === kind);
  const named = site.series[kind];
  if (named !== null) return ofKind.find((series) => series.id === named) ?? null;
  return ofKind.sort((a, b) => a.id - b.id)[0] ?? null;
}
