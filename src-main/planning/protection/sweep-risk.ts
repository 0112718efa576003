/** The risk curve: the day solved along the protection α, each point tested on the same drawn days. */
import { Refusal } from '../../base/errors.ts';
import { componentCount, type V2gProblem } from '../../models/v2g/problem.ts';
import type { FittedSet, MeasuredShare } from '../../uncertainty/types.ts';
import { riskBounds } from '../../verify/risk-bounds.ts';
import { buildProblem } from '../plan/build-problem.ts';
import { dayPrices } from '../prices/day-prices.ts';
import { fitDay } from '../sets/fit-day.ts';
import type { JobHandle } from '../jobs.ts';
import { type PlanOptions } from '../plan/make-plan.ts';
import { operationSolve } from '../operation-solve.ts';
import { energiesKwh, peakKw } from '../plan/plan-totals.ts';
import { atProtection, sweepV2g, type V2gAnswer } from '../plan/solve-v2g.ts';
import { testPlan } from '../plan/test-plan.ts';
import type { SetRecord } from '../ports.ts';
import type { Site } from '../site.ts';
import { siteOf, type PlanTools } from '../tools.ts';

export interface SweepPoint {
  protection: number;
  state: 'solved' | 'failed' | 'cancelled';
  problem: string;
  totalCost: number;
  anyViolation: MeasuredShare;
  largestSingle: MeasuredShare;
  boundExponential: number;
  boundBinomial: number;
  expectedUnservedKwh: number;
  chargeKwh: number;
  dischargeKwh: number;
  peakKw: number;
  dots: { day: string; unservedKwh: number }[];
}

export interface Sweep {
  day: string;
  setId: string;
  currency: string;
  components: number;
  wanted: number[];
  points: SweepPoint[];
  /** Cost does not move along the curve: protection is worth nothing on this day. */
  flat: boolean;
}

export type SweepOptions = PlanOptions & { protections: number[] };

export const sweepPhases = ['Fit sets', 'Solve and test'];

/** Points solved before a cancel are kept and stored; the job then ends as cancelled. @throws Refusal as `makePlan` for what comes before solving. */
export async function sweepRisk(
  tools: PlanTools,
  options: SweepOptions,
  job: JobHandle,
  onPoint: (point: SweepPoint) => void,
): Promise<Sweep> {
  const { store, solver } = tools;
  const { site, set, problem } = await riskDay(tools, options, job);
  const wanted = [...new Set(options.protections.filter((protection) => protection <= componentCount(problem)))].sort(
    (a, b) => a - b,
  );
  if (wanted.length === 0)
    throw new Refusal('bad-request', { call: 'sweep', problem: 'no protection within 0 and the number of components' });

  job.enterPhase(1);
  const points: SweepPoint[] = [];
  const solveOptions = {
    ...operationSolve,
    timeLimitSeconds: options.timeLimitSeconds,
    explainInfeasibility: 'no' as const,
    signal: job.signal,
  };
  await sweepV2g(problem, wanted, solver, solveOptions, (protection, answer) => {
    const point = sweepPoint(problem, set.set, protection, answer);
    points.push(point);
    const solved = points.filter(({ state }) => state === 'solved').length;
    job.report(solved / wanted.length, `${solved} of ${wanted.length} solved`);
    onPoint(point);
  });
  points.sort((a, b) => a.protection - b.protection);
  const sweep: Sweep = {
    day: options.day,
    setId: set.id,
    currency: site.currency,
    components: componentCount(problem),
    wanted,
    points,
    flat: isFlat(points),
  };
  await store.whenWritable();
  store.saveSet(set);
  // What failed or was cancelled is not kept: it may be asked for again.
  store.saveSweep(options.day, set.id, { ...sweep, points: points.filter((point) => point.state === 'solved') });
  if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The risk curve' });
  return sweep;
}

export interface RiskDay {
  site: Site;
  set: SetRecord;
  /** At protection 0. */
  problem: V2gProblem;
}

/** The day as it is before a protection is chosen. @throws Refusal as `makePlan` for what comes before solving. */
export async function riskDay(tools: PlanTools, options: PlanOptions, job: JobHandle): Promise<RiskDay> {
  job.enterPhase(0);
  await tools.clock.nextTurn();
  const site = siteOf(tools.store);
  const { horizon, record, fleet } = await fitDay(tools, { day: options.day, ...options.fit }, job.signal);
  const prices = dayPrices(tools.store, site, horizon);
  const { slotProtection, recourse } = options;
  const protection = { set: 'budget', protection: 0, slotProtection } as const;
  // Under full recourse the curve shows the shares: which units are on is decided for each protection then.
  const answered = recourse === 'full' ? 'per-resource' : recourse;
  const inputs = { site, horizon, set: record.set, ...fleet, prices };
  return { site, set: record, problem: buildProblem(inputs, protection, answered) };
}

/** Protection costs nothing along these points, up to the gap each was solved to. */
export function isFlat(points: readonly SweepPoint[]): boolean {
  const costs = points.filter((point) => point.state === 'solved').map((point) => point.totalCost);
  return (
    costs.length > 1 && Math.max(...costs) - Math.min(...costs) <= operationSolve.relativeGap * Math.abs(costs[0]!)
  );
}

const nothing: MeasuredShare = { hits: 0, trials: 0, share: NaN, lower: NaN, upper: NaN };

/** What a solved protection costs and how often it fails on days not planned for; why, where it was not solved. */
export function sweepPoint(problem: V2gProblem, set: FittedSet, protection: number, answer: V2gAnswer): SweepPoint {
  const bounds = riskBounds(componentCount(problem), protection);
  const shared = { protection, boundExponential: bounds.exponential, boundBinomial: bounds.binomial };
  if (answer.kind !== 'optimal' && answer.kind !== 'feasible')
    return {
      ...shared,
      state: answer.kind === 'cancelled' ? 'cancelled' : 'failed',
      problem: answer.kind === 'infeasible' ? answer.why : answer.kind === 'failed' ? answer.problem : 'cancelled',
      totalCost: NaN,
      anyViolation: nothing,
      largestSingle: nothing,
      expectedUnservedKwh: NaN,
      chargeKwh: NaN,
      dischargeKwh: NaN,
      peakKw: NaN,
      dots: [],
    };
  const protectedProblem = atProtection(problem, protection);
  const test = testPlan(protectedProblem, answer.schedule, set, operationSolve.seed);
  const energies = energiesKwh(answer.schedule);
  return {
    ...shared,
    state: 'solved',
    problem: '',
    totalCost: answer.schedule.totalCost,
    anyViolation: test.anyViolation,
    largestSingle: test.largestSingle,
    expectedUnservedKwh: test.expectedUnservedKwh,
    chargeKwh: energies.charge,
    dischargeKwh: energies.discharge,
    peakKw: peakKw(problem, answer.schedule),
    dots: test.dots,
  };
}
