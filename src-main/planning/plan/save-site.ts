/** Takes a site into use. Its own limits are the contract's; here it is held against the telemetry in store. */
import { Refusal } from '../../base/errors.ts';
import { seriesKinds } from '../../telemetry/types.ts';
import { feederNamed, placeSite } from '../network/network-of.ts';
import { chooseSeries } from '../intake/choose-series.ts';
import type { Store } from '../ports.ts';
import type { Site } from '../site.ts';
import { operatorOf } from '../tools.ts';

export interface SavedSite {
  name: string;
  /** What the site names that the telemetry does not have yet. It may still be imported, so it refuses nothing. */
  notes: string[];
}

/**
 * Replaces the site; plans made before keep the site they were made for.
 * @throws Refusal `bad-site` when it names a series, a feeder or a bus that is not there, or a series of another kind
 */
export async function saveSite(store: Store, site: Site): Promise<SavedSite> {
  requireSeries(store, site);
  if (site.network) placeSite(site, site.network, feederNamed(store, site.network));
  await store.whenWritable();
  store.saveSite(site, operatorOf(store));
  return { name: site.name, notes: [...stationNotes(store, site), ...currencyNotes(store, site)] };
}

function requireSeries(store: Store, site: Site): void {
  const known = new Map(store.listSeries().map((series) => [series.id, series]));
  for (const kind of seriesKinds) {
    const id = site.series[kind];
    if (id === null) continue;
    const series = known.get(id);
    const problem =
      series === undefined
        ? `names series ${id}, which this database does not hold; null takes the newest of the kind`
        : series.kind === kind
          ? null
          : `names series ${id}, "${series.name}", which is ${series.kind}`;
    if (problem !== null) throw new Refusal('bad-site', { path: `series.${kind}`, problem });
  }
}

function stationNotes(store: Store, site: Site): string[] {
  const known = new Set(store.sessionStations().map(({ station }) => station));
  return site.aggregators.flatMap(({ name, stations }) => {
    const missing = stations.filter((station) => !known.has(station));
    return missing.length === 0
      ? []
      : [`${name}: no charging session of ${missing.map((station) => `"${station}"`).join(', ')} has been imported.`];
  });
}

function currencyNotes(store: Store, site: Site): string[] {
  const price = site.grid === null ? null : chooseSeries(store, site, 'price');
  return price === null || price.unit.startsWith(site.currency)
    ? []
    : [`Prices are in ${price.unit}, the site in ${site.currency}: no day can be planned until they agree.`];
}
