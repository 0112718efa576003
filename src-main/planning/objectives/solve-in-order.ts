/**
 * Objectives one after the other: each is optimised while those before it are kept, give or take what they may give way.
 *
 *   step k:   optimise f_k   subject to   f_j ≤ L_j + tolerance_k |L_j|  for j < k,     L_j: the limit of f_j so far, its optimum to begin with
 *
 * Steps are solved as they stand, opposite flows and fractions of units included, and the last of them is judged: where it is whole and keeps flows apart it
 * is a plan, and no plan can be better in any step, for each was optimised over more. Where it is not, pairs that ran both ways get binaries, units their
 * integers, and the steps are gone again.
 */
import { buildV2g, type BuiltV2g } from '../../models/v2g/build-v2g.ts';
import type { ExclusivePair } from '../../models/v2g/device.ts';
import { findSimultaneous, pairKey } from '../../models/v2g/exclusive.ts';
import { senseOf, type Goal, type ObjectiveAnswer, type ObjectiveKind } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { isWhole } from '../../program/fix-integers.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver, SolveStatistics } from '../../solver/solver.ts';
import { plainSlot, type SlotName } from '../plan/conflict-words.ts';
import { describeConflict } from '../plan/describe-conflict.ts';
import { solveV2g, type PlannedAnswer, type V2gAnswer } from '../plan/solve-v2g.ts';

/** What one step optimises: a sum of objectives, each times its `per`, and by how much those before may give way. */
export interface Step {
  minimise: Goal['minimise'];
  tolerance: number;
}

const cheapest: Step = { minimise: [{ objective: 'cost', per: 1 }], tolerance: 0 };
/** Nothing but the cost. */
const isCheapest = ({ minimise }: Step): boolean => minimise.length === 1 && minimise[0]!.objective === 'cost';

/** Rounds until charging and discharging are kept apart; as for a plan of least cost. */
const mostRounds = 12;
/** Room for the solver's rounding where nothing may give way, as a share of the value. */
const rounding = 1e-6;

/** @param steps the last one decides what is proven. */
export async function solveInOrder(
  problem: V2gProblem,
  steps: readonly Step[],
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName = plainSlot,
): Promise<V2gAnswer> {
  const exclusive = new Map<string, ExclusivePair>();
  let secondsLeft = options.timeLimitSeconds;
  for (let round = 1; round <= mostRounds; round++) {
    const found = await goThrough(problem, steps, solver, { ...options, timeLimitSeconds: secondsLeft }, slotName, {
      exclusive: [...exclusive.values()],
      integers: round > 1 ? 'whole' : 'relaxed',
    });
    if (!('schedule' in found)) return found.kind === 'unmet' ? { kind: 'failed', problem: found.problem } : found;
    secondsLeft = Math.max(1, secondsLeft - found.statistics.seconds);
    const pairs = findSimultaneous(problem, found.schedule);
    if (pairs.length === 0 && found.whole) return atLimit(problem, found, solver, options);
    for (const pair of pairs) exclusive.set(pairKey(pair), pair);
  }
  return { kind: 'failed', problem: 'charging and discharging could not be kept apart' };
}

interface Found extends PlannedAnswer {
  whole: boolean;
  lastGoal: Goal;
}
interface Relaxation {
  exclusive: ExclusivePair[];
  integers: 'whole' | 'relaxed';
}
type Walk = Found | Exclude<V2gAnswer, PlannedAnswer> | { kind: 'unmet'; problem: string };

async function goThrough(
  problem: V2gProblem,
  steps: readonly Step[],
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName,
  { exclusive, integers }: Relaxation,
): Promise<Walk> {
  const over = ownColumns(steps);
  const unmetAtMost = await leastCostUnmet(problem, steps, over, solver, options, { exclusive, integers });
  const done: ObjectiveAnswer['steps'] = [];
  let found: Found | null = null;
  let seconds = 0;
  let iterations = 0;
  for (const [at, step] of steps.entries()) {
    const goal: Goal = {
      over,
      minimise: step.minimise,
      keep: found ? keepAll(steps.slice(0, at), found, step) : [],
      ...(unmetAtMost === null ? {} : { unmetAtMost }),
    };
    const built = buildV2g({ ...problem, goal }, { exclusive });
    const outcome = await solver.solve(asWanted(built, integers), {
      ...options,
      timeLimitSeconds: Math.max(1, (options.timeLimitSeconds - seconds) / (steps.length - at)),
      explainInfeasibility: found ? 'no' : options.explainInfeasibility,
    });
    seconds += outcome.statistics.seconds;
    if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (!('solution' in outcome)) {
      if (found === null) return refused(problem, outcome, slotName);
      // Out of time: what is there keeps every objective so far.
      return { ...found, kind: 'feasible', statistics: { ...found.statistics, seconds, iterations } };
    }
    iterations += outcome.statistics.iterations;
    const statistics: SolveStatistics = { ...outcome.statistics, seconds, iterations };
    found = answerOf(built, outcome, { goal, statistics, before: found });
    const { values } = found.schedule.objectives!;
    for (const { objective } of step.minimise)
      if (!done.some((one) => one.objective === objective))
        done.push({ objective, reached: values[objective]!, kept: null });
    for (const { objective, value } of goal.keep) done.find((one) => one.objective === objective)!.kept = value;
    found.schedule.objectives = { values, steps: done, ...(unmetAtMost === null ? {} : { unmetAtMost }) };
  }
  return found ?? { kind: 'unmet', problem: 'no objective was given' };
}

/** Cost is a column of its own only where it is kept: minimised, it is what it always was. */
function ownColumns(steps: readonly Step[]): ObjectiveKind[] {
  const isKept = (objective: ObjectiveKind, at: number): boolean => objective !== 'cost' || at < steps.length - 1;
  return [
    ...new Set(
      steps.flatMap(({ minimise }, at) =>
        minimise.filter(({ objective }) => isKept(objective, at)).map(({ objective }) => objective),
      ),
    ),
  ];
}

/** Null where a car's need is a limit, or nobody has a need. */
async function leastCostUnmet(
  problem: V2gProblem,
  steps: readonly Step[],
  over: ObjectiveKind[],
  solver: Solver,
  options: SolveOptions,
  { exclusive, integers }: Relaxation,
): Promise<number | null> {
  if (problem.unmetPerKwh === null || problem.charging === 'uncoordinated' || problem.evs.length === 0) return null;
  if (steps.length === 1 && isCheapest(steps[0]!)) return null;
  const built = buildV2g({ ...problem, goal: { over, ...cheapest, keep: [] } }, { exclusive });
  const program = asWanted(built, integers);
  const outcome = await solver.solve(program, { ...options, explainInfeasibility: 'no' });
  return 'solution' in outcome ? unmetLimit(built.read(outcome.solution)) : null;
}

export function unmetLimit({ cost }: V2gSchedule): number {
  const price = cost.unmetEnergy + (cost.offPlan ?? 0);
  return price + givingWay(price, 0);
}

const asWanted = ({ program }: BuiltV2g, integers: Relaxation['integers']): LinearProgram =>
  integers === 'relaxed' ? { ...program, integrality: new Uint8Array(0) } : program;

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

/** Of the plans that are as good in everything named, the cheapest. */
export const withCostLast = (steps: readonly Step[]): Step[] =>
  steps.length > 0 && isCheapest(steps.at(-1)!) ? [...steps] : [...steps, cheapest];

/** How far a value may be left behind. */
export const givingWay = (value: number, tolerance: number): number =>
  tolerance * Math.abs(value) + rounding * Math.max(1, Math.abs(value));

function answerOf(
  built: BuiltV2g,
  outcome: Extract<SolveOutcome, { kind: 'optimal' | 'feasible' }>,
  { goal, statistics, before }: { goal: Goal; statistics: SolveStatistics; before: Found | null },
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
  };
}

function refused(problem: V2gProblem, outcome: Exclude<SolveOutcome, { solution: unknown }>, slotName: SlotName): Walk {
  switch (outcome.kind) {
    case 'infeasible':
      return {
        kind: 'infeasible',
        why: describeConflict(problem, outcome.conflict, slotName).join(' '),
        conflict: outcome.conflict,
        statistics: outcome.statistics,
      };
    case 'unbounded':
      return { kind: 'failed', problem: 'an objective can fall without end' };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'failed':
      return { kind: 'failed', problem: outcome.problem };
  }
}

/** Where nothing is protected, who would answer a deviation is settled as for a plan of least cost: by the last step for a vanishing protection. */
async function atLimit(
  problem: V2gProblem,
  found: Found,
  solver: Solver,
  options: SolveOptions,
): Promise<PlannedAnswer> {
  const { whole: _, lastGoal, ...answer } = found;
  if (problem.uncertainty.protection > 0 || problem.recourse !== 'optimal' || problem.charging !== 'coordinated')
    return answer;
  const settled = await solveV2g({ ...problem, goal: lastGoal }, solver, { ...options, explainInfeasibility: 'no' });
  if (!('schedule' in settled)) return answer;
  return { ...answer, schedule: withSplit(answer.schedule, settled.schedule) };
}

const withSplit = (schedule: V2gSchedule, { evShare, responseShare }: V2gSchedule): V2gSchedule => ({
  ...schedule,
  evShare,
  ...(responseShare ? { responseShare } : {}),
});
