/**
 * What each step of adaptivity buys on a day: the same problem under static recourse (supply covers every deviation), affine recourse (the EV
 * pool takes a decided share of each), affine recourse by resource (so does every gas unit and storage unit) and in full (everything but the commitment is dispatched once the day is known). The last is a bound
 * and no plan. Nothing is stored.
 */
import { Refusal } from '../../base/errors.ts';
import { slotsAtOnce } from '../../models/v2g/slots-at-once.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { buildProblem } from '../plan/build-problem.ts';
import { dayPrices } from '../prices/day-prices.ts';
import { fitDay } from '../sets/fit-day.ts';
import type { JobHandle } from '../jobs.ts';
import { fullRecourse, type FullRecourseStart } from '../plan/full-recourse.ts';
import { protectionOf, type PlanOptions } from '../plan/make-plan.ts';
import { operationSolve } from '../operation-solve.ts';
import { solveV2g } from '../plan/solve-v2g.ts';
import { siteAsked } from '../plan/site-asked.ts';
import type { PlanTools } from '../tools.ts';

export interface RecourseStep {
  recourse: 'static' | 'affine' | 'per-resource' | 'adaptive';
  /** What is minimised lies between; equal when proven. NaN when not found. */
  lower: number;
  upper: number;
  seconds: number;
  /** Rounds of column and constraint generation; 1 otherwise. */
  rounds: number;
  /** Why there is no number; empty otherwise. */
  problem: string;
}

export interface RecourseComparison {
  day: string;
  currency: string;
  steps: RecourseStep[];
  /** Total deviation of the adaptive worst day [slot], kW; empty without one. */
  worstKw: Float64Array;
}

export const recoursePhases = ['Fit sets', 'Static', 'Affine', 'By resource', 'Full'];

/** @throws Refusal as `fitDay`, and `cancelled` */
export async function compareRecourse(
  tools: PlanTools,
  options: PlanOptions,
  job: JobHandle,
): Promise<RecourseComparison> {
  const { store, solver, clock } = tools;
  job.enterPhase(0);
  await clock.nextTurn();
  const site = siteAsked(store, options);
  const fitted = await fitDay(tools, { day: options.day, ...options.fit, set: options.set }, job.signal);
  const prices = dayPrices(store, site, fitted.horizon);
  const problem = buildProblem(
    { site, horizon: fitted.horizon, set: fitted.record.set, ...fitted.fleet, prices },
    protectionOf(options),
  );
  const solveOptions: SolveOptions = {
    ...operationSolve,
    timeLimitSeconds: options.timeLimitSeconds,
    explainInfeasibility: 'no',
    signal: job.signal,
    stopSignal: job.stopSignal,
  };
  const refuseWhenCancelled = (): void => {
    if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The comparison of recourse' });
  };
  job.enterPhase(1);
  const fixed = await planned('static', { ...problem, recourse: 0 }, solver, solveOptions);
  refuseWhenCancelled();
  job.enterPhase(2);
  const affine = await planned('affine', problem, solver, solveOptions);
  refuseWhenCancelled();
  job.enterPhase(3);
  const byResource = await perResource(problem, solver, solveOptions);
  refuseWhenCancelled();
  job.enterPhase(4);
  const { step, worst } = await adaptive(problem, solver, solveOptions, {
    // The cheapest rule found is what the search has to beat.
    schedule: cheapest([fixed, affine, byResource]),
    onRound: ({ round, lower, upper }) => job.report(null, roundLine(round, lower, upper, site.currency)),
  });
  refuseWhenCancelled();
  return {
    day: options.day,
    currency: site.currency,
    steps: [fixed.step, affine.step, byResource.step, step],
    worstKw: Float64Array.from(worst),
  };
}

interface PlannedStep {
  step: RecourseStep;
  schedule: V2gSchedule | null;
}

async function perResource(problem: V2gProblem, solver: Solver, options: SolveOptions): Promise<PlannedStep> {
  if (slotsAtOnce(problem) !== null)
    return planned('per-resource', { ...problem, responders: 'each-resource' }, solver, options);
  const why = 'Shares of single resources are stated for interval and budget sets.';
  return { step: { recourse: 'per-resource', ...unknown, seconds: 0, problem: why }, schedule: null };
}

const cheapest = (steps: readonly PlannedStep[]): V2gSchedule | undefined =>
  steps
    .flatMap(({ schedule }) => schedule ?? [])
    .toSorted((a, b) => a.objective - b.objective)
    .at(0);

function roundLine(round: number, lower: number, upper: number, currency: string): string {
  const money = (value: number): string => (Number.isFinite(value) ? `${value.toFixed(2)} ${currency}` : 'unknown yet');
  return `round ${round}: at least ${money(lower)}, at most ${money(upper)}`;
}

const unknown = { lower: NaN, upper: NaN, rounds: 1 };

async function planned(
  recourse: Exclude<RecourseStep['recourse'], 'adaptive'>,
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
): Promise<PlannedStep> {
  const answer = await solveV2g(problem, solver, options);
  if (!('schedule' in answer)) {
    const why = answer.kind === 'infeasible' ? answer.why : answer.kind === 'failed' ? answer.problem : 'cancelled';
    return { step: { recourse, ...unknown, seconds: 0, problem: why }, schedule: null };
  }
  const { schedule } = answer;
  const { objective } = schedule;
  const lower = Number.isFinite(answer.bound) ? Math.min(objective, answer.bound) : objective;
  const step = { recourse, lower, upper: objective, seconds: answer.statistics.seconds, rounds: 1, problem: '' };
  return { step, schedule };
}

/** What is proven within the time of one plan is the answer. */
export async function adaptive(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  begin: FullRecourseStart = {},
): Promise<{ step: RecourseStep; worst: number[] }> {
  const found = await fullRecourse(problem, solver, options, begin);
  const recourse = 'adaptive';
  if (found.kind === 'none')
    return { step: { recourse, ...unknown, seconds: found.seconds, problem: found.problem }, worst: [] };
  const { lower, upper, rounds, seconds, worst } = found;
  const count = rounds.filter(({ round }) => round > 0).length;
  return { step: { recourse, lower, upper, seconds, rounds: count, problem: '' }, worst: worst?.deviationKw ?? [] };
}
