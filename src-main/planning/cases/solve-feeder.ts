/** Solves a dispatch on a feeder and holds it against an AC power flow. */
import { buildFeeder } from '../../models/feeder/build-feeder.ts';
import { feederTree } from '../../models/feeder/feeder-tree.ts';
import type { FeederProblem } from '../../models/feeder/problem.ts';
import type { FeederSchedule } from '../../models/feeder/schedule.ts';
import type { SolveOptions, Solver, SolveStatistics } from '../../solver/solver.ts';
import { checkFeeder, type FeederCheck } from '../../verify/check-feeder.ts';

export type FeederAnswer =
  | {
      kind: 'optimal' | 'feasible';
      schedule: FeederSchedule;
      check: FeederCheck;
      bound: number;
      gap: number;
      statistics: SolveStatistics;
    }
  | { kind: 'infeasible'; conflict: string[] }
  | { kind: 'cancelled' }
  | { kind: 'failed'; problem: string };

/** @throws Refusal `bad-feeder` or `case-bad` when the problem contradicts itself. */
export async function solveFeeder(
  problem: FeederProblem,
  solver: Solver,
  options: SolveOptions,
): Promise<FeederAnswer> {
  const { program, read } = buildFeeder(problem);
  const outcome = await solver.solve(program, options);
  switch (outcome.kind) {
    case 'optimal':
    case 'feasible': {
      const schedule = read(outcome.solution);
      return {
        kind: outcome.kind,
        schedule,
        check: checkFeeder(problem, feederTree(problem.feeder), schedule),
        bound: outcome.bound,
        gap: outcome.gap,
        statistics: outcome.statistics,
      };
    }
    case 'infeasible':
      return { kind: 'infeasible', conflict: outcome.conflict };
    case 'unbounded':
      return { kind: 'failed', problem: 'the cost can fall without end; check for a negative price without a limit' };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'failed':
      return { kind: 'failed', problem: outcome.problem };
  }
}
