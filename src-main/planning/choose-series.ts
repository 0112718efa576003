/** The telemetry series a site uses for a kind: the one it names, otherwise the newest of that kind. */
import type { SeriesKind } from '../telemetry/types.ts';
import type { SeriesInfo, TelemetryStore } from './ports.ts';
import type { Site } from './site.ts';

export function chooseSeries(store: TelemetryStore, site: Site, kind: SeriesKind): SeriesInfo | null {
  const ofKind = store.listSeries().filter((series) => series.kind === kind);
  const named = site.series[kind];
  if (named !== null) return ofKind.find((series) => series.id === named) ?? null;
  return ofKind.sort((a, b) => b.toUtcMs - a.toUtcMs)[0] ?? null;
}
