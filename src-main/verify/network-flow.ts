/**
 * What a finished schedule does to the feeder it hangs on, slot by slot: an AC power flow of what is expected, the lossless linear estimate
 * beside it, and at each bus the AC flow of the deviations that push its voltage furthest down and up. Shares nothing with the model.
 */
import type { FeederTree } from '../models/feeder/feeder.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { SiteNetwork } from '../models/v2g/site-network.ts';
import { feederSignals, type FeederSignal } from './feeder-signals.ts';
import { dropsPerMw, linearVoltage, type VoltageDrop } from './linear-flow.ts';
import { lossAtWorst, type LossAtWorst } from './loss-at-worst.ts';
import { networkParts, type NetDemand } from './network-parts.ts';
import { orderFeeder } from './order-feeder.ts';
import { powerFlow, type PowerFlow } from './power-flow.ts';
import { answerBuses, deviationsPerKw, furthest, movedBy, summed, weigh, type Furthest } from './worst-deviations.ts';

export interface WorstFlow {
  /** |V| of the bus in question, pu; NaN where no flow exists. */
  voltagePu: number;
  /** By the linear estimate. */
  linearPu: number;
  /** ξ [component], kW, and the bus whose cars answer; null: nobody does. */
  deviationKw: number[];
  answer: string | null;
  /** Which way the signals of services stand beside them; null: nothing is held, or it would help. */
  signal: FeederSignal['kind'] | null;
}

export interface SlotFlow {
  demand: NetDemand;
  flow: PowerFlow;
  /** Voltage [bus] by the lossless linear model. */
  linearPu: number[];
  /** [bus]; index 0, the substation, holds its own voltage. Equal to `flow` where nothing deviates. */
  lowest: WorstFlow[];
  highest: WorstFlow[];
  /** What is lost when the deviations are worst for that, and spare supply is least. */
  loss: LossAtWorst;
  /**
   * Largest apparent power of the branch that feeds each bus when the deviations behind it are worst [bus], MVA; where a limit is stated. NaN where
   * no flow exists then.
   */
  heaviestMva: number[];
  /** Which way the signals of services stand beside them; null: nothing is held, or it would help. */
  heaviestSignal: (FeederSignal['kind'] | null)[];
  /** What a flow without losses misses of it [bus], MVA: in all, and what of it the deviations add to what it misses without them. */
  missedMva: number[];
  missedByDeviationsMva: number[];
}

export interface NetworkFlow {
  tree: FeederTree;
  slots: SlotFlow[];
}

/** Turns after which the direction in which a line is loaded most is taken as found. */
const mostTurns = 4;
const flowOptions = { tolerancePu: 1e-9, mostSweeps: 200 };

export function networkFlow(problem: V2gProblem, schedule: V2gSchedule, network: SiteNetwork): NetworkFlow {
  const tree = orderFeeder(network.feeder);
  const drops = tree.buses.map((_, bus) => bus).map(dropsPerMw(tree));
  return {
    tree,
    slots: Array.from({ length: problem.slots }, (_, slot) => slotFlow(problem, schedule, network, tree, drops, slot)),
  };
}

function slotFlow(
  problem: V2gProblem,
  schedule: V2gSchedule,
  network: SiteNetwork,
  tree: FeederTree,
  drops: readonly VoltageDrop[],
  slot: number,
): SlotFlow {
  const { slackVoltagePu } = network.feeder;
  const demand = summed(
    tree.buses.length,
    networkParts(problem, schedule, network, tree, slot).map((part) => part.demand),
  );
  const flow = powerFlow(tree, slackVoltagePu, demand, flowOptions);
  const linearPu = linearVoltage(tree, slackVoltagePu, demand);
  const moves = deviationsPerKw(problem, network, tree.buses, slot);
  const answers = answerBuses(problem, network, tree.buses, slot);
  const alone = (bus: number): WorstFlow => ({
    voltagePu: flow.voltagePu[bus]!,
    linearPu: linearPu[bus]!,
    deviationKw: moves.map(() => 0),
    answer: null,
    signal: null,
  });
  const signals = feederSignals(problem, schedule, network, tree.buses, slot);
  const scene = (asked: NetDemand): { demand: NetDemand; flow: PowerFlow } => {
    const both = summed(tree.buses.length, [demand, asked]);
    return { demand: both, flow: powerFlow(tree, slackVoltagePu, both, flowOptions) };
  };
  const worst = (bus: number, sign: 1 | -1): WorstFlow => {
    if (bus === 0 || (moves.length === 0 && signals.length === 0)) return alone(bus);
    const drop = drops[bus]!;
    const effect = (move: NetDemand): number =>
      sign * (weigh(drop.active, move.pMw) + weigh(drop.reactive, move.qMvar));
    const found = moves.length === 0 ? still : furthest(problem, slot, moves, answers, effect);
    const asked = furthestSignal(signals, effect);
    if (found.value <= 0 && asked === null) return alone(bus);
    const called = asked === null ? demand : summed(tree.buses.length, [demand, asked.demand]);
    const moved = found.value <= 0 ? called : movedBy(called, moves, found);
    const ac = powerFlow(tree, slackVoltagePu, moved, flowOptions);
    return {
      voltagePu: ac.converged ? ac.voltagePu[bus]! : NaN,
      linearPu: linearVoltage(tree, slackVoltagePu, moved)[bus]!,
      deviationKw: found.value <= 0 ? moves.map(() => 0) : found.deviationKw,
      answer: found.value <= 0 || found.bus === null ? null : tree.buses[found.bus]!,
      signal: asked?.kind ?? null,
    };
  };
  const scenes = [
    { signal: null, demand, flow },
    ...signals.map((signal) => ({ signal: signal.kind, ...scene(signal.demand) })),
  ];
  const lines = tree.buses.map((_, bus) => {
    if (bus === 0 || tree.limitMva[bus] === null) return null;
    const each = scenes.map((at) => heaviest(problem, tree, slackVoltagePu, { slot, bus, moves, answers, ...at }));
    const most = (of: keyof HeaviestFlow): number => Math.max(...each.map((one) => one[of]));
    const heaviestMva = most('heaviestMva');
    return {
      heaviestMva,
      signal: scenes[each.findIndex((one) => Object.is(one.heaviestMva, heaviestMva))]?.signal ?? null,
      missedMva: most('missedMva'),
      missedByDeviationsMva: most('missedByDeviationsMva'),
    };
  });
  return {
    demand,
    flow,
    linearPu,
    lowest: tree.buses.map((_, bus) => worst(bus, 1)),
    highest: tree.buses.map((_, bus) => worst(bus, -1)),
    loss: lossAtWorst({ problem, schedule, tree, slackVoltagePu, slot, demand, flow, moves, answers }),
    heaviestMva: lines.map((line) => line?.heaviestMva ?? 0),
    heaviestSignal: lines.map((line) => line?.signal ?? null),
    missedMva: lines.map((line) => line?.missedMva ?? 0),
    missedByDeviationsMva: lines.map((line) => line?.missedByDeviationsMva ?? 0),
  };
}

type HeaviestFlow = Record<'heaviestMva' | 'missedMva' | 'missedByDeviationsMva', number>;

/**
 * Apparent power at the sending end when the deviations behind a branch load it most: along the direction of its flow and against it, and from
 * there along the direction of the flow they make, until that is the furthest. NaN where the feeder has no flow for them.
 */
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
): HeaviestFlow {
  const { slot, bus, demand, flow, moves, answers } = at;
  const behind = tree.buses.map((_, k) => (isBehind(tree, bus, k) ? 1 : 0));
  /** By how much the flow is larger than it would be without losses. */
  const missed = (ac: PowerFlow, { pMw, qMvar }: NetDemand): number => {
    const given = ac.voltagePu.map((pu, k) => tree.shuntMvar[k]! * pu ** 2);
    return ac.sendingMva[bus]! - Math.hypot(weigh(behind, pMw), weigh(behind, qMvar) - weigh(behind, given));
  };
  const [p, q] = [weigh(behind, demand.pMw), weigh(behind, demand.qMvar)];
  // The last sweep of a flow that does not exist says nothing of the branch.
  if (!flow.converged) return { heaviestMva: NaN, missedMva: 0, missedByDeviationsMva: 0 };
  const own = missed(flow, demand);
  const most: HeaviestFlow = { heaviestMva: flow.sendingMva[bus]!, missedMva: own, missedByDeviationsMva: 0 };
  if (moves.length === 0) return most;
  for (const sign of [1, -1]) {
    let towards = sign === 1 ? [p, q] : [-p, -q];
    let found: Furthest | null = null;
    for (let step = 0; step < mostTurns; step++) {
      const size = Math.hypot(...towards);
      const [along, across] = size > 0 ? [towards[0]! / size, towards[1]! / size] : [sign, 0];
      const next = furthest(
        problem,
        slot,
        moves,
        answers,
        (move) => along * weigh(behind, move.pMw) + across * weigh(behind, move.qMvar),
      );
      if (found && isSame(found, next)) break;
      found = next;
      const moved = movedBy(demand, moves, found);
      towards = [weigh(behind, moved.pMw), weigh(behind, moved.qMvar)];
    }
    const moved = movedBy(demand, moves, found!);
    const ac = powerFlow(tree, slackVoltagePu, moved, flowOptions);
    if (!ac.converged) {
      most.heaviestMva = NaN;
      continue;
    }
    most.heaviestMva = Math.max(most.heaviestMva, ac.sendingMva[bus]!);
    most.missedMva = Math.max(most.missedMva, missed(ac, moved));
    most.missedByDeviationsMva = Math.max(most.missedByDeviationsMva, missed(ac, moved) - own);
  }
  return most;
}

const still: Furthest = { deviationKw: [], bus: null, value: 0 };

/** The signal that goes furthest; null where none goes that way. */
function furthestSignal(signals: readonly FeederSignal[], effect: (move: NetDemand) => number): FeederSignal | null {
  let best: { signal: FeederSignal | null; value: number } = { signal: null, value: 0 };
  for (const signal of signals) {
    const value = effect(signal.demand);
    if (value > best.value) best = { signal, value };
  }
  return best.signal;
}

const isSame = (a: Furthest, b: Furthest): boolean =>
  a.bus === b.bus && a.deviationKw.every((kw, l) => Math.abs(kw - b.deviationKw[l]!) < 1e-9);

function isBehind(tree: FeederTree, branch: number, bus: number): boolean {
  for (let at = bus; at > 0; at = tree.parent[at]!) if (at === branch) return true;
  return false;
}
