/**
 * What a finished schedule does to the feeder it hangs on, slot by slot: an AC power flow of what is expected, the lossless linear estimate
 * beside it, and at each bus the AC flow of the deviations that push its voltage furthest down and up. Shares nothing with the model.
 */
import type { FeederTree } from '../models/feeder/feeder.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { SiteNetwork } from '../models/v2g/site-network.ts';
import { dropPerMw, linearVoltage } from './linear-flow.ts';
import { networkParts, type NetDemand } from './network-parts.ts';
import { orderFeeder } from './order-feeder.ts';
import { powerFlow, type PowerFlow } from './power-flow.ts';
import { worstInSlot } from './worst-in-slot.ts';

export interface WorstFlow {
  /** |V| of the bus in question, pu; NaN where no flow exists. */
  voltagePu: number;
  /** By the linear estimate. */
  linearPu: number;
  /** ξ [component], kW, and the bus whose cars answer; null: nobody does. */
  deviationKw: number[];
  answer: string | null;
}

export interface SlotFlow {
  demand: NetDemand;
  flow: PowerFlow;
  /** Voltage [bus] by the lossless linear model. */
  linearPu: number[];
  /** [bus]; index 0, the substation, holds its own voltage. Equal to `flow` where nothing deviates. */
  lowest: WorstFlow[];
  highest: WorstFlow[];
  /** Largest apparent power of the branch that feeds each bus when the deviations behind it are worst [bus], MVA; where a limit is stated. */
  heaviestMva: number[];
}

export interface NetworkFlow {
  tree: FeederTree;
  slots: SlotFlow[];
}

const flowOptions = { tolerancePu: 1e-9, mostSweeps: 200 };

export function networkFlow(problem: V2gProblem, schedule: V2gSchedule, network: SiteNetwork): NetworkFlow {
  const tree = orderFeeder(network.feeder);
  return {
    tree,
    slots: Array.from({ length: problem.slots }, (_, slot) => slotFlow(problem, schedule, network, tree, slot)),
  };
}

function slotFlow(
  problem: V2gProblem,
  schedule: V2gSchedule,
  network: SiteNetwork,
  tree: FeederTree,
  slot: number,
): SlotFlow {
  const { slackVoltagePu } = network.feeder;
  const demand = summed(
    tree,
    networkParts(problem, schedule, network, tree, slot).map((part) => part.demand),
  );
  const flow = powerFlow(tree, slackVoltagePu, demand, flowOptions);
  const linearPu = linearVoltage(tree, slackVoltagePu, demand);
  const moves = deviationsPerKw(problem, network, tree, slot);
  const answers = answerBuses(problem, network, tree, slot);
  const alone = (bus: number): WorstFlow => ({
    voltagePu: flow.voltagePu[bus]!,
    linearPu: linearPu[bus]!,
    deviationKw: moves.map(() => 0),
    answer: null,
  });
  const worst = (bus: number, sign: 1 | -1): WorstFlow => {
    if (bus === 0 || moves.length === 0) return alone(bus);
    const drop = dropPerMw(tree, bus);
    const found = furthest(
      problem,
      slot,
      moves,
      answers,
      (move) => sign * (weigh(drop.active, move.pMw) + weigh(drop.reactive, move.qMvar)),
    );
    if (found.value <= 0) return alone(bus);
    const moved = movedBy(demand, moves, found);
    const ac = powerFlow(tree, slackVoltagePu, moved, flowOptions);
    return {
      voltagePu: ac.converged ? ac.voltagePu[bus]! : NaN,
      linearPu: linearVoltage(tree, slackVoltagePu, moved)[bus]!,
      deviationKw: found.deviationKw,
      answer: found.bus === null ? null : tree.buses[found.bus]!,
    };
  };
  return {
    demand,
    flow,
    linearPu,
    lowest: tree.buses.map((_, bus) => worst(bus, 1)),
    highest: tree.buses.map((_, bus) => worst(bus, -1)),
    heaviestMva: tree.buses.map((_, bus) =>
      bus === 0 || tree.limitMva[bus] === null
        ? 0
        : heaviest(problem, tree, slackVoltagePu, { slot, bus, demand, flow, moves, answers }),
    ),
  };
}

interface Furthest {
  deviationKw: number[];
  /** Bus whose cars take the whole of it; null: none. */
  bus: number | null;
  value: number;
}

/** Of all who may answer, the one with whom the worst deviation goes furthest. `effect` is linear in the demand moved. */
function furthest(
  problem: V2gProblem,
  slot: number,
  moves: readonly NetDemand[],
  answers: readonly number[],
  effect: (move: NetDemand) => number,
): Furthest {
  const count = moves[0]!.pMw.length;
  const own = moves.map(effect);
  let best: Furthest = { deviationKw: [], bus: null, value: -Infinity };
  for (const bus of [null, ...answers]) {
    const back = bus === null ? 0 : effect(unitAt(count, bus));
    const { deviationKw, value } = worstInSlot(
      problem,
      slot,
      own.map((kw) => kw - back),
    );
    if (value > best.value) best = { deviationKw, bus, value };
  }
  return best;
}

/** Apparent power at the sending end when the deviations behind a branch load it most, along the direction of its flow and against it. */
function heaviest(
  problem: V2gProblem,
  tree: FeederTree,
  slackVoltagePu: number,
  at: {
    slot: number;
    bus: number;
    demand: NetDemand;
    flow: PowerFlow;
    moves: readonly NetDemand[];
    answers: readonly number[];
  },
): number {
  const { slot, bus, demand, flow, moves, answers } = at;
  const behind = tree.buses.map((_, k) => (isBehind(tree, bus, k) ? 1 : 0));
  const [p, q] = [weigh(behind, demand.pMw), weigh(behind, demand.qMvar)];
  let most = flow.sendingMva[bus]!;
  if (moves.length === 0) return most;
  for (const sign of [1, -1]) {
    const size = Math.hypot(p, q);
    const [along, across] = size > 0 ? [(sign * p) / size, (sign * q) / size] : [sign, 0];
    const found = furthest(
      problem,
      slot,
      moves,
      answers,
      (move) => along * weigh(behind, move.pMw) + across * weigh(behind, move.qMvar),
    );
    const moved = powerFlow(tree, slackVoltagePu, movedBy(demand, moves, found), flowOptions);
    most = Math.max(most, moved.sendingMva[bus]!);
  }
  return most;
}

function movedBy(demand: NetDemand, moves: readonly NetDemand[], { deviationKw, bus }: Furthest): NetDemand {
  const pMw = [...demand.pMw];
  const qMvar = [...demand.qMvar];
  moves.forEach((move, l) => {
    for (let k = 0; k < pMw.length; k++) {
      pMw[k]! += deviationKw[l]! * move.pMw[k]!;
      qMvar[k]! += deviationKw[l]! * move.qMvar[k]!;
    }
  });
  if (bus !== null) pMw[bus]! -= deviationKw.reduce((sum, kw) => sum + kw, 0) / 1000;
  return { pMw, qMvar };
}

function deviationsPerKw(problem: V2gProblem, network: SiteNetwork, tree: FeederTree, slot: number): NetDemand[] {
  const place = new Map(tree.buses.map((bus, index) => [bus, index]));
  const windKw = problem.wind.map((park) => park.availableKw[slot]!);
  const allWindKw = windKw.reduce((sum, kw) => sum + kw, 0);
  return problem.uncertainty.components.map(({ id, kind }) => {
    const move: NetDemand = { pMw: tree.buses.map(() => 0), qMvar: tree.buses.map(() => 0) };
    if (kind === 'load')
      for (const { bus, share, kvarPerKw } of network.loads) {
        move.pMw[place.get(bus)!]! += share / 1000;
        move.qMvar[place.get(bus)!]! += (share * kvarPerKw) / 1000;
      }
    else if (kind === 'wind')
      windKw.forEach((kw, k) => {
        const share = allWindKw > 0 ? kw / allWindKw : 1 / windKw.length;
        move.pMw[place.get(network.windBus[k]!)!]! += share / 1000;
      });
    else {
      const index = problem.aggregators.findIndex((one) => one.id === id);
      if (index >= 0) move.pMw[place.get(network.aggregatorBus[index]!)!]! += 1 / 1000;
    }
    return move;
  });
}

/** Where a car that may take a share of a deviation is connected. */
function answerBuses(problem: V2gProblem, network: SiteNetwork, tree: FeederTree, slot: number): number[] {
  if (problem.charging === 'uncoordinated' || problem.recourse === 0) return [];
  const buses = new Set<number>();
  for (const ev of problem.evs)
    if (ev.arrivalSlot <= slot && slot < ev.departureSlot)
      buses.add(tree.buses.indexOf(network.aggregatorBus[ev.aggregator]!));
  if (problem.responders === 'each-resource')
    for (const bus of [...network.gasBus, ...network.storageBus]) buses.add(tree.buses.indexOf(bus));
  return [...buses];
}

function isBehind(tree: FeederTree, branch: number, bus: number): boolean {
  for (let at = bus; at > 0; at = tree.parent[at]!) if (at === branch) return true;
  return false;
}

const unitAt = (count: number, bus: number): NetDemand => ({
  pMw: Array.from({ length: count }, (_, k) => (k === bus ? 1 / 1000 : 0)),
  qMvar: Array.from({ length: count }, () => 0),
});

const weigh = (weights: readonly number[], values: readonly number[]): number =>
  values.reduce((sum, value, k) => sum + value * weights[k]!, 0);

function summed(tree: FeederTree, demands: readonly NetDemand[]): NetDemand {
  const pMw = tree.buses.map(() => 0);
  const qMvar = tree.buses.map(() => 0);
  for (const demand of demands)
    for (let k = 0; k < pMw.length; k++) {
      pMw[k]! += demand.pMw[k]!;
      qMvar[k]! += demand.qMvar[k]!;
    }
  return { pMw, qMvar };
}
