/**
 * Objectives one after the other: each is optimised while those before it are kept, give or take what they may give way.
 *
 *   step k:   optimise f_k   subject to   f_j ≤ L_j + tolerance_k |L_j|  for j < k,     L_j: the limit of f_j so far, its optimum to begin with
 *
 * Steps are solved as they stand, opposite flows and fractions of units included, and the last of them is judged: where it is whole, keeps flows apart and fills
 * no car too much it is a plan, and no plan can be better in any step, for each was optimised over more. Where it is not, what is missing is stated (pairs that ran
 * both ways, rows of cars), units get their integers where they were not whole, and the steps are gone again.
 */
import { buildV2g, type BuiltV2g } from '../../models/v2g/build-v2g.ts';
import { senseOf, type Goal, type ObjectiveKind, type ObjectiveStep } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { isWhole } from '../../program/fix-integers.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver, SolveStatistics } from '../../solver/solver.ts';
import { plainSlot, type SlotName } from '../plan/conflict-words.ts';
import { settleAnswer } from '../plan/settle-answer.ts';
import { both, buildOptions, missingIn, nothingKnown, type Known } from '../plan/solve-in-rounds.ts';
import { solveV2g, type PlannedAnswer, type V2gAnswer } from '../plan/solve-v2g.ts';
import { refused, splitOf, withSplit } from '../plan/v2g-answer.ts';
import { findLeastCost, searchLeastCost, type LeastCost } from './least-cost.ts';
import { fromAfar, nextTo, withinGap, type LossPoint } from './meet-loss.ts';
import { asWanted, solveStep, type Integers, type LossStep } from './solve-step.ts';
import { givingWay, isCheapest, ownColumns, type Step } from './steps.ts';
import { tidyCosts } from './tidy-costs.ts';

/** Rounds of solving, finding what is missing, and stating it; as for a plan of least cost. */
const mostRounds = 12;
/** What settling the cars may cost where the cost itself is kept. */
const noCost = 1e-7;

/** What a walk need not find out again: the columns that objectives have in it, and its plan of least cost. */
export interface Start {
  over: ObjectiveKind[];
  cheapest: LeastCost;
}

/** @param steps the last one decides what is proven. */
export async function solveInOrder(
  problem: V2gProblem,
  steps: readonly Step[],
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName = plainSlot,
  start: Start | null = null,
): Promise<V2gAnswer> {
  let known = nothingKnown;
  let integers: Integers = 'relaxed';
  let atBest = NaN;
  let relaxed: Relaxed | null = null;
  let secondsLeft = options.timeLimitSeconds;
  for (let round = 1; round <= mostRounds; round++) {
    const found = await goThrough(problem, steps, solver, { ...options, timeLimitSeconds: secondsLeft }, slotName, {
      known,
      integers,
      atBest,
      relaxed,
      start: round === 1 ? start : null,
    });
    if (!('schedule' in found)) return found;
    secondsLeft = Math.max(1, secondsLeft - found.statistics.seconds);
    relaxed = found.relaxed;
    if (relaxed !== null) {
      atBest = found.firstAtBest;
      integers = 'whole';
      continue;
    }
    const settled = await settle(problem, steps, found, solver, options);
    const missing = missingIn(problem, settled, known);
    if (missing === null && found.whole) return atLimit(problem, settled, found.lastGoal, solver, options);
    // A binary or a row of a car can only make it worse.
    atBest = found.firstAtBest;
    if (!found.whole || (missing !== null && missing.pairs.length > 0)) integers = 'whole';
    if (missing !== null) known = both(known, missing);
  }
  return { kind: 'failed', problem: 'charging and discharging could not be kept apart' };
}

interface Found extends PlannedAnswer {
  whole: boolean;
  lastGoal: Goal;
  /** What no plan can be better than in the first step. */
  firstAtBest: number;
  /** Of a walk that ended with a loss met between whole numbers: it tells what no plan is better than, and where to go on. */
  relaxed: Relaxed | null;
}
interface Relaxed {
  cheapest: LeastCost;
  point: LossPoint;
}
interface Walk {
  known: Known;
  integers: Integers;
  /** What no plan is better than in the first step, as far as it is known; NaN where nothing is. */
  atBest: number;
  relaxed: Relaxed | null;
  start: Start | null;
}

async function goThrough(
  problem: V2gProblem,
  steps: readonly Step[],
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName,
  { known, integers, atBest, relaxed, start }: Walk,
): Promise<Found | Exclude<V2gAnswer, PlannedAnswer>> {
  const over = start?.over ?? ownColumns(steps);
  const aimed = (goal: Omit<Goal, 'over'>): BuiltV2g =>
    buildV2g({ ...problem, goal: { over, ...goal } }, buildOptions(known));
  const cheapest =
    start?.cheapest ??
    (await (relaxed === null
      ? findLeastCost(problem, aimed, integers, solver, options)
      : searchLeastCost(problem, aimed, relaxed.cheapest, solver, options)));
  if (!('built' in cheapest)) return refused(problem, cheapest, slotName, 'the cost');
  const { unmetAtMost } = cheapest;
  if (unmetAtMost === 'unknown') return { kind: 'failed', problem: unknownUnmetWords(options.timeLimitSeconds) };
  const limits = unmetAtMost === null ? {} : { unmetAtMost };
  let found: Found | null = null;
  let seconds = start ? 0 : cheapest.outcome.statistics.seconds;
  let iterations = 0;
  const mixed = cheapest.lossAlone && integers === 'relaxed' && cheapest.built.program.integrality.length > 0;
  const secondsInAll = (mixed ? relaxedShare : 1) * options.timeLimitSeconds;
  let untidy: Float64Array | null = null;
  let point = relaxed?.point ?? fromAfar(cheapest.outcome.solution.columns);
  for (const [at, step] of steps.entries()) {
    const goal = { minimise: step.minimise, keep: found ? keepAll(steps.slice(0, at), found, step) : [], ...limits };
    const built = aimed({ ...goal, keep: cheapest.lossAlone ? withinGap(goal.keep) : goal.keep });
    const asksLoss = [...goal.minimise, ...goal.keep].some(({ objective }) => objective === 'loss');
    const ofLoss: LossStep = { from: point, atBest: at === 0 ? leastOf(step, atBest) : -Infinity };
    const loss = cheapest.lossAlone ? (asksLoss ? ofLoss : 'unasked') : null;
    const stepsLeft = mixed && asksLoss ? 1 : steps.length - at;
    const outcome = await solveStep(built, { over, ...goal }, integers, cheapest, loss, solver, {
      ...options,
      timeLimitSeconds: Math.max(1, shareOf(step, stepsLeft) * (secondsInAll - seconds)),
      explainInfeasibility: 'no',
    });
    seconds += outcome.statistics.seconds;
    if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (!('solution' in outcome)) {
      if (outcome.kind !== 'failed' && found === null) return refused(problem, outcome, slotName, 'an objective');
      // Out of time: what is there keeps every objective so far.
      if (found !== null && untidy !== null) {
        const ofCost = aimed({ ...found.lastGoal, minimise: [{ objective: 'cost', per: 1 }] });
        found = await tidied(found, asWanted(ofCost, integers), ofCost, untidy, solver, options);
      }
      found ??= untried(cheapest, steps, atBest, { over, minimise: step.minimise, keep: [] });
      if (integers === 'whole' && !found.whole) return { kind: 'failed', problem: outOfTimeWords(outcome) };
      return { ...found, kind: 'feasible', statistics: { ...found.statistics, seconds, iterations } };
    }
    iterations += outcome.statistics.iterations;
    const statistics: SolveStatistics = { ...outcome.statistics, seconds, iterations };
    const before: Found | null = found;
    found = answerOf(built, outcome, { over, ...goal }, { statistics, before });
    const proven = provenBy(step, outcome, found.schedule, before === null ? atBest : NaN);
    if (before === null) found.firstAtBest = proven;
    const early = outcome.kind === 'feasible' ? { atBest: finite(proven) } : {};
    const { values } = found.schedule.objectives!;
    const done: ObjectiveStep[] = (before?.schedule.objectives!.steps ?? []).map((one) => ({
      ...one,
      reached:
        typeof one.atBest === 'number' ? betterOf(one.objective, one.reached, values[one.objective]!) : one.reached,
      kept: goal.keep.find(({ objective }) => objective === one.objective)?.value ?? one.kept,
    }));
    for (const { objective } of step.minimise)
      if (!done.some((one) => one.objective === objective))
        done.push({ objective, reached: values[objective]!, kept: null, ...early });
    found.schedule.objectives = { values, steps: done, ...limits };
    untidy = cheapest.lossAlone && asksLoss && at < steps.length - 1 ? outcome.solution.columns : null;
    if (!cheapest.lossAlone || !asksLoss) continue;
    point = nextTo(outcome.solution.columns, options);
    // Nothing but a loss decides which way units and storage go then: what is missing of a plan shows with whole units.
    if (mixed && !found.whole) return { ...found, relaxed: { cheapest, point } };
  }
  return found ?? { kind: 'failed', problem: 'no objective was given' };
}

const outOfTimeWords = (outcome: Exclude<SolveOutcome, { solution: unknown }>): string =>
  outcome.kind === 'failed' ? outcome.problem : 'time ran out before a plan with whole units was found';

/** The schedule of a loss for whose cost there was no time, with what has a price put in order. */
async function tidied(
  found: Found,
  program: LinearProgram,
  { read }: BuiltV2g,
  columns: Float64Array,
  solver: Solver,
  options: SolveOptions,
): Promise<Found> {
  const outcome = await tidyCosts(program, columns, solver, { ...options, timeLimitSeconds: tidySeconds });
  if (!('solution' in outcome)) return found;
  const schedule = read(outcome.solution);
  const { values } = schedule.objectives!;
  return { ...found, schedule: { ...schedule, objectives: { ...found.schedule.objectives!, values } } };
}
/** Beyond the time that was given: without it a plan is lost for which all of the time was spent. */
const tidySeconds = 10;

const unknownUnmetWords = (timeLimitSeconds: number): string =>
  `${timeLimitSeconds} s were not enough to find how much energy cars must leave without at least cost, and without that an objective could be bought with cars that leave empty; allow more time`;

/** What no plan is better than in a step of one objective, in its own sense; NaN where nothing is known. */
function provenBy({ minimise }: Step, outcome: Solved, { objective, totalCost }: V2gSchedule, atBest: number): number {
  const [only] = minimise;
  if (minimise.length !== 1 || only === undefined) return NaN;
  const sense = senseOf(only.objective);
  // The bound of the cost is of the cost with its tie-breaks.
  const ties = only.objective === 'cost' ? objective - totalCost : 0;
  const own = (sense * outcome.bound) / only.per - ties;
  const known = [own, atBest].filter((value) => Number.isFinite(value)).map((value) => sense * value);
  return known.length === 0 ? NaN : sense * Math.max(...known);
}

/** Of the time that is left: an even share, and most of it to a loss, which takes several rounds. */
const shareOf = ({ minimise }: Step, stepsLeft: number): number =>
  stepsLeft > 1 && minimise.some(({ objective }) => objective === 'loss') ? lossShare : 1 / stepsLeft;
const lossShare = 0.6;
/** Of all the time, what a relaxation of losses may take, which is no plan yet. */
const relaxedShare = 0.5;

/** What no plan is better than, as what the program of the step minimises; −∞ where nothing is known. */
const leastOf = ({ minimise }: Step, atBest: number): number =>
  minimise.length === 1 && Number.isFinite(atBest)
    ? senseOf(minimise[0]!.objective) * minimise[0]!.per * atBest
    : -Infinity;

type Solved = Extract<SolveOutcome, { kind: 'optimal' | 'feasible' }>;

/** A later step may do better than one that stopped short of its best. */
const betterOf = (objective: ObjectiveKind, one: number, other: number): number =>
  senseOf(objective) > 0 ? Math.min(one, other) : Math.max(one, other);

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The plan of least cost, where there was no time for one of its own. */
function untried({ built, outcome }: LeastCost, steps: readonly Step[], atBest: number, goal: Goal): Found {
  const schedule = built.read(outcome.solution);
  const { values } = schedule.objectives!;
  const first = steps[0]!.minimise.map(({ objective }): ObjectiveStep => ({
    objective,
    reached: values[objective]!,
    kept: null,
    atBest: finite(atBest),
    untried: true,
  }));
  return {
    kind: 'feasible',
    schedule: { ...schedule, objectives: { values, steps: first } },
    bound: NaN,
    gap: NaN,
    statistics: outcome.statistics,
    whole: isWhole(built.program, outcome.solution.columns),
    lastGoal: goal,
    firstAtBest: atBest,
    relaxed: null,
  };
}

/** Cars that share what stands by in them and are overfull settle it as for a plan of least cost. */
async function settle(
  problem: V2gProblem,
  steps: readonly Step[],
  found: Found,
  solver: Solver,
  options: SolveOptions,
): Promise<Found> {
  if (!found.whole || !isCheapest({ ...found.lastGoal, tolerance: 0 })) return found;
  const keepsCost = steps.slice(0, -1).some(({ minimise }) => minimise.some(({ objective }) => objective === 'cost'));
  const settled = await settleAnswer(problem, found, solver, {
    ...options,
    relativeGap: keepsCost ? noCost : options.relativeGap,
  });
  if (settled === null || settled === found) return found;
  const { objectives, totalCost } = settled.schedule;
  const schedule = {
    ...settled.schedule,
    objectives: { ...objectives!, values: { ...objectives!.values, cost: totalCost } },
  };
  return { ...found, ...settled, schedule };
}

/** Limits go by what was allowed and not by what came out: of two plans of one value no later step then depends on which the solver happened on. */
function keepAll(before: readonly Step[], { schedule, lastGoal }: Found, { tolerance }: Step): Goal['keep'] {
  return before
    .flatMap(({ minimise }) => minimise)
    .map(({ objective }) => {
      const allowed = lastGoal.keep.find((one) => one.objective === objective)?.value;
      if (allowed !== undefined)
        return { objective, value: allowed + senseOf(objective) * tolerance * Math.abs(allowed) };
      // The program's cost has its tie-breaks.
      const value = objective === 'cost' ? schedule.objective : schedule.objectives!.values[objective]!;
      return { objective, value: value + senseOf(objective) * givingWay(value, tolerance) };
    });
}

function answerOf(
  built: BuiltV2g,
  outcome: Solved,
  goal: Goal,
  { statistics, before }: { statistics: SolveStatistics; before: Found | null },
): Found {
  const early = before?.kind === 'feasible';
  return {
    kind: early ? 'feasible' : outcome.kind,
    schedule: built.read(outcome.solution),
    bound: isCheapest({ ...goal, tolerance: 0 }) && !early ? outcome.bound : NaN,
    gap: Math.max(outcome.gap, early ? before.gap : 0),
    statistics,
    ...(built.prices ? { solved: { built, columns: outcome.solution.columns } } : {}),
    whole: isWhole(built.program, outcome.solution.columns),
    lastGoal: goal,
    firstAtBest: before?.firstAtBest ?? NaN,
    relaxed: null,
  };
}

/** Where nothing is protected, who would answer a deviation is settled as for a plan of least cost: by the last step for a vanishing protection. */
async function atLimit(
  problem: V2gProblem,
  { whole: _, lastGoal: _goal, firstAtBest: _best, relaxed: _relaxed, ...answer }: Found,
  goal: Goal,
  solver: Solver,
  options: SolveOptions,
): Promise<PlannedAnswer> {
  if (problem.uncertainty.protection > 0 || problem.recourse !== 'optimal' || problem.charging !== 'coordinated')
    return answer;
  const settled = await solveV2g({ ...problem, goal }, solver, { ...options, explainInfeasibility: 'no' });
  return 'schedule' in settled ? withSplit(answer, splitOf(settled.schedule)) : answer;
}
