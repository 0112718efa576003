/**
 * Solves a schedule on its feeder until an AC power flow agrees. The linear model is asked only where the day without it breaks a limit: a
 * schedule that is best without a network and keeps its limits is best with it. The network model is lossless, or its margins are; what it misses is read from
 * the AC flow of its own answer, kept as room at the limits, and the day is solved again. The error depends on the flows and not on the room,
 * so a few rounds settle it.
 */
import { namedIn } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SiteNetwork } from '../../models/v2g/site-network.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { networkFlow, type NetworkFlow } from '../../verify/network-flow.ts';
import { solveObjectives } from '../objectives/solve-objectives.ts';
import type { SlotName } from '../plan/conflict-words.ts';
import { solveDay } from '../plan/solve-day.ts';
import type { V2gAnswer } from '../plan/solve-v2g.ts';
import { atTheLimit, keepsLimits, missedBy, withCorrection, withFirstLossCases } from './network-correction.ts';
import { nominalSchedule } from './nominal-schedule.ts';
import { solveOnMesh } from './solve-on-mesh.ts';

export interface NetworkAnswer {
  /** With the corrections it was solved with. */
  problem: V2gProblem;
  answer: V2gAnswer;
  rounds: number;
}

/** Rounds of solving, reading from the AC flow what the model missed, and solving again. */
export const mostRounds = 5;

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
  if (network.model === 'lindistflow') {
    // What is lost has to be seen; the limits need not be, as long as they are kept.
    const blindly: SiteNetwork = asksLoss(problem)
      ? { ...network, limits: 'left-out' }
      : { ...network, model: 'unconstrained' };
    const blind = await solveObjectives({ ...problem, network: blindly }, solver, options, slotName);
    if (!('schedule' in blind) || keepsLimits(networkFlow(problem, blind.schedule, network)))
      return { problem, answer: asksLoss(problem) ? blind : withoutLoss(blind), rounds: 1 };
  }
  const start = networkFlow(problem, nominalSchedule(problem), network);
  const shown = withFirstLossCases(problem, network, start, missedBy(network, start, null));
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

/** Tangents have no names: the linear model with its lines as polygons, with what it misses of the load alone, is asked which limits cannot hold. */
async function namedByLinear(
  problem: V2gProblem,
  network: SiteNetwork,
  start: NetworkFlow,
  how: { solver: Solver; options: SolveOptions; slotName: SlotName | undefined; unnamed: V2gAnswer },
): Promise<V2gAnswer> {
  const linear: SiteNetwork = { ...network, model: 'lindistflow', lineCircle: 'polygon' };
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
