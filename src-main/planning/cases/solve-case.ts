/**
 * Solves a case file as it is ("Case files" in docs/method/{v2g,sms,market,feeder}.md): one result per query, in order; what a file
 * expects is never read.
 */
import { Refusal } from '../../base/errors.ts';
import { readV2gCase } from '../../models/v2g/case-file.ts';
import type { ObjectiveValues } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { Solver } from '../../solver/solver.ts';
import type { Helpers } from '../helpers/helpers.ts';
import { sameThread } from '../helpers/same-thread.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveOnMesh } from '../network/solve-on-mesh.ts';
import { solveObjectives } from '../objectives/solve-objectives.ts';
import { energiesKwh, peakKw } from '../plan/plan-totals.ts';
import { meshCaseResult, type MeshCaseResult } from './mesh-case-result.ts';
import { solveFeederCase, type FeederCaseResult } from './solve-feeder-case.ts';
import { solveMarketCase, type MarketCaseResult } from './solve-market-case.ts';
import { solveSmsCase, type SmsCaseResult } from './solve-sms-case.ts';
import { sweepV2g, type V2gAnswer } from '../plan/solve-v2g.ts';

export type CaseResult =
  | {
      status: 'optimal' | 'feasible';
      /** What was minimised: cost and throughput tie-break. */
      objectiveUsd: number;
      costUsd: number;
      /** Highest load plus net EV demand. */
      peakLoadKw: number;
      chargeKwh: number;
      dischargeKwh: number;
      /** Proven relative gap; 0 when optimal to the solver's tolerance. */
      gap: number;
      /** Where the query states objectives: what the plan is worth by each, in their units. */
      objectives?: ObjectiveValues;
      /** Where the case states a meshed network. */
      network?: MeshCaseResult;
    }
  | { status: 'infeasible'; why: string }
  | { status: 'cancelled' }
  | { status: 'failed'; why: string };

export type CaseAnswer =
  | { kind: 'v2g'; results: CaseResult[] }
  | { kind: 'sms'; results: SmsCaseResult[] }
  | { kind: 'market'; results: MarketCaseResult[] }
  | { kind: 'feeder'; results: FeederCaseResult[] };

/** @throws Refusal `case-bad` when the file is not a case of a known kind. */
export async function solveCase(json: unknown, solver: Solver, helpers: Helpers = sameThread): Promise<CaseAnswer> {
  const kind = typeof json === 'object' && json !== null && 'kind' in json ? json.kind : undefined;
  if (kind === 'sms') return { kind, results: await solveSmsCase(json, solver, helpers) };
  if (kind === 'market') return { kind, results: solveMarketCase(json) };
  if (kind === 'feeder') return { kind, results: await solveFeederCase(json, solver) };
  if (kind === 'v2g') return { kind, results: await solveV2gCase(json, solver) };
  const file = typeof json === 'object' && json !== null && 'name' in json ? String(json.name) : 'The file';
  throw new Refusal('case-bad', {
    file,
    problem: `kind is ${JSON.stringify(kind)}; "v2g", "sms", "market" or "feeder" expected`,
  });
}

async function solveV2gCase(json: unknown, solver: Solver): Promise<CaseResult[]> {
  const { problems } = readV2gCase(json);
  const results = new Array<CaseResult>(problems.length).fill({ status: 'cancelled' });
  // Queries that differ in protection alone are one warm-started sweep.
  const alone = ({ objectives, mesh }: V2gProblem): boolean => objectives !== undefined || mesh !== undefined;
  const ofCost = [...problems.keys()].filter((query) => !alone(problems[query]!));
  for (const [query, problem] of problems.entries())
    if (problem.mesh) results[query] = resultOf(problem, await solveOnMesh(problem, solver, exactSolve));
    else if (problem.objectives) results[query] = resultOf(problem, await solveObjectives(problem, solver, exactSolve));
  for (const group of Map.groupBy(
    ofCost,
    (query) => `${problems[query]!.charging} ${problems[query]!.recourse} ${problems[query]!.trucks !== undefined}`,
  ).values()) {
    const protections = group.map((query) => problems[query]!.uncertainty.protection);
    const points = await sweepV2g(problems[group[0]!]!, protections, solver, exactSolve);
    for (const query of group) {
      const problem = problems[query]!;
      const point = points.find(({ protection }) => protection === problem.uncertainty.protection);
      if (point) results[query] = resultOf(problem, point.answer);
    }
  }
  return results;
}

function resultOf(problem: V2gProblem, answer: V2gAnswer): CaseResult {
  switch (answer.kind) {
    case 'optimal':
    case 'feasible': {
      const { schedule } = answer;
      const energies = energiesKwh(schedule);
      return {
        status: answer.kind,
        objectiveUsd: schedule.objective,
        costUsd: schedule.totalCost,
        peakLoadKw: peakKw(problem, schedule),
        chargeKwh: energies.charge,
        dischargeKwh: energies.discharge,
        gap: answer.gap,
        ...(schedule.objectives ? { objectives: schedule.objectives.values } : {}),
        ...(problem.mesh ? { network: meshCaseResult(problem, schedule, problem.mesh) } : {}),
      };
    }
    case 'infeasible':
      return { status: 'infeasible', why: answer.why };
    case 'failed':
      return { status: 'failed', why: answer.problem };
    case 'cancelled':
      return { status: 'cancelled' };
  }
}
