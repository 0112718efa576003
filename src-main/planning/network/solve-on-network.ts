/**
 * Solves a schedule on its feeder until an AC power flow agrees. The linear model is asked only where the day without it breaks a limit: a
 * schedule that is best without a network and keeps its limits is best with it. The network model is lossless, or its margins are; what it misses is read from
 * the AC flow of its own answer, kept as room at the limits, and the day is solved again. The error depends on the flows and not on the room,
 * so a few rounds settle it.
 */
import { feederTree } from '../../models/feeder/feeder-tree.ts';
import { namedIn } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { NetworkCorrection, SiteNetwork } from '../../models/v2g/site-network.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { voltageTolerancePu } from '../../verify/check-network.ts';
import { networkFlow, type NetworkFlow } from '../../verify/network-flow.ts';
import { solveObjectives } from '../objectives/solve-objectives.ts';
import type { SlotName } from '../plan/conflict-words.ts';
import { solveDay } from '../plan/solve-day.ts';
import type { V2gAnswer } from '../plan/solve-v2g.ts';
import { nominalSchedule } from './nominal-schedule.ts';
import { solveOnMesh } from './solve-on-mesh.ts';

export interface NetworkAnswer {
  /** With the corrections it was solved with. */
  problem: V2gProblem;
  answer: V2gAnswer;
  rounds: number;
}

const mostRounds = 5;
/** How far the first guess may go beyond what was seen. */
const mostTimes = 16;
/** Corrections are read a little larger than measured, so that the next answer need not be measured again for a hair. */
const generosity = { factor: 1.1, squaredPu: 1e-4, mva: 1e-4 };

/** @throws Refusal `case-bad` when the problem contradicts itself. */
export async function solveOnNetwork(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  slotName?: SlotName,
): Promise<NetworkAnswer> {
  const { network } = problem;
  if (problem.mesh) return { problem, answer: await solveOnMesh(problem, solver, options, slotName), rounds: 1 };
  if (!network || network.model === 'unconstrained')
    return { problem, answer: await solveObjectives(problem, solver, options, slotName), rounds: 1 };
  if (network.model === 'lindistflow' && !asksLoss(problem)) {
    const blind = await solveObjectives(
      { ...problem, network: { ...network, model: 'unconstrained' } },
      solver,
      options,
      slotName,
    );
    if (!('schedule' in blind) || keepsLimits(networkFlow(problem, blind.schedule, network)))
      return { problem, answer: withoutLoss(blind), rounds: 1 };
  }
  const start = networkFlow(problem, nominalSchedule(problem), network);
  const shown = missedBy(network, start, null);
  let current = withCorrection(problem, network, atTheLimit(network, start, shown));
  for (let round = 1; ; round++) {
    let answer = await solveObjectives(current, solver, options, slotName);
    // The first guess may keep more room than there is; what has been seen may not.
    if (round === 1 && answer.kind === 'infeasible') {
      current = withCorrection(problem, network, shown);
      answer = await solveObjectives(current, solver, options, slotName);
    }
    if (answer.kind === 'infeasible' && answer.conflict.length === 0 && options.explainInfeasibility === 'rows')
      answer = await namedByLinear(problem, network, start, { solver, options, slotName, unnamed: answer });
    if (!('schedule' in answer) || round === mostRounds) return { problem: current, answer, rounds: round };
    const flows = networkFlow(current, answer.schedule, network);
    if (keepsLimits(flows)) return { problem: current, answer, rounds: round };
    const known = current.network!.correction;
    current = withCorrection(problem, network, missedBy(network, flows, known, answer.schedule));
  }
}

/** Tangents have no names: the linear model, with what it misses of the load alone, is asked which limits cannot hold. */
async function namedByLinear(
  problem: V2gProblem,
  network: SiteNetwork,
  start: NetworkFlow,
  how: { solver: Solver; options: SolveOptions; slotName: SlotName | undefined; unnamed: V2gAnswer },
): Promise<V2gAnswer> {
  const linear: SiteNetwork = { ...network, model: 'lindistflow' };
  const named = await solveDay(
    withCorrection(problem, linear, missedBy(linear, start, null)),
    how.solver,
    how.options,
    how.slotName,
  );
  return named.kind === 'infeasible' ? named : how.unnamed;
}

/** What is lost on the way is the network's to tell. */
const asksLoss = ({ objectives }: V2gProblem): boolean =>
  objectives !== undefined && namedIn(objectives).includes('loss');

/** A plan made without the network knows nothing of what it loses there. */
export function withoutLoss(answer: V2gAnswer): V2gAnswer {
  if (!('schedule' in answer)) return answer;
  const { objectives } = answer.schedule;
  if (!objectives) return answer;
  const { loss: _, ...values } = objectives.values;
  return { ...answer, schedule: { ...answer.schedule, objectives: { ...objectives, values } } };
}

/**
 * A first guess. What the linear model misses grows with the square of the drop, what deviations add to branch flow with the drop itself; room counts
 * where the voltage stands at its limit, so what the load alone shows is carried there.
 */
function atTheLimit(network: SiteNetwork, { tree, slots }: NetworkFlow, shown: NetworkCorrection): NetworkCorrection {
  const { slackVoltagePu } = network.feeder;
  const power = network.model === 'branch-flow' ? 1 : 2;
  const order = feederTree(network.feeder).buses;
  return {
    ...shown,
    lowSquaredPu: shown.lowSquaredPu.map((row, slot) =>
      row.map((missed, bus) => {
        const at = tree.buses.indexOf(order[bus]!);
        const worst = slots[slot]!.lowest[at]!;
        const full = slackVoltagePu ** 2 - tree.voltageMinPu[at]! ** 2;
        const drop = slackVoltagePu ** 2 - worst.voltagePu ** 2;
        const times = drop > 0 && full > drop ? Math.min(mostTimes, (full / drop) ** power) : 1;
        return missed * times;
      }),
    ),
  };
}

const withCorrection = (problem: V2gProblem, network: SiteNetwork, correction: NetworkCorrection): V2gProblem => ({
  ...problem,
  network: { ...network, correction },
});

export function keepsLimits({ tree, slots }: NetworkFlow): boolean {
  return slots.every(
    ({ flow, lowest, highest, heaviestMva }) =>
      flow.converged &&
      lowest.every(
        ({ voltagePu }, bus) =>
          bus === 0 ||
          (Math.min(voltagePu, flow.voltagePu[bus]!) >= tree.voltageMinPu[bus]! - voltageTolerancePu / 2 &&
            Math.max(highest[bus]!.voltagePu, flow.voltagePu[bus]!) <=
              tree.voltageMaxPu[bus]! + voltageTolerancePu / 2),
      ) &&
      tree.limitMva.every(
        (limit, bus) => limit === null || Math.max(heaviestMva[bus]!, flow.sendingMva[bus]!) <= limit,
      ),
  );
}

/**
 * What the model believes less what flows, at the worst deviations of each limit. With branch flow the scheduled part of it is the model's
 * own, so that only what deviations add is missed.
 */
function missedBy(
  network: SiteNetwork,
  { tree, slots }: NetworkFlow,
  known: NetworkCorrection | null,
  schedule?: V2gSchedule,
): NetworkCorrection {
  const { factor, squaredPu, mva } = generosity;
  const byBranchFlow = network.model === 'branch-flow';
  const own = byBranchFlow ? schedule?.network?.voltagePu : undefined;
  // The flow has an order of buses of its own; corrections stand in the model's.
  const order = feederTree(network.feeder).buses;
  const place = new Map(tree.buses.map((bus, index) => [bus, index]));
  const at = (
    of: keyof NetworkCorrection,
    measure: (slot: number, bus: number, inModel: number) => number,
  ): number[][] =>
    slots.map((_, slot) =>
      order.map((name, bus) => {
        const missed = bus === 0 ? 0 : measure(slot, place.get(name)!, bus);
        const found = missed > 0 ? factor * missed + (of === 'lineMva' ? mva : squaredPu) : 0;
        return Math.max(known?.[of][slot]?.[bus] ?? 0, Number.isFinite(found) ? found : 0);
      }),
    );
  /** The model's own squared voltage instead of the linear one where it has losses of its own. */
  const ownGap = (slot: number, bus: number, inModel: number): number =>
    byBranchFlow
      ? slots[slot]!.linearPu[bus]! ** 2 - (own?.[slot]![inModel] ?? slots[slot]!.flow.voltagePu[bus]!) ** 2
      : 0;
  return {
    lowSquaredPu: at('lowSquaredPu', (slot, bus, inModel) => {
      const { lowest } = slots[slot]!;
      return lowest[bus]!.linearPu ** 2 - lowest[bus]!.voltagePu ** 2 - ownGap(slot, bus, inModel);
    }),
    highSquaredPu: at('highSquaredPu', (slot, bus, inModel) => {
      const { highest } = slots[slot]!;
      return highest[bus]!.voltagePu ** 2 - highest[bus]!.linearPu ** 2 + ownGap(slot, bus, inModel);
    }),
    lineMva: at('lineMva', (slot, bus, inModel) => {
      const { heaviestMva, flow } = slots[slot]!;
      const limit = tree.limitMva[bus] ?? Infinity;
      const worst = Math.max(heaviestMva[bus]!, flow.sendingMva[bus]!);
      return worst > limit ? worst - limit + (known?.lineMva[slot]?.[inModel] ?? 0) : 0;
    }),
  };
}
