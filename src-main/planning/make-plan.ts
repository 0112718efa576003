/**
 * "Plan tomorrow": imports are checked, sets fitted, the problem solved and re-checked, the plan tested out of sample, and stored.
 * The plan is written whole or not at all.
 */
import { canonicalJson } from '../base/canonical-json.ts';
import { Refusal } from '../base/errors.ts';
import { slotLabel } from '../base/horizon.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { SolveProgress } from '../solver/solver.ts';
import type { SetKind } from '../uncertainty/day-set.ts';
import { checkPlan } from '../verify/check-plan.ts';
import { buildProblem, withoutV2g, type Protection } from './build-problem.ts';
import { dayPrices, type DayPrices } from './day-prices.ts';
import { fitDay, type FitOptions } from './fit-day.ts';
import { frozenNotes } from './frozen-set-of-day.ts';
import type { JobHandle } from './jobs.ts';
import { operationSolve } from './operation-solve.ts';
import { peakKw } from './plan-totals.ts';
import type { PlanRecord } from './ports.ts';
import { planContentHash } from './plan-hash.ts';
import { solveV2g } from './solve-v2g.ts';
import { testPlan } from './test-plan.ts';
import { modelVersion, operatorOf, siteOf, type PlanTools } from './tools.ts';

export interface PlanOptions {
  day: string;
  set: SetKind;
  protection: number;
  /** Γ of a budget over slots; undefined: every slot on its own. */
  slotProtection?: number | undefined;
  fit: Omit<FitOptions, 'day'>;
  timeLimitSeconds: number;
}

export const planPhases = ['Check imports', 'Fit sets', 'Solve', 'Test out of sample'];

/** @throws Refusal: `no-telemetry`, `too-little-history`, `plan-infeasible`, `cancelled`, `solver-failed` */
export async function makePlan(tools: PlanTools, options: PlanOptions, job: JobHandle): Promise<PlanRecord> {
  const { store, clock, hash } = tools;
  job.enterPhase(0);
  const site = siteOf(store);
  job.enterPhase(1);
  await clock.nextTurn();
  const fitted = await fitDay(tools, { day: options.day, ...options.fit }, job.signal);
  refuseWhenCancelled(job);
  const { horizon, record: set } = fitted;
  const prices = dayPrices(store, site, horizon);
  if (options.set === 'budget' && options.protection > set.set.components.length) {
    const most = set.set.components.length;
    throw new Refusal('bad-request', {
      call: 'plan',
      problem: `protection ${options.protection} is above ${most}, the number of components`,
    });
  }
  const problem = buildProblem({ site, horizon, set: set.set, ...fitted.fleet, prices }, protectionOf(options));

  job.enterPhase(2);
  const solveOptions = {
    ...operationSolve,
    timeLimitSeconds: options.timeLimitSeconds,
    signal: job.signal,
    stopSignal: job.stopSignal,
    onProgress: (progress: SolveProgress) => job.report(null, progressLine(progress, problem)),
  };
  const startedMs = clock.nowMs();
  const answer = await solveV2g(problem, tools.solver, solveOptions, (slot) => slotLabel(horizon, slot));
  refuseWhenCancelled(job);
  if (answer.kind === 'infeasible')
    throw new Refusal('plan-infeasible', { day: options.day, why: answer.why, conflict: answer.conflict });
  if (answer.kind === 'cancelled') throw new Refusal('cancelled', { what: `The plan for ${options.day}` });
  if (answer.kind === 'failed') throw new Refusal('solver-failed', { problem: answer.problem });
  const solveSeconds = (clock.nowMs() - startedMs) / 1000;
  const check = checkPlan(problem, answer.schedule);
  const baseline = await solveBaseline(tools, problem, job);

  job.enterPhase(3);
  await clock.nextTurn();
  const test = testPlan(problem, answer.schedule, set.set, operationSolve.seed);
  refuseWhenCancelled(job);

  const createdAtMs = clock.nowMs();
  const inputsHash = hash(
    canonicalJson({ problem, set: set.id, options: { ...options }, modelVersion, solver: tools.solver.version }),
  );
  const content = {
    id: `${options.day}-${hash(`${inputsHash} ${createdAtMs}`).slice(0, 8)}`,
    day: options.day,
    outcome: { kind: answer.kind, bound: known(answer.bound), gap: known(answer.gap) },
    problem,
    schedule: answer.schedule,
    check,
    baseline,
    provenance: {
      inputsHash,
      dataHash: fitted.dataHash,
      setId: set.id,
      zone: horizon.zone,
      modelVersion,
      solverVersion: tools.solver.version,
      seed: operationSolve.seed,
      timeLimitSeconds: options.timeLimitSeconds,
      relativeGap: operationSolve.relativeGap,
      createdAtMs,
      operator: operatorOf(store),
      solveSeconds,
      notes: [...frozenNotes(set.set, options.day), ...fitted.fleet.notes, ...priceNotes(prices)],
    },
  };
  const plan: PlanRecord = { ...content, status: 'draft', test, contentHash: planContentHash(content, hash) };
  await store.whenWritable();
  store.saveSet(set);
  store.savePlan(plan);
  return plan;
}

/** @throws Refusal `bad-request` for a kind that is fitted but not yet planned with. */
export function protectionOf({ set, protection }: Pick<PlanOptions, 'set' | 'protection'>): Protection {
  if (set === 'interval') return { set };
  if (set === 'budget') return { set, protection };
  throw new Refusal('bad-request', { call: 'plan', problem: `no plan can be made with a set of kind "${set}" yet` });
}

function priceNotes(prices: DayPrices | null): string[] {
  const filled = prices?.filledSlots.length ?? 0;
  return filled > 0 ? [`The price of ${filled} slots was missing and was carried on from the hour before.`] : [];
}

async function solveBaseline(tools: PlanTools, problem: V2gProblem, job: JobHandle): Promise<PlanRecord['baseline']> {
  const nominal = withoutV2g(problem);
  const options = {
    ...operationSolve,
    timeLimitSeconds: 30,
    explainInfeasibility: 'no' as const,
    signal: job.signal,
  };
  const answer = await solveV2g(nominal, tools.solver, options);
  if (answer.kind === 'cancelled') throw new Refusal('cancelled', { what: 'The plan' });
  if (answer.kind !== 'optimal' && answer.kind !== 'feasible') return null;
  return { cost: answer.schedule.totalCost, peakKw: peakKw(nominal, answer.schedule) };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

function refuseWhenCancelled(job: JobHandle): void {
  if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The plan' });
}

function progressLine({ incumbent, bound, gap, elapsedSeconds }: SolveProgress, problem: V2gProblem): string {
  const money = (value: number) => (Number.isFinite(value) ? `${value.toFixed(2)} ${problem.currency}` : 'none yet');
  const share = Number.isFinite(gap) ? `${(100 * gap).toFixed(2)} %` : 'unknown';
  return `incumbent ${money(incumbent)}, bound ${money(bound)}, gap ${share}, ${elapsedSeconds.toFixed(1)} s`;
}
