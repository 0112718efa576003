/**
 * A sweep of the protection on a network. Margins are bounds, so a sweep keeps one matrix there too: points that keep the limits without the network
 * model are done with; the others are swept again with it, and what its answers are seen to miss is kept as room in common until the AC flow of
 * every point agrees. Room seen at one point may be a hair more than another needs; what losses need is each point's own.
 */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SiteNetwork } from '../../models/v2g/site-network.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { networkFlow } from '../../verify/network-flow.ts';
import { atProtection } from '../plan/at-protection.ts';
import { sweepV2g, type V2gAnswer } from '../plan/solve-v2g.ts';
import { atTheLimit, keepsLimits, missedBy, withCorrection } from './network-correction.ts';
import { nominalSchedule } from './nominal-schedule.ts';
import { mostRounds, solveOnNetwork } from './solve-on-network.ts';

/** `onPoint` is called once for each protection, as each is settled. */
export async function sweepOnNetwork(
  problem: V2gProblem,
  protections: readonly number[],
  solver: Solver,
  options: SolveOptions,
  onPoint: (protection: number, answer: V2gAnswer) => void,
): Promise<void> {
  // Bases go from point to point as long as rows are all there is.
  const network: SiteNetwork | undefined = problem.network && { ...problem.network, lineCircle: 'polygon' };
  // The rows of a mesh are exact: its sweep is one of its own.
  if (!network || network.model === 'unconstrained') {
    await sweepV2g(problem, protections, solver, options, onPoint);
    return;
  }
  if (network.model === 'branch-flow') {
    // Each point has tangents of its own, so that nothing is gained by one after the other.
    await Promise.all(
      protections.map(async (protection) =>
        onPoint(protection, (await solveOnNetwork(atProtection(problem, protection), solver, options)).answer),
      ),
    );
    return;
  }
  const blind = { ...problem, network: { ...network, model: 'unconstrained' as const } };
  let open = await sweepAndJudge(blind, network, protections, { solver, options, onPoint });
  if (open.length === 0) return;
  const start = networkFlow(atProtection(problem, open[0]!.protection), nominalSchedule(problem), network);
  const shown = missedBy(network, start, null);
  let current = withCorrection(problem, network, atTheLimit(network, start, shown));
  const lossKw = new Map<number, number[]>();
  const at = (common: V2gProblem, protection: number): V2gProblem => {
    const correction = { ...common.network!.correction!, lossKw: lossKw.get(protection) ?? [] };
    return withCorrection(atProtection(common, protection), common.network!, correction);
  };
  for (let round = 1; open.length > 0; round++) {
    const wanted = open.map(({ protection }) => protection);
    const room = round === 1 ? 'guessed' : round < mostRounds ? 'seen' : 'last';
    open = await sweepAndJudge(current, network, wanted, { solver, options, onPoint, at }, room);
    for (const { protection, answer } of open) {
      if (!('schedule' in answer)) continue;
      const flows = networkFlow(atProtection(problem, protection), answer.schedule, network);
      const missed = missedBy(network, flows, at(current, protection).network!.correction, answer.schedule);
      lossKw.set(protection, missed.lossKw);
      current = withCorrection(problem, network, missed);
    }
    // The first guess may keep more room than there is; what has been seen may not.
    if (round === 1 && open.some(({ answer }) => answer.kind === 'infeasible'))
      current = withCorrection(problem, network, shown);
  }
}

interface SweptPoint {
  protection: number;
  answer: V2gAnswer;
}

/** Points whose AC flow breaks a limit, the largest protection first; the others are settled. Where room is only guessed, so is that there is no plan. */
async function sweepAndJudge(
  problem: V2gProblem,
  network: SiteNetwork,
  protections: readonly number[],
  how: {
    solver: Solver;
    options: SolveOptions;
    onPoint: (protection: number, answer: V2gAnswer) => void;
    at?: (problem: V2gProblem, protection: number) => V2gProblem;
  },
  room: 'guessed' | 'seen' | 'last' = 'seen',
): Promise<SweptPoint[]> {
  const open: SweptPoint[] = [];
  const judge = (protection: number, answer: V2gAnswer): void => {
    const keeps =
      'schedule' in answer
        ? keepsLimits(networkFlow(atProtection(problem, protection), answer.schedule, network))
        : room !== 'guessed' || answer.kind !== 'infeasible';
    if (keeps || room === 'last') how.onPoint(protection, answer);
    else open.push({ protection, answer });
  };
  await sweepV2g(problem, protections, how.solver, how.options, judge, how.at);
  return open.sort((a, b) => b.protection - a.protection);
}
