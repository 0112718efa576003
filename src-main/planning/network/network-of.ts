/** The feeder of a site and the places of its load and devices, as the scheduling problem takes them. */
import { Refusal } from '../../base/errors.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { NetworkInverter, SiteNetwork } from '../../models/v2g/site-network.ts';
import type { Store } from '../ports.ts';
import type { NetworkChanges, NetworkModel, NetworkPlace, NetworkSite, Site } from '../site.ts';
import { withChanges } from './change-feeder.ts';
import { meshWithChanges } from './change-mesh.ts';
import { feederOf } from './feeder-of.ts';
import { meshOf } from './mesh-of.ts';
import type { FeederRecord, FeederStore } from './network-ports.ts';

/** Sides of the polygon that stands for the circle of a converter, and of a line where cuts are not met: 1.92 % of it is given away at most. */
const circleSides = 16;
/** Weight against reactive power for nothing, as a share of the throughput's: moving energy is worse than moving none. */
const reactiveShare = 0.1;

/** What a problem says of the network under it: a feeder, a mesh, or nothing. */
export type ProblemNetwork = Pick<V2gProblem, 'network' | 'mesh'>;

/** Nothing where the site has no network, or it is not to be looked at. @throws Refusal `bad-site` for a feeder or bus that is not there. */
export function networkOf(
  store: Pick<Store, 'getFeeder'>,
  site: Site,
  wish: {
    network?: NetworkModel | 'off' | undefined;
    voltageMinPu?: number | undefined;
    networkChanges?: NetworkChanges | undefined;
  } = {},
): ProblemNetwork {
  if (!site.network || wish.network === 'off') return {};
  const feeder = feederNamed(store, site.network);
  const { model, voltageMinPu, changes } = site.network;
  const asked = {
    ...site.network,
    model: wish.network ?? model,
    voltageMinPu: wish.voltageMinPu ?? voltageMinPu,
    changes: wish.networkChanges ?? changes,
  };
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
  const loads = loadsOf(network, record);
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
    const shares = loads.map(({ bus, share }) => ({ bus, share }));
    const mesh = meshWithChanges(meshOf(record), network.changes ?? {});
    return { mesh: { mesh, feederId: record.id, model, loads: shares, ...places } };
  }
  if (model === 'dc')
    return refuseModel('a radial feeder', 'Choose "lindistflow" or "branch-flow", or import it as a meshed network.');
  const feeder: SiteNetwork = {
    feeder: withChanges(feederOf(record, network), network.changes ?? {}),
    model,
    loads,
    ...places,
    inverters: [
      ...inverters('wind', site.wind),
      ...inverters('storage', site.storage),
      ...inverters('aggregator', site.aggregators),
    ],
    reactivePerKvarh: reactiveShare * site.throughputPerKwh,
    circleSides,
    lineCircle: 'cuts',
    correction: null,
  };
  return { network: feeder };
}

/** The site's load by bus: by its own shares, else as the loads of the feeder's file; reactive power as at that bus, or as on the whole feeder. */
function loadsOf({ loads }: NetworkSite, { name, network }: FeederRecord): SiteNetwork['loads'] {
  const byId = new Map(network.buses.map((bus) => [bus.id, bus]));
  const totalKw = network.buses.reduce((sum, { loadKw }) => sum + Math.max(0, loadKw), 0);
  const totalKvar = network.buses.reduce((sum, { loadKw, loadKvar }) => sum + (loadKw > 0 ? loadKvar : 0), 0);
  const kvarPerKw = (bus: string): number => {
    const { loadKw, loadKvar } = byId.get(bus)!;
    return loadKw > 0 ? loadKvar / loadKw : totalKw > 0 ? totalKvar / totalKw : 0;
  };
  if (loads) {
    loads.forEach(({ bus }, index) => {
      if (!byId.has(bus))
        throw new Refusal('bad-site', {
          path: `network.loads[${index}].bus`,
          problem: `names bus ${bus}, which the feeder ${name} does not have`,
        });
    });
    const sum = loads.reduce((total, { share }) => total + share, 0);
    return loads.map(({ bus, share }) => ({ bus, share: share / sum, kvarPerKw: kvarPerKw(bus) }));
  }
  if (totalKw === 0)
    throw new Refusal('bad-site', {
      path: 'network.feederId',
      problem: `names ${name}, whose file states no load: the site's load has nothing to be spread by`,
      next: 'Say under network.loads which share of the load stands at which bus.',
    });
  return network.buses
    .filter(({ loadKw }) => loadKw > 0)
    .map(({ id, loadKw }) => ({ bus: id, share: loadKw / totalKw, kvarPerKw: kvarPerKw(id) }));
}
