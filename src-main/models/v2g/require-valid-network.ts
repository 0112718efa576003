/** Refuses a network that does not fit its problem, naming the field. The feeder itself is judged by `feederTree`. */
import { feederTree } from '../feeder/feeder-tree.ts';
import type { V2gProblem } from './problem.ts';
import type { SiteNetwork } from './site-network.ts';

export function requireValidNetwork(
  problem: V2gProblem,
  network: SiteNetwork,
  refuse: (complaint: string) => never,
): void {
  const known = new Set(feederTree(network.feeder).buses);
  const lists: [string, readonly { id: string }[], readonly string[]][] = [
    ['wind park', problem.wind, network.windBus],
    ['gas unit', problem.gas, network.gasBus],
    ['storage', problem.storage, network.storageBus],
    ['aggregator', problem.aggregators, network.aggregatorBus],
  ];
  for (const [kind, devices, buses] of lists) {
    if (devices.length !== buses.length) refuse(`${buses.length} buses are given for ${devices.length} of ${kind}`);
    devices.forEach(({ id }, index) => {
      if (!known.has(buses[index]!))
        refuse(`${kind} ${id} stands at bus ${buses[index]!}, which the feeder does not have`);
    });
  }
  let sum = 0;
  for (const { bus, share, kvarPerKw } of network.loads) {
    if (!known.has(bus)) refuse(`load stands at bus ${bus}, which the feeder does not have`);
    if (!(share >= 0)) refuse(`the share of the load at bus ${bus} is ${share}`);
    if (!Number.isFinite(kvarPerKw)) refuse(`the reactive power of the load at bus ${bus} is ${kvarPerKw} kvar per kW`);
    sum += share;
  }
  if (Math.abs(sum - 1) > 1e-9) refuse(`the shares of the load at the buses sum to ${sum}, not 1`);
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
