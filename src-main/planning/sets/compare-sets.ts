/**
 * One day under several kinds of sets, side by side: what each promises and kept, how wide it is, what the plan costs, how it stands on days
 * it has not seen, its worst day, and how long it took. Nothing is stored.
 */
import { Refusal } from '../../base/errors.ts';
import { slotLabel } from '../../base/horizon.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { DaySetFit, SetKind } from '../../uncertainty/day-set.ts';
import { slotSetFit } from '../../uncertainty/slot-set.ts';
import type { FittedSet, MeasuredShare } from '../../uncertainty/types.ts';
import { riskBounds } from '../../verify/risk-bounds.ts';
import { worstPlanDay } from '../../verify/worst-plan-day.ts';
import { buildProblem, type DayInputs } from '../plan/build-problem.ts';
import { dayPrices } from '../prices/day-prices.ts';
import { daySetView, inConvexForm, worstCaseView } from './day-set-view.ts';
import { fitDay } from './fit-day.ts';
import type { JobHandle } from '../jobs.ts';
import { protectionOf, type PlanOptions } from '../plan/make-plan.ts';
import { operationSolve } from '../operation-solve.ts';
import { chanceWords } from '../plan/chance-form.ts';
import { solveChance } from '../plan/solve-chance.ts';
import { solveV2g, type PlannedAnswer, type V2gAnswer } from '../plan/solve-v2g.ts';
import { testPlan } from '../plan/test-plan.ts';
import { siteAsked } from '../plan/site-asked.ts';
import { siteOf, type PlanTools } from '../tools.ts';

export type CompareOptions = Omit<PlanOptions, 'set'> & { kinds: readonly SetKind[] };

export interface ComparedSet {
  kind: SetKind;
  state: 'solved' | 'failed' | 'cancelled';
  /** Why it was not solved; empty when it was. */
  problem: string;
  set: ReturnType<typeof daySetView> | null;
  totalCost: number;
  anyViolation: MeasuredShare;
  expectedUnservedKwh: number;
  worstCase: ReturnType<typeof worstCaseView> | null;
  /** In which form the chance constraint of a ball was stated; null for other sets. */
  chance: string | null;
  fitMs: number;
  solveMs: number;
}

export interface SetComparison {
  day: string;
  currency: string;
  protection: number;
  rows: ComparedSet[];
}

export const comparePhases = (kinds: readonly SetKind[]): string[] => kinds.map((kind) => `Fit and solve: ${kind}`);

/** A kind that cannot be fitted or solved is a row that says why. @throws Refusal `no-site`, `no-telemetry`, `cancelled` */
export async function compareSets(
  tools: PlanTools,
  { kinds, ...options }: CompareOptions,
  job: JobHandle,
): Promise<SetComparison> {
  const { store, clock } = tools;
  const site = siteOf(store);
  const rows: ComparedSet[] = [];
  for (const [phase, kind] of kinds.entries()) {
    job.enterPhase(phase);
    await clock.nextTurn();
    if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The comparison of sets' });
    rows.push(await comparedSet(tools, { ...options, set: kind }, job).catch(refusedRow(kind)));
  }
  return { day: options.day, currency: site.currency, protection: options.protection, rows };
}

const nothing: MeasuredShare = { hits: 0, trials: 0, share: NaN, lower: NaN, upper: NaN };

const emptyRow = (kind: SetKind): ComparedSet => ({
  kind,
  state: 'failed',
  problem: '',
  set: null,
  totalCost: NaN,
  anyViolation: nothing,
  expectedUnservedKwh: NaN,
  worstCase: null,
  chance: null,
  fitMs: 0,
  solveMs: 0,
});

/** A kind that the history or a frozen set cannot give says so in its row; a cancel ends the whole. */
const refusedRow =
  (kind: SetKind) =>
  (thrown: unknown): ComparedSet => {
    if (!(thrown instanceof Refusal) || thrown.code === 'cancelled') throw thrown;
    return { ...emptyRow(kind), problem: thrown.report.message };
  };

async function comparedSet(tools: PlanTools, options: PlanOptions, job: JobHandle): Promise<ComparedSet> {
  const { store, solver, clock } = tools;
  const { set: kind, day, timeLimitSeconds } = options;
  const row = emptyRow(kind);
  const startedMs = clock.nowMs();
  const fitted = await fitDay(tools, { day, ...options.fit, set: kind }, job.signal);
  const { set } = fitted.record;
  const site = siteAsked(store, options);
  const inputs: DayInputs = {
    site,
    horizon: fitted.horizon,
    set,
    ...fitted.fleet,
    prices: dayPrices(store, site, fitted.horizon),
  };
  // One rule of recourse for all kinds, or they could not be compared: that of the kinds which know single shares falls back to the pool's.
  const recourse = options.recourse === 'static' ? 'static' : 'affine';
  const problem = buildProblem(inputs, protectionOf(options), recourse);
  const fit = fitOf(set, problem, options);
  row.set = daySetView(fit, problem.slots, problem.slotHours);
  const fittedMs = clock.nowMs();
  row.fitMs = fittedMs - startedMs;
  const solveOptions = { ...operationSolve, timeLimitSeconds, signal: job.signal };
  const slotName = (slot: number) => slotLabel(fitted.horizon, slot);
  const {
    problem: planned,
    answer,
    chance,
  } = await solveChance(problem, solveOptions, async (stated, stating) => ({
    problem: stated,
    answer: await solveV2g(stated, solver, stating, slotName),
  }));
  row.chance = chance && chanceWords(chance);
  if (chance?.used === 'cvar') row.set = daySetView(inConvexForm(fit), problem.slots, problem.slotHours);
  row.solveMs = clock.nowMs() - fittedMs;
  if (!('schedule' in answer)) return { ...row, ...unsolved(answer, kind) };
  const test = testPlan(planned, answer.schedule, set, operationSolve.seed);
  const worst = worstPlanDay(planned, answer.schedule);
  return {
    ...row,
    state: 'solved',
    totalCost: answer.schedule.totalCost,
    anyViolation: test.anyViolation,
    expectedUnservedKwh: test.expectedUnservedKwh,
    worstCase: worst ? worstCaseView(worst, planned) : null,
  };
}

/** The set that was fitted, or the intervals put together by the rule of the kind. */
function fitOf(set: FittedSet, problem: V2gProblem, { set: kind, protection, slotProtection }: PlanOptions): DaySetFit {
  if (kind !== 'interval' && kind !== 'budget') return set.daySet!;
  const { components } = problem.uncertainty;
  const rule =
    kind === 'interval'
      ? { kind }
      : {
          kind,
          protection,
          slotProtection: slotProtection ?? problem.slots,
          failureBound: riskBounds(components.length, protection).binomial,
        };
  return slotSetFit(
    set,
    components.map(({ halfWidthKw }) => halfWidthKw),
    rule,
    setWorstCase,
  );
}

function unsolved(answer: Exclude<V2gAnswer, PlannedAnswer>, kind: SetKind): Pick<ComparedSet, 'state' | 'problem'> {
  if (answer.kind === 'cancelled') return { state: 'cancelled', problem: 'cancelled' };
  if (answer.kind === 'failed') return { state: 'failed', problem: answer.problem };
  const safe =
    kind === 'wasserstein' ? ' The convex form may refuse what the chance constraint itself would allow.' : '';
  return { state: 'failed', problem: `${answer.why}${safe}` };
}
