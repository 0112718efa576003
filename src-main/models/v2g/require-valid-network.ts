/** Refuses a network that does not fit its problem, naming the field. Feeders are judged by `feederTree`, meshes by `meshBuses`. */
import { feederTree } from '../feeder/feeder-tree.ts';
import { meshBuses } from '../mesh/mesh-buses.ts';
import type { V2gProblem } from './problem.ts';
import type { SiteMesh } from './site-mesh.ts';
import type { NetworkPlaces, SiteNetwork } from './site-network.ts';

export function requireValidNetwork(
  problem: V2gProblem,
  network: SiteNetwork,
  refuse: (complaint: string) => never,
): void {
  requireValidPlaces(problem, network, feederTree(network.feeder).buses, refuse);
  if (!(network.reactivePerKvarh >= 0)) refuse(`reactivePerKvarh is ${network.reactivePerKvarh}; 0 or more expected`);
  if (!(Number.isInteger(network.circleSides) && network.circleSides >= 4 && network.circleSides % 4 === 0))
    refuse(`circleSides is ${network.circleSides}; a multiple of 4 expected`);
  const counts = { wind: problem.wind.length, storage: problem.storage.length, aggregator: problem.aggregators.length };
  network.inverters.forEach(({ kind, index, ratedKva }, k) => {
    if (!(Number.isInteger(index) && index >= 0 && index < counts[kind]))
      refuse(`inverter ${k + 1} belongs to ${kind} ${index}, which is not there`);
    if (!(ratedKva > 0 && Number.isFinite(ratedKva))) refuse(`inverter ${k + 1} is rated at ${ratedKva} kVA`);
  });
}

export function requireValidMesh(
  problem: V2gProblem,
  { mesh, ...places }: SiteMesh,
  refuse: (complaint: string) => never,
): void {
  if (problem.network) refuse('a site hangs on a feeder or on a meshed network, not on both');
  requireValidPlaces(problem, places, meshBuses(mesh), refuse);
}

function requireValidPlaces(
  problem: V2gProblem,
  places: NetworkPlaces,
  buses: readonly string[],
  refuse: (complaint: string) => never,
): void {
  const known = new Set(buses);
  const lists: [string, readonly { id: string }[], readonly string[]][] = [
    ['wind park', problem.wind, places.windBus],
    ['gas unit', problem.gas, places.gasBus],
    ['storage', problem.storage, places.storageBus],
    ['aggregator', problem.aggregators, places.aggregatorBus],
  ];
  for (const [kind, devices, buses] of lists) {
    if (devices.length !== buses.length) refuse(`${buses.length} buses are given for ${devices.length} of ${kind}`);
    devices.forEach(({ id }, index) => {
      if (!known.has(buses[index]!))
        refuse(`${kind} ${id} stands at bus ${buses[index]!}, which the network does not have`);
    });
  }
  const trucks = [...(problem.trucks?.places ?? []), ...(problem.stays ?? [])];
  for (const { id, bus } of trucks)
    if (bus !== undefined && !known.has(bus)) refuse(`${id}, where trucks stand, is at bus ${bus}, which the network does not have`); // prettier-ignore
  let sum = 0;
  for (const { bus, share, kvarPerKw } of places.loads) {
    if (!known.has(bus)) refuse(`load stands at bus ${bus}, which the network does not have`);
    if (!(share >= 0)) refuse(`the share of the load at bus ${bus} is ${share}`);
    if (!Number.isFinite(kvarPerKw ?? 0))
      refuse(`the reactive power of the load at bus ${bus} is ${kvarPerKw} kvar per kW`);
    sum += share;
  }
  if (Math.abs(sum - 1) > 1e-9) refuse(`the shares of the load at the buses sum to ${sum}, not 1`);
}
