/** A stored plan's network as the screen reads it: AC flows of its schedule, nothing decided or solved. */
import { Refusal } from '../../base/errors.ts';
import type { Feeder } from '../../models/feeder/feeder.ts';
import type { SiteNetwork } from '../../models/v2g/site-network.ts';
import { lossScaleKw } from '../../verify/check-network.ts';
import { checkTolerance } from '../../verify/ledger.ts';
import { dropsPerMw } from '../../verify/linear-flow.ts';
import { neededKw, type LossAtWorst } from '../../verify/loss-at-worst.ts';
import { divergedAtWorst } from '../../verify/diverged-at-worst.ts';
import { networkFlow, type NetworkFlow } from '../../verify/network-flow.ts';
import { networkParts } from '../../verify/network-parts.ts';
import { orderFeeder } from '../../verify/order-feeder.ts';
import { planHorizon } from '../plan/plan-horizon.ts';
import { horizonView } from '../plan/plan-view.ts';
import type { PlanRecord } from '../ports.ts';
import type { FeederRecord } from './network-ports.ts';
import { modelGap } from './model-gap.ts';

const nearestRows = 5;

/**
 * Null when the plan was made without a network.
 * @param drawn the feeder as it is stored, for what is drawn but not planned with: places and tie switches.
 */
export function networkView(plan: PlanRecord, drawn: FeederRecord | null = null) {
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
      voltageMinPu: Float64Array.from(tree.voltageMinPu),
      voltageMaxPu: Float64Array.from(tree.voltageMaxPu),
      ...drawingOf(tree, drawn),
      slackVoltagePu: network.feeder.slackVoltagePu,
    },
    changes: changesOf(network.feeder, drawn),
    model: network.model,
    voltageMinPu: network.feeder.voltageMinPu,
    voltageMaxPu: network.feeder.voltageMaxPu,
    worst: slots.some(
      ({ lowest, highest, heaviestSignal }) =>
        [...lowest, ...highest].some(({ signal }) => signal !== null) ||
        heaviestSignal.some((signal) => signal !== null),
    )
      ? ('deviations-and-signals' as const)
      : ('deviations' as const),
    voltagePu: flat((slot, bus) => solved(slot, slots[slot]!.flow.voltagePu[bus]!)),
    lowestPu: flat((slot, bus) => solved(slot, slots[slot]!.lowest[bus]!.voltagePu)),
    highestPu: flat((slot, bus) => solved(slot, slots[slot]!.highest[bus]!.voltagePu)),
    linearPu: flat((slot, bus) => slots[slot]!.linearPu[bus]!),
    branchMva: flat((slot, bus) => solved(slot, slots[slot]!.flow.sendingMva[bus]!)),
    heaviestMva: flat((slot, bus) => solved(slot, slots[slot]!.heaviestMva[bus]!)),
    lossKw: perSlot((slot) => solved(slot, 1000 * slots[slot]!.flow.lossMw)),
    lossShortKw: perSlot((slot) => solved(slot, shortKw(slots[slot]!.loss))),
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
    unsolvedAtWorst: [...slots.keys()].filter((slot) => divergedAtWorst(tree, slots[slot]!).length > 0),
    nearest: nearestOf({ tree, slots }),
    assets: assetsOf(plan, network, { tree, slots }),
  };
}

/** @throws Refusal `not-found` for a bus the feeder does not have, or a plan without a network. */
export function busContributions({ id, problem, schedule }: PlanRecord, bus: string) {
  const { network } = problem;
  const tree = network && orderFeeder(network.feeder);
  const at = tree?.buses.indexOf(bus) ?? -1;
  if (!network || !tree || at < 0) throw new Refusal('not-found', { what: `bus of plan ${id}`, id: bus });
  const drop = dropsPerMw(tree)(at);
  const slots = Array.from({ length: problem.slots }, (_, slot) =>
    networkParts(problem, schedule, network, tree, slot),
  );
  return {
    bus,
    parts: [
      ...capacitorEffects(network, tree, drop.reactive, problem.slots),
      ...slots[0]!.map(({ kind, id: partId, name }, k) => ({
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
    ],
  };
}

/** Where the check would find it. */
function shortKw(loss: LossAtWorst): number {
  const kw = neededKw(loss) - loss.heldKw;
  return kw > checkTolerance * lossScaleKw ? kw : 0;
}

/** What of a feeder stands otherwise than in its file; without the file, tap and branches are taken as they are. */
function changesOf({ slackVoltagePu, busLimits, capacitors = [], branches }: Feeder, drawn: FeederRecord | null) {
  const inFile = drawn?.network.branches.filter(({ state }) => state === 'closed') ?? [];
  const lineLimits = branches
    .filter(({ limitMva }, k) => drawn !== null && inFile[k]?.limitMva !== limitMva)
    .map(({ from, to, limitMva }) => ({ from, to, limitMva }));
  const kvarOf = new Map(capacitors.map(({ bus, mvar }) => [bus, Number((1000 * mvar).toFixed(9))]));
  const filedOf = new Map(drawn?.network.buses.map(({ id, capacitorKvar = 0 }) => [id, capacitorKvar]));
  const changed = [...new Set([...kvarOf.keys(), ...filedOf.keys()])]
    .map((bus) => ({ bus, kvar: kvarOf.get(bus) ?? 0 }))
    .filter(({ bus, kvar }) => kvar !== (filedOf.get(bus) ?? 0));
  return {
    ...(drawn && drawn.network.slackVoltagePu !== slackVoltagePu ? { slackVoltagePu } : {}),
    ...(busLimits?.length ? { busLimits } : {}),
    ...(lineLimits.length > 0 ? { lineLimits } : {}),
    ...(changed.length > 0 ? { capacitors: changed } : {}),
  };
}

/** Place of each bus, NaN where none is known, and the tie switches between buses that are there. */
function drawingOf({ buses }: NetworkFlow['tree'], drawn: FeederRecord | null) {
  const placeOf = new Map(drawn?.network.buses.map((bus) => [bus.id, bus]));
  const index = new Map(buses.map((bus, at) => [bus, at]));
  return {
    x: Float64Array.from(buses, (bus) => placeOf.get(bus)?.x ?? NaN),
    y: Float64Array.from(buses, (bus) => placeOf.get(bus)?.y ?? NaN),
    ties: (drawn?.network.branches ?? []).flatMap(({ from, to, state }) => {
      const ends = [index.get(from), index.get(to)];
      return state === 'open' && ends[0] !== undefined && ends[1] !== undefined ? [{ from: ends[0], to: ends[1] }] : [];
    }),
    attribution: drawn?.attribution ?? '',
  };
}

function distances(tree: NetworkFlow['tree']): Float64Array {
  const distance = new Float64Array(tree.buses.length);
  for (let bus = 1; bus < distance.length; bus++) distance[bus] = distance[tree.parent[bus]!]! + 1000 * tree.rPu[bus]!;
  return distance;
}

function nearestOf({ tree, slots }: NetworkFlow) {
  const perBus = tree.buses.slice(1).flatMap((_, index) => {
    const bus = index + 1;
    const rows = slots.flatMap(({ flow, lowest, highest }, slot) => {
      if (!flow.converged) return [];
      const low = lowest[bus]!.voltagePu;
      const high = highest[bus]!.voltagePu;
      const room = { low: low - tree.voltageMinPu[bus]!, high: tree.voltageMaxPu[bus]! - high };
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

function assetsOf({ problem, schedule }: PlanRecord, network: SiteNetwork, { tree, slots: flows }: NetworkFlow) {
  const slots = Array.from({ length: problem.slots }, (_, slot) =>
    networkParts(problem, schedule, network, tree, slot),
  );
  const capacitors = (network.feeder.capacitors ?? []).map(({ bus, mvar }, k) => ({
    kind: 'capacitor' as const,
    id: `capacitor-${k + 1}`,
    name: 'Capacitor',
    bus: tree.buses.indexOf(bus),
    converterKva: Number((1000 * mvar).toFixed(9)),
    takenKw: new Float64Array(problem.slots),
    givenKvar: Float64Array.from(flows, ({ flow }) => 1000 * mvar * flow.voltagePu[tree.buses.indexOf(bus)]! ** 2),
  }));
  const seen = { wind: 0, gas: 0, storage: 0, aggregator: 0, truck: 0 };
  const devices = slots[0]!.flatMap(({ kind, id, name, bus }, k) => {
    if (kind === 'load' || bus === null) return [];
    const index = seen[kind]++;
    const inverter = network.inverters.find((one) => one.kind === kind && one.index === index);
    const sum = (values: readonly number[]): number => 1000 * values.reduce((total, value) => total + value, 0);
    return [
      {
        kind,
        id,
        name,
        bus: tree.buses.indexOf(bus),
        converterKva: inverter?.ratedKva ?? 0,
        takenKw: Float64Array.from(slots, (parts) => sum(parts[k]!.demand.pMw)),
        givenKvar: Float64Array.from(slots, (parts) => 0 - sum(parts[k]!.demand.qMvar)),
      },
    ];
  });
  return [...devices, ...capacitors];
}

/** By how much each capacitor raises the squared voltage, by its rating at the voltage of the substation, as a voltage [slot]. */
function capacitorEffects(
  { feeder }: SiteNetwork,
  tree: NetworkFlow['tree'],
  dropPerMvar: readonly number[],
  slots: number,
) {
  return (feeder.capacitors ?? []).map(({ bus, mvar }, k) => ({
    kind: 'capacitor' as const,
    id: `capacitor-${k + 1}`,
    name: 'Capacitor',
    effectPu: new Float64Array(slots).fill((dropPerMvar[tree.buses.indexOf(bus)]! * mvar * feeder.slackVoltagePu) / 2),
  }));
}
