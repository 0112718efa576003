/** Stations whose sessions no aggregator of the site counts as its own. */
import type { Site } from '../site.ts';

/** Station names that one sentence can hold. */
const namedStations = 3;

/** One sentence, or none when every station belongs to an aggregator. @param stations those of the file */
export function unclaimedNote(site: Pick<Site, 'aggregators'>, stations: ReadonlySet<string>): string[] {
  const claimed = new Set(site.aggregators.flatMap((aggregator) => aggregator.stations));
  const unclaimed = [...stations].filter((station) => !claimed.has(station)).sort();
  if (unclaimed.length === 0) return [];
  const names = unclaimed.slice(0, namedStations).map((name) => `"${name}"`);
  if (unclaimed.length > namedStations) names.push('…');
  const belong = unclaimed.length === 1 ? '1 station belongs' : `${unclaimed.length} stations belong`;
  const them = unclaimed.length === 1 ? 'it' : 'them';
  return [`${belong} to no aggregator (${names.join(', ')}); name ${them} in the site definition`];
}
