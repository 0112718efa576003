/** A stored plan's network as the screen reads it: AC flows of its schedule, nothing decided or solved. */
import { Refusal } from '../../base/errors.ts';
import type { SiteNetwork } from '../../models/v2g/site-network.ts';
import { dropPerMw } from '../../verify/linear-flow.ts';
import { networkFlow, type NetworkFlow } from '../../verify/network-flow.ts';
import { networkParts } from '../../verify/network-parts.ts';
import { orderFeeder } from '../../verify/order-feeder.ts';
import { planHorizon } from '../plan/plan-horizon.ts';
import { horizonView } from '../plan/plan-view.ts';
import type { PlanRecord } from '../ports.ts';
import { modelGap } from './model-gap.ts';

const nearestRows = 5;

/** Null when the plan was made without a network. */
export function networkView(plan: PlanRecord) {
  const { problem, schedule } = plan;
  const { network } = problem;
  if (!network) return null;
  const flows = networkFlow(problem, schedule, network);
  const { tree, slots } = flows;
  const { modelPu, modelLossKw, ...gap } = modelGap(problem, schedule, flows);
  const flat = (of: (slot: number, bus: number) => number): Float64Array =>
    Float64Array.from({ length: slots.length * tree.buses.length }, (_, at) =>
      of(Math.floor(at / tree.buses.length), at % tree.buses.length),
    );
  const perSlot = (of: (slot: number) => number): Float64Array => Float64Array.from(slots, (_, slot) => of(slot));
  const solved = (slot: number, value: number): number => (slots[slot]!.flow.converged ? value : NaN);
  return {
    planId: plan.id,
    horizon: horizonView(planHorizon(plan)),
    feeder: {
      name: network.feeder.name,
      buses: tree.buses,
      parent: Float64Array.from(tree.parent),
      distance: distances(tree),
      limitMva: Float64Array.from(tree.limitMva, (limit) => limit ?? NaN),
    },
    model: network.model,
    voltageMinPu: network.feeder.voltageMinPu,
    voltageMaxPu: network.feeder.voltageMaxPu,
    voltagePu: flat((slot, bus) => solved(slot, slots[slot]!.flow.voltagePu[bus]!)),
    lowestPu: flat((slot, bus) => solved(slot, slots[slot]!.lowest[bus]!.voltagePu)),
    highestPu: flat((slot, bus) => solved(slot, slots[slot]!.highest[bus]!.voltagePu)),
    linearPu: flat((slot, bus) => slots[slot]!.linearPu[bus]!),
    branchMva: flat((slot, bus) => solved(slot, slots[slot]!.flow.sendingMva[bus]!)),
    lossKw: perSlot((slot) => solved(slot, 1000 * slots[slot]!.flow.lossMw)),
    importKw: perSlot((slot) => solved(slot, 1000 * slots[slot]!.flow.importMw)),
    importGapKw: perSlot((slot) => {
      const { flow, demand } = slots[slot]!;
      return solved(slot, 1000 * (flow.importMw - demand.pMw.reduce((sum, mw) => sum + mw, 0)));
    }),
    voltageGapPu: perSlot((slot) => {
      const { flow, linearPu } = slots[slot]!;
      return solved(slot, Math.max(...flow.voltagePu.map((pu, bus) => Math.abs(linearPu[bus]! - pu))));
    }),
    modelPu,
    modelLossKw,
    gap,
    unsolved: [...slots.keys()].filter((slot) => !slots[slot]!.flow.converged),
    nearest: nearestOf(network, { tree, slots }),
    assets: assetsOf(plan, network, { tree, slots }),
  };
}

/** @throws Refusal `not-found` for a bus the feeder does not have, or a plan without a network. */
export function busContributions({ id, problem, schedule }: PlanRecord, bus: string) {
  const { network } = problem;
  const tree = network && orderFeeder(network.feeder);
  const at = tree?.buses.indexOf(bus) ?? -1;
  if (!network || !tree || at < 0) throw new Refusal('not-found', { what: `bus of plan ${id}`, id: bus });
  const drop = dropPerMw(tree, at);
  const slots = Array.from({ length: problem.slots }, (_, slot) =>
    networkParts(problem, schedule, network, tree, slot),
  );
  return {
    bus,
    parts: slots[0]!.map(({ kind, id: partId, name }, k) => ({
      kind,
      id: partId,
      name,
      // v² falls by the drop; v by half of it over v.
      effectPu: Float64Array.from(slots, (parts) => {
        const { pMw, qMvar } = parts[k]!.demand;
        const squared = tree.buses.reduce(
          (sum, _, b) => sum + drop.active[b]! * pMw[b]! + drop.reactive[b]! * qMvar[b]!,
          0,
        );
        return squared === 0 ? 0 : -squared / (2 * network.feeder.slackVoltagePu);
      }),
    })),
  };
}

function distances(tree: NetworkFlow['tree']): Float64Array {
  const distance = new Float64Array(tree.buses.length);
  for (let bus = 1; bus < distance.length; bus++) distance[bus] = distance[tree.parent[bus]!]! + 1000 * tree.rPu[bus]!;
  return distance;
}

function nearestOf({ feeder }: SiteNetwork, { tree, slots }: NetworkFlow) {
  const perBus = tree.buses.slice(1).flatMap((_, index) => {
    const bus = index + 1;
    const rows = slots.flatMap(({ flow, lowest, highest }, slot) => {
      if (!flow.converged) return [];
      const low = lowest[bus]!.voltagePu;
      const high = highest[bus]!.voltagePu;
      const room = { low: low - feeder.voltageMinPu, high: feeder.voltageMaxPu - high };
      const side = room.low <= room.high ? ('low' as const) : ('high' as const);
      return [
        {
          bus,
          slot,
          side,
          voltagePu: flow.voltagePu[bus]!,
          worstPu: side === 'low' ? low : high,
          marginPu: room[side],
        },
      ];
    });
    const worst = rows.toSorted((a, b) => a.marginPu - b.marginPu)[0];
    return worst ? [worst] : [];
  });
  return perBus.sort((a, b) => a.marginPu - b.marginPu).slice(0, nearestRows);
}

function assetsOf({ problem, schedule }: PlanRecord, network: SiteNetwork, { tree }: NetworkFlow) {
  const slots = Array.from({ length: problem.slots }, (_, slot) =>
    networkParts(problem, schedule, network, tree, slot),
  );
  const busOf = {
    wind: network.windBus,
    gas: network.gasBus,
    storage: network.storageBus,
    aggregator: network.aggregatorBus,
  };
  const seen = { wind: 0, gas: 0, storage: 0, aggregator: 0 };
  return slots[0]!.flatMap(({ kind, id, name }, k) => {
    if (kind === 'load') return [];
    const index = seen[kind]++;
    const inverter = network.inverters.find((one) => one.kind === kind && one.index === index);
    const sum = (values: readonly number[]): number => 1000 * values.reduce((total, value) => total + value, 0);
    return [
      {
        kind,
        id,
        name,
        bus: tree.buses.indexOf(busOf[kind][index]!),
        converterKva: inverter?.ratedKva ?? 0,
        takenKw: Float64Array.from(slots, (parts) => sum(parts[k]!.demand.pMw)),
        givenKvar: Float64Array.from(slots, (parts) => 0 - sum(parts[k]!.demand.qMvar)),
      },
    ];
  });
}
