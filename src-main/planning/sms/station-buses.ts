/** At which bus of the site's network trucks stand: that of their station, where the definition of trucks names one the site's network has. */
import { Refusal } from '../../base/errors.ts';
import type { TruckFleet } from '../../models/v2g/mobile.ts';
import type { Store } from '../ports.ts';
import type { MobileStorage } from './mobile-storage.ts';

type Stations = Pick<MobileStorage, 'terminals' | 'grids' | 'siteGrid'>;

/**
 * Bus of each terminal [terminal]; null: the substation. A station takes its own `bus`, else the `stationBus` of its grid's feeder; where that is another
 * feeder than the site's, neither says anything of it.
 * @throws Refusal `bad-mobile-storage` for a bus that the site's network does not have
 */
export function stationBuses(
  store: Pick<Store, 'getFeeder' | 'getSite'>,
  { terminals, grids, siteGrid = null }: Stations,
): (string | null)[] {
  const network = store.getSite()?.network;
  const record = network && siteGrid !== null ? store.getFeeder(network.feederId) : null;
  if (!record) return terminals.map(() => null);
  const feeder = grids.find(({ id }) => id === siteGrid)?.feeder;
  const isSame = feeder === undefined || store.getFeeder(feeder.feederId)?.id === record.id;
  const known = new Set(record.network.buses.map(({ id }) => id));
  return terminals.map(({ grid, bus }, at) => {
    const named = bus ?? feeder?.stationBus;
    if (grid !== siteGrid || named === undefined || !isSame) return null;
    if (!known.has(named))
      throw new Refusal('bad-mobile-storage', {
        path: bus === undefined ? 'grids.feeder.stationBus' : `terminals[${at}].bus`,
        problem: `names bus ${named}, which the site's network ${record.name} does not have`,
      });
    return named;
  });
}

/** Places of a fleet are the terminals it was made from, in their order. */
export function withBuses(fleet: TruckFleet, buses: readonly (string | null)[]): TruckFleet {
  return {
    ...fleet,
    places: fleet.places.map((place, at) =>
      place.kind === 'station' && (buses[at] ?? null) !== null ? { ...place, bus: buses[at]! } : place,
    ),
  };
}
