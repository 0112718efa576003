/** What each part of a site asks of its feeder in a slot. */
import type { FeederTree } from '../models/feeder/feeder.ts';
import { placedTrucks } from './truck-supply.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { NetworkPlaces, SiteNetwork } from '../models/v2g/site-network.ts';

export interface NetDemand {
  pMw: number[];
  qMvar: number[];
}

/** What is asked of the network by one part of the site, MW and Mvar [bus]. */
export interface NetworkPart {
  kind: 'load' | 'wind' | 'gas' | 'storage' | 'aggregator' | 'truck';
  id: string;
  name: string;
  /** Null: the load, which is at many. */
  bus: string | null;
  demand: NetDemand;
}

/** Every part of the site that takes from the network or gives to it in a slot. */
export function networkParts(
  problem: V2gProblem,
  schedule: V2gSchedule,
  network: NetworkPlaces & Partial<Pick<SiteNetwork, 'inverters'>>,
  tree: Pick<FeederTree, 'buses'>,
  slot: number,
): NetworkPart[] {
  const place = new Map(tree.buses.map((bus, index) => [bus, index]));
  const none = (): NetDemand => ({ pMw: tree.buses.map(() => 0), qMvar: tree.buses.map(() => 0) });
  const load = none();
  for (const { bus, share, kvarPerKw } of network.loads) {
    const mw = (share * problem.loadKw[slot]!) / 1000;
    load.pMw[place.get(bus)!]! += mw;
    load.qMvar[place.get(bus)!]! += mw * (kvarPerKw ?? 0);
  }
  const at = (
    kind: NetworkPart['kind'],
    index: number,
    bus: string,
    id: string,
    name: string,
    takenKw: number,
  ): NetworkPart => {
    const demand = none();
    demand.pMw[place.get(bus)!] = takenKw / 1000;
    network.inverters?.forEach((inverter, k) => {
      if (inverter.kind === kind && inverter.index === index)
        demand.qMvar[place.get(bus)!]! -= (schedule.network?.reactiveKvar[k]?.[slot] ?? 0) / 1000;
    });
    return { kind, id, name, bus, demand };
  };
  return [
    { kind: 'load', id: 'load', name: 'Load', bus: null, demand: load },
    ...problem.wind.map(({ id, name }, k) =>
      at('wind', k, network.windBus[k]!, id, name, -schedule.wind[k]!.outputKw[slot]!),
    ),
    ...problem.gas.map(({ id, name }, k) =>
      at('gas', k, network.gasBus[k]!, id, name, -schedule.gas[k]!.outputKw[slot]!),
    ),
    ...problem.storage.map(({ id, name }, k) => {
      const { chargeKw, dischargeKw } = schedule.storage[k]!;
      return at('storage', k, network.storageBus[k]!, id, name, chargeKw[slot]! - dischargeKw[slot]!);
    }),
    ...problem.aggregators.map(({ id, name }, index) =>
      at('aggregator', index, network.aggregatorBus[index]!, id, name, carsKw(problem, schedule, index, slot)),
    ),
    ...placedTrucks(problem, schedule, slot).map(({ id, name, bus, takenKw }, k) =>
      at('truck', k, bus, id, name, takenKw),
    ),
  ];
}

function carsKw(problem: V2gProblem, schedule: V2gSchedule, index: number, slot: number): number {
  if (problem.charging === 'uncoordinated') return problem.uncoordinatedKw[index]?.[slot] ?? 0;
  let sum = 0;
  problem.evs.forEach((ev, i) => {
    if (ev.aggregator === index) sum += schedule.evs[i]!.chargeKw[slot]! - schedule.evs[i]!.dischargeKw[slot]!;
  });
  return sum;
}
