/** What the operator sees before anything is asked: site, tomorrow, freshness, plans, and what in the data needs a decision. */
import { addDays, zoneOf } from '../base/zone.ts';
import { seriesKinds, type ImportKind } from '../telemetry/types.ts';
import { chooseSeries } from './intake/choose-series.ts';
import type { Exception } from './exception.ts';
import type { Store } from './ports.ts';
import type { Site } from './site.ts';

export interface Freshness {
  kind: ImportKind;
  name: string;
  fromUtcMs: number;
  toUtcMs: number;
  flagged: number;
}

/** The first day after the last full local day of actual load; null without telemetry. */
export function tomorrowOf(store: Store, site: Site): string | null {
  const load = chooseSeries(store, site, 'load-actual');
  return load && load.valueCount > 0 ? zoneOf(site.zone).dateOf(load.toUtcMs) : null;
}

export function freshness(store: Store): Freshness[] {
  const series = store.listSeries().map(({ kind, name, fromUtcMs, toUtcMs, flaggedCount }) => ({
    kind,
    name,
    fromUtcMs,
    toUtcMs,
    flagged: flaggedCount,
  }));
  const stations = store.sessionStations();
  if (stations.length === 0) return series;
  const count = stations.reduce((sum, station) => sum + station.count, 0);
  const usable = stations.reduce((sum, station) => sum + station.usable, 0);
  return [
    ...series,
    {
      kind: 'sessions',
      name: `${stations.length} stations`,
      fromUtcMs: Math.min(...stations.map((station) => station.fromUtcMs)),
      toUtcMs: Math.max(...stations.map((station) => station.toUtcMs)),
      flagged: count - usable,
    },
  ];
}

/** Findings a person should look at: values that cannot be, in the last year, not yet judged by the operator. */
export function dataExceptions(store: Store, site: Site): Exception[] {
  const tomorrow = tomorrowOf(store, site);
  if (!tomorrow) return [];
  const since = zoneOf(site.zone).startOfDay(addDays(tomorrow, -365));
  return [...ambiguousSeries(store, site), ...doubtfulValues(store, since)];
}

/** Kinds of which there are several series and the site names none. */
function ambiguousSeries(store: Store, site: Site): Exception[] {
  return seriesKinds.flatMap((kind): Exception[] => {
    const ofKind = store.listSeries().filter((series) => series.kind === kind);
    const used = chooseSeries(store, site, kind);
    if (ofKind.length < 2 || site.series[kind] !== null || !used) return [];
    return [
      {
        level: 3,
        code: 'series-unnamed',
        cause: `There are ${ofKind.length} series of ${kind}; plans use "${used.name}", the first that was imported`,
        fromSlot: null,
        toSlot: null,
        consequence: 'To use another one, name it in the site definition.',
        action: { label: 'See the series', screen: 'telemetry' },
        count: ofKind.length,
      },
    ];
  });
}

function doubtfulValues(store: Store, since: number): Exception[] {
  return store.listSeries().flatMap((series): Exception[] => {
    const open = ['impossible', 'spike', 'frozen']
      .flatMap((kind) => store.listFlags({ seriesId: series.id, kind, offset: 0, limit: 500 }).ranges)
      .filter((range) => range.override === null && range.toUtcMs > since);
    const [first] = open;
    if (!first) return [];
    const values = open.reduce((sum, range) => sum + range.count, 0);
    return [
      {
        level: 3,
        code: 'data-findings',
        cause: `${series.name}: ${values === 1 ? 'one doubtful value' : `${values} doubtful values`}, ${values === 1 ? '' : 'such as '}${first.detail}`,
        fromSlot: null,
        toSlot: null,
        consequence: 'What is doubtful shapes no set; the hours concerned are planned with a wider one.',
        action: { label: 'Review the flags', screen: 'telemetry' },
        count: open.length,
      },
    ];
  });
}
