/**
 * The published case, run by the product: what robustness costs, what it saves, and how often the plan breaks, beside what the paper printed.
 * Documented with its result in docs/method/case-study.md. Source: Zhou et al. 2017.
 */
import { studentTQuantile } from '../base/statistics.ts';
import { zhou2017History, zhou2017Problem } from '../models/v2g/case-zhou2017.ts';
import { componentCount, type V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Solver } from '../solver/solver.ts';
import { exactSolve } from './exact-solve.ts';
import type { OutOfSample } from '../verify/types.ts';
import { caseClaims, type Claim } from './case-claims.ts';
import { energiesKwh, peakKw } from './plan-totals.ts';
import { solveV2g, sweepV2g, type PlannedAnswer, type V2gAnswer } from './solve-v2g.ts';

/** Monte Carlo on independent normal deviations; `sdKw` is [component][slot]. */
export type SimulateNormal = (
  problem: V2gProblem,
  schedule: V2gSchedule,
  law: { kind: 'normal'; sdKw: number[][] },
  draws: { days: number; seed: number },
) => OutOfSample;

export interface CaseStudyRow {
  protection: number;
  costUsd: number;
  chargeKwh: number;
  dischargeKwh: number;
  peakLoadKw: number;
  anyViolation: number;
  largestSingle: number;
  expectedUnservedKwh: number;
  boundExponential: number;
  boundBinomial: number;
}

export interface CaseStudy {
  draws: { days: number; seed: number };
  solver: string;
  withoutV2g: { costUsd: number; peakLoadKw: number };
  /** Protection 0, 1, …, L with the share θ a decision. */
  rows: CaseStudyRow[];
  claims: Claim[];
}

/** @throws Error when a point of the case has no optimum: the case is known to have them all. */
export async function runCaseStudy(
  solver: Solver,
  simulate: SimulateNormal,
  draws = { days: 100_000, seed: 2017 },
): Promise<CaseStudy> {
  const problem = zhou2017Problem();
  const nominal: V2gProblem = { ...problem, charging: 'uncoordinated' };
  const baseline = planned(await solveV2g(nominal, solver, exactSolve)).schedule;
  const withoutV2g = { costUsd: baseline.totalCost, peakLoadKw: peakKw(nominal, baseline) };
  const protections = Array.from({ length: componentCount(problem) + 1 }, (_, alpha) => alpha);
  const points = await sweepV2g(problem, protections, solver, exactSolve);
  const sdKw = deviationSdKw(problem);
  const rows = points
    .map(({ protection, answer }): CaseStudyRow => {
      const { schedule } = planned(answer);
      const at = { ...problem, uncertainty: { ...problem.uncertainty, protection } };
      const energies = energiesKwh(schedule);
      const test = simulate(at, schedule, { kind: 'normal', sdKw }, draws);
      return {
        protection,
        costUsd: schedule.totalCost,
        chargeKwh: energies.charge,
        dischargeKwh: energies.discharge,
        peakLoadKw: peakKw(at, schedule),
        anyViolation: test.anyViolation.share,
        largestSingle: test.largestSingle.share,
        expectedUnservedKwh: test.expectedUnservedKwh,
        boundExponential: test.bounds.exponential,
        boundBinomial: test.bounds.binomial,
      };
    })
    .sort((a, b) => a.protection - b.protection);
  return { draws, solver: solver.version, withoutV2g, rows, claims: caseClaims(withoutV2g, rows) };
}

function planned(answer: V2gAnswer): PlannedAnswer {
  if (answer.kind !== 'optimal') throw new Error(`the reference case ended ${answer.kind}`);
  return answer;
}

/** Standard deviations behind the half widths: P̂ = t_{N−1, (1+δ)/2} √(1 + 1/N) s. [component][slot] */
export function deviationSdKw(problem: V2gProblem): number[][] {
  const { days, coverage } = zhou2017History;
  const factor = studentTQuantile((1 + coverage) / 2, days - 1) * Math.sqrt(1 + 1 / days);
  return problem.uncertainty.components.map((component) => component.halfWidthKw.map((kw) => kw / factor));
}
