/** The feeder of a site and the places of its load and devices, as the scheduling problem takes them. */
import { Refusal } from '../../base/errors.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { NetworkInverter, SiteNetwork } from '../../models/v2g/site-network.ts';
import type { Store } from '../ports.ts';
import type { NetworkModel, NetworkPlace, NetworkSite, Site } from '../site.ts';
import { feederOf } from './feeder-of.ts';
import { meshOf } from './mesh-of.ts';
import type { FeederRecord, FeederStore } from './network-ports.ts';

/** Sides of the polygon that stands for a circle: 1.92 % of the rating is given away at most. */
const circleSides = 16;
/** Weight against reactive power for nothing, as a share of the throughput's: moving energy is worse than moving none. */
const reactiveShare = 0.1;

/** What a problem says of the network under it: a feeder, a mesh, or nothing. */
export type ProblemNetwork = Pick<V2gProblem, 'network' | 'mesh'>;

/** Nothing where the site has no network, or it is not to be looked at. @throws Refusal `bad-site` for a feeder or bus that is not there. */
export function networkOf(
  store: Pick<Store, 'getFeeder'>,
  site: Site,
  wish: { network?: NetworkModel | 'off' | undefined; voltageMinPu?: number | undefined } = {},
): ProblemNetwork {
  if (!site.network || wish.network === 'off') return {};
  const feeder = feederNamed(store, site.network);
  const { model, voltageMinPu } = site.network;
  const asked = { ...site.network, model: wish.network ?? model, voltageMinPu: wish.voltageMinPu ?? voltageMinPu };
  return placeSite(site, asked, feeder);
}

/** @throws Refusal `bad-site` */
export function feederNamed(store: Pick<FeederStore, 'getFeeder'>, { feederId }: NetworkSite): FeederRecord {
  const record = store.getFeeder(feederId);
  if (record) return record;
  throw new Refusal('bad-site', {
    path: 'network.feederId',
    problem:
      feederId === null
        ? 'takes the first feeder imported, and none has been'
        : `names feeder ${feederId}, which is not there`,
    next: 'Import the feeder first ("import feeder" on the command line, "Import a feeder …" at the desk).',
  });
}

/**
 * @throws Refusal `bad-site` for a bus the feeder does not have, for a feeder whose file states no load to spread the site's by, and for a
 *   model that is not one of a network of its kind.
 */
export function placeSite(site: Site, network: NetworkSite, record: FeederRecord): ProblemNetwork {
  const { slackBus, buses } = record.network;
  const known = new Set(buses.map(({ id }) => id));
  network.places.forEach(({ bus }, index) => {
    if (!known.has(bus))
      throw new Refusal('bad-site', {
        path: `network.places[${index}].bus`,
        problem: `names bus ${bus}, which the feeder ${record.name} does not have`,
      });
  });
  const placeOf = (kind: NetworkPlace['kind'], id: string): NetworkPlace | undefined =>
    network.places.find((place) => place.kind === kind && place.id === id);
  const busesOf = (kind: NetworkPlace['kind'], devices: readonly { id: string }[]): string[] =>
    devices.map(({ id }) => placeOf(kind, id)?.bus ?? slackBus);
  const inverters = (kind: NetworkInverter['kind'], devices: readonly { id: string }[]): NetworkInverter[] =>
    devices.flatMap(({ id }, index) => {
      const ratedKva = placeOf(kind, id)?.converterKva ?? 0;
      return ratedKva > 0 ? [{ kind, index, ratedKva }] : [];
    });
  const loaded = buses.filter(({ loadKw }) => loadKw > 0);
  const totalKw = loaded.reduce((sum, { loadKw }) => sum + loadKw, 0);
  if (totalKw === 0)
    throw new Refusal('bad-site', {
      path: 'network.feederId',
      problem: `names ${record.name}, whose file states no load: the site's load has nothing to be spread by`,
    });
  const places = {
    windBus: busesOf('wind', site.wind),
    gasBus: busesOf('gas', site.gas),
    storageBus: busesOf('storage', site.storage),
    aggregatorBus: busesOf('aggregator', site.aggregators),
  };
  const { model } = network;
  const refuseModel = (kind: string, next: string): never => {
    throw new Refusal('bad-site', {
      path: 'network.model',
      problem: `asks for "${model}", and ${record.name} is ${kind}`,
      next,
    });
  };
  if (record.topology === 'meshed') {
    if (model !== 'unconstrained' && model !== 'dc')
      return refuseModel('a meshed network', 'Choose "dc", or "unconstrained" to check it only.');
    const loads = loaded.map(({ id, loadKw }) => ({ bus: id, share: loadKw / totalKw }));
    return { mesh: { mesh: meshOf(record), feederId: record.id, model, loads, ...places } };
  }
  if (model === 'dc')
    return refuseModel('a radial feeder', 'Choose "lindistflow" or "branch-flow", or import it as a meshed network.');
  const feeder: SiteNetwork = {
    feeder: feederOf(record, network),
    model,
    loads: loaded.map(({ id, loadKw, loadKvar }) => ({
      bus: id,
      share: loadKw / totalKw,
      kvarPerKw: loadKvar / loadKw,
    })),
    ...places,
    inverters: [
      ...inverters('wind', site.wind),
      ...inverters('storage', site.storage),
      ...inverters('aggregator', site.aggregators),
    ],
    reactivePerKvarh: reactiveShare * site.throughputPerKwh,
    circleSides,
    correction: null,
  };
  return { network: feeder };
}
