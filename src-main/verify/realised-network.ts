/**
 * What a day that was carried out did to its feeder: an AC power flow of every slot with the load, the wind and the cars as they were, held against the
 * limits of its buses and lines. Shares nothing with the models.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { SiteNetwork } from '../models/v2g/site-network.ts';
import { voltageTolerancePu } from './check-network.ts';
import type { NetDemand } from './network-parts.ts';
import { orderFeeder } from './order-feeder.ts';
import { powerFlow } from './power-flow.ts';
import type { RealDay, RealisedDay } from './realised-day.ts';
import { placedTrucks } from './truck-supply.ts';

export interface RealisedNetwork {
  /** Slots in which a bus stood beyond its limits, a line carried more than it may, or no flow exists. */
  voltageSlots: number[];
  lineSlots: number[];
  unsolvedSlots: number[];
  /** Lowest voltage of the day; NaN where no slot has a flow. */
  lowestPu: number;
  lowestBus: string;
  lowestSlot: number;
  lossKwh: number;
}

/** How far a line may lie beyond its limit: rounding, as of voltages. */
const lineToleranceMva = 1e-6;

export function realisedNetwork(
  problem: V2gProblem,
  schedule: V2gSchedule,
  network: SiteNetwork,
  real: RealDay,
  day: RealisedDay,
): RealisedNetwork {
  const tree = orderFeeder(network.feeder);
  const found: RealisedNetwork = {
    voltageSlots: [],
    lineSlots: [],
    unsolvedSlots: [],
    lowestPu: NaN,
    lowestBus: '',
    lowestSlot: 0,
    lossKwh: 0,
  };
  for (let slot = 0; slot < problem.slots; slot++) {
    const demand = demandOf(problem, schedule, network, tree.buses, real, day, slot);
    const flow = powerFlow(tree, network.feeder.slackVoltagePu, demand, { tolerancePu: 1e-9 });
    if (!flow.converged) {
      found.unsolvedSlots.push(slot);
      continue;
    }
    found.lossKwh += 1000 * flow.lossMw * problem.slotHours;
    const beyond = flow.voltagePu.some(
      (pu, bus) =>
        bus > 0 &&
        (pu < tree.voltageMinPu[bus]! - voltageTolerancePu || pu > tree.voltageMaxPu[bus]! + voltageTolerancePu),
    );
    if (beyond) found.voltageSlots.push(slot);
    const overloaded = tree.limitMva.some(
      (limit, bus) => limit !== null && flow.sendingMva[bus]! > limit + lineToleranceMva,
    );
    if (overloaded) found.lineSlots.push(slot);
    flow.voltagePu.forEach((pu, bus) => {
      if (!(pu >= found.lowestPu))
        Object.assign(found, { lowestPu: pu, lowestBus: tree.buses[bus]!, lowestSlot: slot });
    });
  }
  return found;
}

/** Net consumption [bus] in a slot. Energy that nobody supplied is taken off the load; trade stands at the substation, trucks at their stations. */
function demandOf(
  problem: V2gProblem,
  schedule: V2gSchedule,
  network: SiteNetwork,
  buses: readonly string[],
  real: RealDay,
  day: RealisedDay,
  slot: number,
): NetDemand {
  const demand: NetDemand = { pMw: buses.map(() => 0), qMvar: buses.map(() => 0) };
  const take = (bus: string | undefined, kw: number, kvar = 0): void => {
    // What stands nowhere on the feeder asks nothing of it.
    if (bus === undefined) return;
    const at = buses.indexOf(bus);
    demand.pMw[at]! += kw / 1000;
    demand.qMvar[at]! += kvar / 1000;
  };
  const loadKw = real.loadKw[slot]! - day.unservedKw[slot]!;
  for (const { bus, share, kvarPerKw } of network.loads) take(bus, share * loadKw, share * loadKw * kvarPerKw);
  day.windKw.forEach((park, k) => take(network.windBus[k], -park[slot]!));
  day.carriedOut.gas.forEach(({ outputKw }, k) => take(network.gasBus[k], -outputKw[slot]!));
  day.carriedOut.storage.forEach(({ chargeKw, dischargeKw }, k) =>
    take(network.storageBus[k], chargeKw[slot]! - dischargeKw[slot]!),
  );
  const aggregators = problem.aggregators.length;
  problem.aggregators.forEach((_, index) => {
    const extraKw = real.extraByAggregatorKw?.[index]?.[slot] ?? real.extraChargingKw[slot]! / aggregators;
    const fixedKw = problem.charging === 'uncoordinated' ? (problem.uncoordinatedKw[index]?.[slot] ?? 0) : 0;
    take(network.aggregatorBus[index], extraKw + fixedKw);
  });
  if (problem.charging === 'coordinated')
    problem.evs.forEach(({ aggregator }, i) => {
      const { chargeKw, dischargeKw } = day.evs[i]!;
      take(network.aggregatorBus[aggregator], chargeKw[slot]! - dischargeKw[slot]!);
    });
  for (const { bus, takenKw } of placedTrucks(problem, schedule, slot)) take(bus, takenKw);
  const busesOf = { wind: network.windBus, storage: network.storageBus, aggregator: network.aggregatorBus };
  network.inverters.forEach(({ kind, index }, k) =>
    take(busesOf[kind][index], 0, -(schedule.network?.reactiveKvar[k]?.[slot] ?? 0)),
  );
  return demand;
}
