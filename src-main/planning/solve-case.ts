/** Solves a case file as it is (docs/method/v2g.md, "Case files"): one result per query, in order; what a file expects is never read. */
import { readV2gCase } from '../models/v2g/case-file.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { Solver } from '../solver/solver.ts';
import { exactSolve } from './exact-solve.ts';
import { energiesKwh, peakKw } from './plan-totals.ts';
import { sweepV2g, type V2gAnswer } from './solve-v2g.ts';

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
    }
  | { status: 'infeasible'; why: string }
  | { status: 'cancelled' }
  | { status: 'failed'; why: string };

/** @throws Refusal `case-bad` when the file is not a V2G case. */
export async function solveCase(json: unknown, solver: Solver): Promise<{ kind: 'v2g'; results: CaseResult[] }> {
  const { problems } = readV2gCase(json);
  const results = new Array<CaseResult>(problems.length).fill({ status: 'cancelled' });
  // Queries that differ in protection alone are one warm-started sweep.
  for (const group of Map.groupBy(
    problems.keys(),
    (query) => `${problems[query]!.charging} ${problems[query]!.recourse}`,
  ).values()) {
    const protections = group.map((query) => problems[query]!.uncertainty.protection);
    const points = await sweepV2g(problems[group[0]!]!, protections, solver, exactSolve);
    for (const query of group) {
      const problem = problems[query]!;
      const point = points.find(({ protection }) => protection === problem.uncertainty.protection);
      if (point) results[query] = resultOf(problem, point.answer);
    }
  }
  return { kind: 'v2g', results };
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
