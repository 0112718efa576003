/** Solves a feeder case as it is (docs/method/feeder.md, "Case files"): one result per query, in order. */
import { readFeederCase } from '../../models/feeder/case-file.ts';
import type { Solver } from '../../solver/solver.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveFeeder, type FeederAnswer } from './solve-feeder.ts';

export type FeederCaseResult =
  | {
      status: 'optimal' | 'feasible';
      objectiveUsd: number;
      lossMwh: number;
      /** Lowest voltage of the day by AC power flow, and the bus it stands at. */
      lowestVoltagePu: number;
      lowestVoltageBus: string;
      /** Largest difference between network model and AC power flow over the day. */
      importGapMw: number;
      voltageGapPu: number;
      passed: boolean;
      rounds: number;
      tangents: number;
    }
  | { status: 'infeasible'; why: string }
  | { status: 'cancelled' }
  | { status: 'failed'; why: string };

/** @throws Refusal `case-bad` or `bad-feeder` when the file is not a feeder case. */
export async function solveFeederCase(json: unknown, solver: Solver): Promise<FeederCaseResult[]> {
  const results: FeederCaseResult[] = [];
  for (const problem of readFeederCase(json).problems)
    results.push(resultOf(await solveFeeder(problem, solver, exactSolve), problem.slotHours));
  return results;
}

function resultOf(answer: FeederAnswer, slotHours: number): FeederCaseResult {
  switch (answer.kind) {
    case 'optimal':
    case 'feasible': {
      const { schedule, check, statistics } = answer;
      const lowest = check.flows
        .flatMap(({ voltagePu }) => voltagePu.map((voltage, bus) => ({ voltage, bus })))
        .reduce((least, each) => (each.voltage < least.voltage ? each : least));
      return {
        status: answer.kind,
        objectiveUsd: schedule.objective,
        lossMwh: check.flows.reduce((sum, { lossMw }) => sum + lossMw * slotHours, 0),
        lowestVoltagePu: lowest.voltage,
        lowestVoltageBus: schedule.buses[lowest.bus]!,
        importGapMw: Math.max(...check.importGapMw.map(Math.abs)),
        voltageGapPu: Math.max(...check.voltageGapPu),
        passed: check.report.passed,
        rounds: statistics.cones?.rounds ?? 1,
        tangents: statistics.cones?.tangents ?? 0,
      };
    }
    case 'infeasible':
      return { status: 'infeasible', why: `these cannot hold together: ${answer.conflict.join('; ') || 'not known'}` };
    case 'failed':
      return { status: 'failed', why: answer.problem };
    case 'cancelled':
      return { status: 'cancelled' };
  }
}
