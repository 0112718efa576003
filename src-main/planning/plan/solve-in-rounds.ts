/**
 * One scheduling problem solved in its smallest form first, and what the answer shows to be missing stated and solved again, until nothing is:
 *
 * - pairs that charge and discharge (or buy and sell) at once get a binary; where there are integers anyway, the linear relaxation is asked
 *   first, and where it is whole no search is needed;
 * - chance constraints with binaries are stated in the slots where they were broken, giving up parts of days first (robust/counterpart-common-factor.ts);
 * - cars share what stands by in them; those that are overfull by it settle it among some of them (settle-answer.ts), else get rows of their own.
 *
 * Ties: at protection 0 no deviation is planned for, so its split θ is arbitrary; the limit of the solutions for protection → 0+ is taken
 * (docs/method/v2g.md, "Ties").
 */
import { buildV2g, type BuildOptions, type BuiltV2g } from '../../models/v2g/build-v2g.ts';
import type { ExclusivePair } from '../../models/v2g/device.ts';
import { findSimultaneous, pairKey } from '../../models/v2g/exclusive.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { findOverfull } from '../../models/v2g/split-standby.ts';
import { isWhole, withFixedIntegers } from '../../program/fix-integers.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { GivenUp } from '../../robust/drcc/exact-wasserstein.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';
import { atProtection } from './at-protection.ts';
import type { SlotName } from './conflict-words.ts';
import { relaxationOptions } from './relaxation-options.ts';
import { settleAnswer } from './settle-answer.ts';
import { answerOf, splitOf, withSplit, type PlannedAnswer, type V2gAnswer } from './v2g-answer.ts';

/** What a program holds beyond its smallest form: pairs that get a binary, cars that get rows of their own, and chance constraints with binaries. */
export interface Known {
  pairs: readonly ExclusivePair[];
  ownRows: ReadonlySet<number>;
  /** How the chance constraint of a slot gives up days: stated where it was broken, in parts first; or 'all', by whole days. */
  chances: ReadonlyMap<number, GivenUp> | 'all';
}

export const nothingKnown: Known = { pairs: [], ownRows: new Set(), chances: 'all' };
/** The smallest form, for whoever asks for what is missing in an answer (`missingIn`) until nothing is. */
export const leastKnown: Known = { ...nothingKnown, chances: new Map() };
export const buildOptions = ({ pairs, ownRows, chances }: Known): BuildOptions => ({
  exclusive: pairs,
  ownRows,
  ...(chances === 'all' ? {} : { chances }),
});

/** Rounds of "solve, find what is missing, state it"; from the third on it is stated for whole slots and every car, so few are needed. */
const mostRounds = 12;
const roundsByOne = 3;
/** Protection at which the split of a deviation is read for protection 0; small enough that the optimal basis is that of the limit. */
export const limitProtection = 0.01;

/** Shares by resource make linear programs degenerate: interior points, brought to a vertex, take half of the time of the simplex method. */
const byResource = { method: 'crossover' } as const;

/** Nothing is protected and the split is free: any split is optimal. */
export const isTied = (problem: V2gProblem): boolean =>
  problem.charging === 'coordinated' && problem.recourse === 'optimal' && problem.uncertainty.protection === 0;
export const isMixed = (program: LinearProgram): boolean => program.integrality.length > 0;

const nextChances = (known: ReadonlyMap<number, GivenUp>, broken: readonly number[]): Map<number, GivenUp> =>
  new Map(
    broken.flatMap((slot): [number, GivenUp][] => {
      const before = known.get(slot);
      return before === 'whole' ? [] : [[slot, before === undefined ? 'parts' : 'whole']];
    }),
  );

/** What a schedule shows to be missing; null where nothing is. */
export function missingIn(
  problem: V2gProblem,
  { schedule, brokenChances = [] }: Pick<PlannedAnswer, 'schedule' | 'brokenChances'>,
  known: Known,
): Known | null {
  const pairs = findSimultaneous(problem, schedule);
  const ownRows = new Set(findOverfull(problem, schedule).filter((car) => !known.ownRows.has(car)));
  const chances = known.chances === 'all' ? known.chances : nextChances(known.chances, brokenChances);
  const statesAll = chances === 'all' || chances.size === 0;
  return pairs.length === 0 && ownRows.size === 0 && statesAll ? null : { pairs, ownRows, chances };
}

export async function solveInRounds(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName,
  first: Known,
): Promise<V2gAnswer> {
  const relaxed = await relax(problem, solver, relaxationOptions(problem, options), slotName, first);
  if (relaxed.answer) return relaxed.answer;
  let { known } = relaxed;
  let secondsLeft = options.timeLimitSeconds - relaxed.seconds;
  for (let round = 1; round <= mostRounds; round++) {
    const built = buildV2g(problem, buildOptions(known));
    const roundOptions = { ...options, timeLimitSeconds: Math.max(1, secondsLeft) };
    const linear = !isMixed(built.program) && problem.responders === 'each-resource';
    const { outcome, limit } = await solveAtLimit(
      problem,
      built,
      solver,
      linear ? { ...relaxationOptions(problem, roundOptions), ...byResource } : roundOptions,
      known,
    );
    secondsLeft -= outcome.statistics.seconds;
    const answer = answerOf(problem, built, outcome, slotName);
    if (!('schedule' in answer)) return answer;
    // A split of what stands by is read at the limit, where overfull cars would make it another.
    const settled = (limit === null ? await settleAnswer(problem, answer, solver, roundOptions) : null) ?? answer;
    const missing = both(missingIn(problem, settled, known), limit && missingIn(problem, { schedule: limit }, known));
    if (missing === null) return withSplit(settled, limit && splitOf(limit));
    known = both(known, round < roundsByOne ? missing : allOf(problem, missing));
  }
  return { kind: 'failed', problem: 'charging and discharging could not be kept apart' };
}

/**
 * Where there are integers, the linear relaxation at a fraction of the time of a search: it may be the answer (every integer whole and nothing
 * missing, or no solution even so), or it shows what would be missing, so that the first search already knows. A binary keeps apart
 * what never runs at once anyway, and rows of a car say what holds anyway: they can only cost time, never the optimum.
 */
async function relax(
  problem: V2gProblem,
  solver: Solver,
  { onProgress: _, ...options }: SolveOptions,
  slotName: SlotName,
  first: Known,
): Promise<{ answer: V2gAnswer | null; known: Known; seconds: number }> {
  let known = first;
  let seconds = 0;
  for (let round = 1; ; round++) {
    const built = buildV2g(problem, buildOptions(known));
    if (!isMixed(built.program)) return { answer: null, known, seconds };
    const outcome = await solver.solve(
      { ...built.program, integrality: new Uint8Array(0) },
      problem.responders === 'each-resource' ? { ...options, ...byResource } : options,
    );
    seconds += outcome.statistics.seconds;
    // Without an explanation the search finds one, of the integers too.
    const explained =
      options.explainInfeasibility === 'no' || (outcome.kind === 'infeasible' && outcome.conflict.length > 0);
    if (outcome.kind !== 'optimal' && !(outcome.kind === 'infeasible' && explained))
      return { answer: null, known, seconds };
    const answer = answerOf(problem, built, outcome, slotName);
    if (!('schedule' in answer) || outcome.kind !== 'optimal') return { answer, known, seconds };
    const whole = !isTied(problem) && isWhole(built.program, outcome.solution.columns);
    const settled = (whole ? await settleAnswer(problem, answer, solver, options) : null) ?? answer;
    const missing = missingIn(problem, settled, known);
    if (missing === null) return { answer: whole ? settled : null, known, seconds };
    known = both(known, missing);
    // What can be stated without integers is found out without a search.
    if (missing.chances !== 'all' && [...missing.chances.values()].includes('parts') && round < mostRounds) continue;
    // What lacks nothing but rows of cars is soon whole.
    if (!whole || missing.pairs.length > 0 || round === roundsByOne) return { answer: null, known, seconds };
  }
}

export function both(one: Known, other: Known): Known;
export function both(one: Known | null, other: Known | null): Known | null;
export function both(one: Known | null, other: Known | null): Known | null {
  if (one === null || other === null) return one ?? other;
  const pairs = new Map([...one.pairs, ...other.pairs].map((pair) => [pairKey(pair), pair]));
  return {
    pairs: [...pairs.values()],
    ownRows: new Set([...one.ownRows, ...other.ownRows]),
    // What the other one adds comes later, and whole after in parts.
    chances: one.chances === 'all' || other.chances === 'all' ? 'all' : new Map([...one.chances, ...other.chances]),
  };
}

/** Every pair of the kinds and slots in which one was found, and every car where one was. */
function allOf(problem: V2gProblem, { pairs, ownRows, chances }: Known): Known {
  const count = {
    grid: 1,
    storage: problem.storage.length,
    ev: problem.evs.length,
    truck: problem.trucks?.trucks.length ?? 0,
    stay: problem.stays?.length ?? 0,
  };
  return {
    pairs: pairs.flatMap(({ kind, slot }) =>
      Array.from({ length: count[kind] }, (_, index): ExclusivePair => ({ kind, index, slot })),
    ),
    ownRows: ownRows.size === 0 ? ownRows : new Set(problem.evs.keys()),
    // Which limits bind settles down by itself, and each costs as many binaries as there are days.
    chances,
  };
}

/**
 * The optimum; where nothing is protected, the one that the optima for a vanishing protection tend to, and the last of those for its split θ.
 * Costs and matrix do not depend on the protection, so the basis of the small one, warm-started to zero, is the limit itself.
 */
async function solveAtLimit(
  problem: V2gProblem,
  built: BuiltV2g,
  solver: Solver,
  options: SolveOptions,
  known: Known,
): Promise<{ outcome: SolveOutcome; limit: V2gSchedule | null }> {
  if (!isTied(problem)) return { outcome: await solver.solve(built.program, options), limit: null };
  const small = buildV2g(atProtection(problem, limitProtection), buildOptions(known));
  let base: SolveOutcome | null = null;
  let programs: LinearProgram[] = [small.program, built.program];
  if (isMixed(built.program)) {
    base = await solver.solve(built.program, options);
    if (!('solution' in base)) return { outcome: base, limit: null };
    const { columns } = base.solution;
    programs = programs.map((program) => withFixedIntegers(program, columns));
  }
  const [near, last] = await solver.solveSequence(programs, { ...options, explainInfeasibility: 'no' });
  const limit = near && 'solution' in near ? small.read(near.solution) : null;
  if (base && 'solution' in base)
    // The commitment of the base with the dispatch of the limit; where that failed, the base stands.
    return { outcome: last?.kind === 'optimal' ? { ...base, solution: last.solution } : base, limit };
  const explain = last!.kind === 'infeasible' && options.explainInfeasibility === 'rows';
  return { outcome: explain ? await solver.solve(built.program, options) : last!, limit };
}
