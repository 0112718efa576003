/** From a problem to a stored plan: solved, re-checked, compared with the day without V2G, tested out of sample, written whole or not at all. */
import { canonicalJson } from '../../base/canonical-json.ts';
import { Refusal } from '../../base/errors.ts';
import { slotLabel, type Horizon } from '../../base/horizon.ts';
import { planSchemaVersion } from '../../base/schema-versions.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { NamedBasis } from '../../program/basis.ts';
import type { SolveProgress } from '../../solver/solver.ts';
import { worstFindings } from '../../verify/worst-findings.ts';
import { worstPlanDay } from '../../verify/worst-plan-day.ts';
import { fixRoutes } from '../../models/v2g/truck-routes.ts';
import { withoutV2g } from './build-problem.ts';
import { checkDay } from './check-day.ts';
import type { JobHandle } from '../jobs.ts';
import { solveOnNetwork } from '../network/solve-on-network.ts';
import { operationSolve } from '../operation-solve.ts';
import { nearPlan } from './near-plan.ts';
import { planContentHash } from './plan-hash.ts';
import { peakKw } from './plan-totals.ts';
import type {
  FullRecourseProvenance,
  PlanProvenance,
  PlanRecord,
  PriceProvenance,
  SetRecord,
  TruckProvenance,
} from '../ports.ts';
import { servicesStart } from './services-start.ts';
import { solveChance } from './solve-chance.ts';
import { solveV2g } from './solve-v2g.ts';
import { startingFrom } from './starting-solver.ts';
import { testPlan } from './test-plan.ts';
import type { V2gAnswer } from './v2g-answer.ts';
import { modelVersion, operatorOf, type PlanTools } from '../tools.ts';

export interface PlanWork {
  day: string;
  horizon: Horizon;
  problem: V2gProblem;
  set: SetRecord;
  dataHash: string;
  /** What the operator wished for: with problem and set, what the plan was made from. */
  options: Record<string, unknown>;
  timeLimitSeconds: number;
  notes: string[];
  /** What the plan is to tell of its prices, once its trades are known. */
  prices?: (schedule: V2gSchedule) => PriceProvenance;
  /** What the plan is to tell of its trucks, once their routes are known. */
  trucks?: (schedule: V2gSchedule) => TruckProvenance;
  /** How the day is solved; on its network when left out. What full recourse was proven to cost comes with it. */
  solve?: (
    ...how: Parameters<typeof solveOnNetwork>
  ) => Promise<{ problem: V2gProblem; answer: V2gAnswer; fullRecourse?: FullRecourseProvenance; notes?: string[] }>;
  /** Of plans that cost the same, the one nearest to this is wanted. */
  near?: { problem: V2gProblem; schedule: V2gSchedule };
  /** Where a program like this one ended; null or left out where it is not known. */
  start?: NamedBasis | null;
  /** Why the CVaR form stands in the problem already, where it took the place of the exact one in the plan this begins from. */
  whyCvar?: string | null;
  /** The plan and the edits a what-if was made from. */
  basedOn?: NonNullable<PlanProvenance['basedOn']>;
}

/** Numbers of the job's phases. */
export interface CompletionPhases {
  solve: number;
  test: number;
}

/** @throws Refusal: `plan-infeasible` with `why` and `conflict`, `cancelled`, `solver-failed` */
export async function completePlan(
  tools: PlanTools,
  work: PlanWork,
  phases: CompletionPhases,
  job: JobHandle,
): Promise<PlanRecord> {
  const { store, clock, hash } = tools;
  const { day, horizon, set, timeLimitSeconds } = work;
  job.enterPhase(phases.solve);
  const solveOptions = {
    ...operationSolve,
    timeLimitSeconds,
    signal: job.signal,
    stopSignal: job.stopSignal,
    onProgress: (progress: SolveProgress) => job.report(null, progressLine(progress, work.problem)),
  };
  const startedMs = clock.nowMs();
  const start = work.start ?? (await servicesStart(work.problem, tools.solver, solveOptions));
  const secondsLeft = Math.max(timeLimitSeconds / 2, timeLimitSeconds - (clock.nowMs() - startedMs) / 1000);
  const starting = startingFrom(tools.solver, work.problem.name, start);
  const solver = work.near ? nearPlan(starting, work.near.problem, work.near.schedule) : starting;
  const solve: NonNullable<PlanWork['solve']> = work.solve ?? solveOnNetwork;
  const {
    problem,
    answer,
    chance,
    fullRecourse,
    notes = [],
  } = await solveChance(work.problem, { ...solveOptions, timeLimitSeconds: secondsLeft }, (stated, options) =>
    solve(stated, solver, options, (slot) => slotLabel(horizon, slot)),
  );
  refuseWhenCancelled(job);
  if (answer.kind === 'infeasible')
    throw new Refusal('plan-infeasible', { day, why: answer.why, conflict: answer.conflict });
  if (answer.kind === 'cancelled') throw new Refusal('cancelled', { what: `The plan for ${day}` });
  if (answer.kind === 'failed') throw new Refusal('solver-failed', { problem: answer.problem });
  const solveSeconds = (clock.nowMs() - startedMs) / 1000;
  const told = work.trucks?.(answer.schedule);
  const check = {
    ...checkDay(store, problem, answer.schedule, told),
    worstCase: worstPlanDay(problem, answer.schedule),
    worstFindings: worstFindings(problem, answer.schedule),
  };
  const baseline = await solveBaseline(tools, problem, answer.schedule, job);

  const trucks = told && { ...told, withoutTrucks: await solveWithoutTrucks(tools, problem, job) };
  const coefficients = problem.coefficients && { known: await solveWithKnown(tools, problem, job) };

  job.enterPhase(phases.test);
  await clock.nextTurn();
  const test = testPlan(problem, answer.schedule, set.set, operationSolve.seed);
  refuseWhenCancelled(job);

  const createdAtMs = clock.nowMs();
  const inputsHash = hash(
    canonicalJson({ problem, set: set.id, options: work.options, modelVersion, solver: tools.solver.version }),
  );
  const content = {
    id: `${day}-${hash(`${inputsHash} ${createdAtMs}`).slice(0, 8)}`,
    day,
    outcome: { kind: answer.kind, bound: known(answer.bound), gap: known(answer.gap) },
    problem,
    schedule: answer.schedule,
    check,
    baseline,
    provenance: {
      schemaVersion: planSchemaVersion,
      inputsHash,
      dataHash: work.dataHash,
      setId: set.id,
      zone: horizon.zone,
      modelVersion,
      solverVersion: tools.solver.version,
      seed: operationSolve.seed,
      timeLimitSeconds,
      relativeGap: operationSolve.relativeGap,
      createdAtMs,
      operator: operatorOf(store),
      solveSeconds,
      notes: [...work.notes, ...notes],
      ...(work.prices ? { prices: work.prices(answer.schedule) } : {}),
      ...(fullRecourse ? { fullRecourse } : {}),
      ...(trucks ? { trucks } : {}),
      ...(coefficients ? { coefficients } : {}),
      ...(chance ? { chance: { ...chance, why: chance.why ?? work.whyCvar ?? null } } : {}),
      ...(work.basedOn ? { basedOn: work.basedOn } : {}),
    },
  };
  const plan: PlanRecord = { ...content, status: 'draft', test, contentHash: planContentHash(content, hash) };
  await store.whenWritable();
  store.saveSet(set);
  store.savePlan(plan);
  if (starting.reached !== null) store.savePlanBasis(plan.id, starting.reached);
  return plan;
}

/** Trucks of one's own on the routes of the plan: what is compared is V2G, not another way of driving. */
function solveBaseline(
  tools: PlanTools,
  problem: V2gProblem,
  { trucks: routes }: V2gSchedule,
  job: JobHandle,
): Promise<PlanRecord['baseline']> {
  const { trucks: fleet } = problem;
  const trucks = fleet && routes ? { trucks: fixRoutes(fleet, routes, fleet.slotsPerStep) } : {};
  return solveBeside(tools, { ...withoutV2g(problem), ...trucks }, job);
}

function solveWithoutTrucks(tools: PlanTools, problem: V2gProblem, job: JobHandle): Promise<PlanRecord['baseline']> {
  const { trucks: _own, stays: _rented, ...bare } = problem;
  return solveBeside(tools, bare, job);
}

/** The same day with every coefficient as it should be. */
function solveWithKnown(tools: PlanTools, problem: V2gProblem, job: JobHandle): Promise<PlanRecord['baseline']> {
  const { coefficients: _, ...known } = problem;
  return solveBeside(tools, known, job);
}

/** Null when that day has no schedule. */
async function solveBeside(tools: PlanTools, nominal: V2gProblem, job: JobHandle): Promise<PlanRecord['baseline']> {
  const options = {
    ...operationSolve,
    timeLimitSeconds: 30,
    explainInfeasibility: 'no' as const,
    signal: job.signal,
  };
  const answer = await solveV2g(nominal, tools.solver, options);
  if (answer.kind === 'cancelled') throw new Refusal('cancelled', { what: 'The plan' });
  if (answer.kind !== 'optimal' && answer.kind !== 'feasible') return null;
  const metered = answer.schedule.services?.peak;
  return {
    cost: answer.schedule.totalCost,
    peakKw: peakKw(nominal, answer.schedule),
    ...(metered ? { meteredPeakKw: metered.peakKw } : {}),
  };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** @throws Refusal `cancelled` */
export function refuseWhenCancelled(job: JobHandle): void {
  if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The plan' });
}

function progressLine({ incumbent, bound, gap, elapsedSeconds }: SolveProgress, problem: V2gProblem): string {
  // What is solved on the way to other objectives is no money.
  if (problem.objectives) return `solving for the objectives, ${elapsedSeconds.toFixed(1)} s in this step`;
  const money = (value: number) => (Number.isFinite(value) ? `${value.toFixed(2)} ${problem.currency}` : 'none yet');
  const share = Number.isFinite(gap) ? `${(100 * gap).toFixed(2)} %` : 'unknown';
  return `incumbent ${money(incumbent)}, bound ${money(bound)}, gap ${share}, ${elapsedSeconds.toFixed(1)} s`;
}
