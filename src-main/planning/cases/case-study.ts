/**
 * The published case, run by the product: what robustness costs, what it saves, and how often the plan breaks, beside what the paper printed.
 * Documented with its result in docs/method/case-study.md. Source: Zhou et al. 2017.
 */
import { studentTQuantile } from '../../base/statistics.ts';
import { zhou2017History, zhou2017Problem } from '../../models/v2g/case-zhou2017.ts';
import { componentCount, type V2gProblem } from '../../models/v2g/problem.ts';
import type { Solver } from '../../solver/solver.ts';
import type { simulate, SimulationSize } from '../../verify/simulate.ts';
import type { OutOfSample } from '../../verify/types.ts';
import { caseClaims, type Claim } from './case-claims.ts';
import { correlatedDays, type Correlation } from '../sets/correlated-days.ts';
import { exactSolve } from '../exact-solve.ts';
import { energiesKwh, peakKw } from '../plan/plan-totals.ts';
import { solveV2g, sweepV2g, type PlannedAnswer, type V2gAnswer } from '../plan/solve-v2g.ts';

/** Frequencies over the drawn days: any limit broken in the day, the limit that breaks most often, and the energy short per day. */
export interface Measured {
  anyViolation: number;
  largestSingle: number;
  expectedUnservedKwh: number;
}

export interface CaseStudyRow {
  protection: number;
  costUsd: number;
  chargeKwh: number;
  dischargeKwh: number;
  /** Residential plus net EV load. */
  peakLoadKw: number;
  /** Normal deviations, independent between loads and slots, as the bounds assume. */
  independent: Measured;
  /** The same standard deviations, correlated as real errors are. */
  correlated: Measured;
  boundExponential: number;
  boundBinomial: number;
}

export interface CaseStudy {
  draws: SimulationSize;
  correlation: Correlation;
  solver: string;
  withoutV2g: { costUsd: number; peakLoadKw: number };
  /** Protection 0, 1, …, L with the share θ a decision. */
  rows: CaseStudyRow[];
  claims: Claim[];
}

const correlation: Correlation = { betweenComponents: 0.9, betweenSlots: 0.95 };
/** Distinct correlated days that the draws are taken from. */
const distinctDays = 20_000;

/** @throws Error when a point of the case has no optimum: the case is known to have them all. */
export async function runCaseStudy(
  solver: Solver,
  simulator: typeof simulate,
  draws: SimulationSize = { days: 100_000, seed: 2017 },
): Promise<CaseStudy> {
  const problem = zhou2017Problem();
  const nominal: V2gProblem = {
    ...problem,
    charging: 'uncoordinated',
    uncertainty: { ...problem.uncertainty, protection: 0 },
  };
  const baseline = planned(await solveV2g(nominal, solver, exactSolve)).schedule;
  const withoutV2g = { costUsd: baseline.totalCost, peakLoadKw: peakKw(nominal, baseline) };
  const protections = Array.from({ length: componentCount(problem) + 1 }, (_, alpha) => alpha);
  const points = await sweepV2g(problem, protections, solver, exactSolve);
  const sdKw = deviationSdKw(problem);
  const days = correlatedDays(sdKw, correlation, { days: Math.min(distinctDays, draws.days), seed: draws.seed });
  const rows = points
    .map(({ protection, answer }): CaseStudyRow => {
      const { schedule } = planned(answer);
      const at = { ...problem, uncertainty: { ...problem.uncertainty, protection } };
      const energies = energiesKwh(schedule);
      const independent = simulator(at, schedule, { kind: 'normal', sdKw }, draws);
      const correlated = simulator(at, schedule, { kind: 'resampled', days }, draws);
      return {
        protection,
        costUsd: schedule.totalCost,
        chargeKwh: energies.charge,
        dischargeKwh: energies.discharge,
        peakLoadKw: peakKw(at, schedule),
        independent: measured(independent),
        correlated: measured(correlated),
        boundExponential: independent.bounds.exponential,
        boundBinomial: independent.bounds.binomial,
      };
    })
    .sort((a, b) => a.protection - b.protection);
  return { draws, correlation, solver: solver.version, withoutV2g, rows, claims: caseClaims(withoutV2g, rows) };
}

const measured = ({ anyViolation, largestSingle, expectedUnservedKwh }: OutOfSample): Measured => ({
  anyViolation: anyViolation.share,
  largestSingle: largestSingle.share,
  expectedUnservedKwh,
});

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
