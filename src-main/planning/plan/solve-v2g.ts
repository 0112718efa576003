/**
 * Solves one scheduling problem, or a sweep of it along the protection, and says in words why there is no plan when there is none.
 *
 * Two things go beyond handing rows to a solver. Opposite flows: a first solution that charges and discharges (or buys and sells) at once
 * gets binaries for those pairs and is solved again, until none is left; where there are integers anyway, the linear relaxation is
 * asked first, and where it is whole no search is needed. Ties: at protection 0 no deviation is planned for, so its
 * split θ is arbitrary; the limit of the solutions for protection → 0+ is taken (docs/method/v2g.md, "Ties").
 */
import { buildV2g, type BuiltV2g } from '../../models/v2g/build-v2g.ts';
import type { ExclusivePair } from '../../models/v2g/device.ts';
import { findSimultaneous, pairKey } from '../../models/v2g/exclusive.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { isWhole, withFixedIntegers } from '../../program/fix-integers.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver, SolveStatistics } from '../../solver/solver.ts';
import { plainSlot, type SlotName } from './conflict-words.ts';
import { describeConflict } from './describe-conflict.ts';

export interface PlannedAnswer {
  kind: 'optimal' | 'feasible';
  schedule: V2gSchedule;
  bound: number;
  gap: number;
  statistics: SolveStatistics;
  /** The program and its solution, where prices of places can be read from it. */
  solved?: { built: BuiltV2g; columns: Float64Array };
}

export type V2gAnswer =
  | PlannedAnswer
  /** `why` in the operator's words; `conflict` are the row and column names it was made from. */
  | { kind: 'infeasible'; why: string; conflict: string[]; statistics: SolveStatistics }
  | { kind: 'cancelled' }
  | { kind: 'failed'; problem: string };

/** Rounds of "solve, find pairs that run both ways, forbid them"; from the third on whole slots are forbidden, so few are needed. */
const exclusionRounds = 12;
/** Protection at which the split of a deviation is read for protection 0; small enough that the optimal basis is that of the limit. */
const limitProtection = 0.01;

/**
 * @param slotName how a slot is called in `why`.
 * @throws Refusal `case-bad` when the problem contradicts itself.
 */
export async function solveV2g(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName = plainSlot,
): Promise<V2gAnswer> {
  return solveExclusively(problem, solver, options, slotName, []);
}

/**
 * Solves the problem at each protection, from the largest down, each warm-started from the one before; `onPoint` is called as each is
 * known, in that order except that points whose first solution ran a pair both ways or was not whole come last. A cancel answers the rest with `cancelled`.
 */
export async function sweepV2g(
  problem: V2gProblem,
  protections: readonly number[],
  solver: Solver,
  options: SolveOptions,
  onPoint: (protection: number, answer: V2gAnswer) => void = () => undefined,
): Promise<{ protection: number; answer: V2gAnswer }[]> {
  const wanted = [...new Set(protections)].sort((a, b) => b - a);
  const plain = wanted.map((protection) => atProtection(problem, protection));
  const byResource = problem.responders === 'each-resource';
  const tied = plain.some(isTied) && !(byResource && isMixed(buildV2g(problem).program));
  // The point of the vanishing protection goes right before protection 0, for its basis and its split.
  const sequence = tied ? [...plain.slice(0, -1), atProtection(problem, limitProtection), plain.at(-1)!] : plain;
  const built = sequence.map((each) => buildV2g(each));
  const points = new Map<number, V2gAnswer>();
  const again: { each: V2gProblem; pairs: ExclusivePair[] }[] = [];
  const settle = (each: V2gProblem, answer: V2gAnswer): void => {
    points.set(each.uncertainty.protection, answer);
    onPoint(each.uncertainty.protection, answer);
  };
  let share: Split | null = null;
  // Relaxations follow each other at a few steps of the simplex method, and most are whole; a search begins anew at each point. Shares by resource
  // make them degenerate, so there the search it is.
  await solver.solveSequence(
    built.map(({ program }) => (byResource ? program : { ...program, integrality: new Uint8Array(0) })),
    byResource ? options : { ...options, scaling: 'off' },
    (index, outcome) => {
      const each = sequence[index]!;
      const answer = answerOf(each, built[index]!, outcome, plainSlot);
      if (!plain.includes(each)) {
        share = 'schedule' in answer ? splitOf(answer.schedule) : null;
        return;
      }
      if (!('schedule' in answer)) return settle(each, answer);
      const pairs = findSimultaneous(each, answer.schedule);
      const whole = 'solution' in outcome && isWhole(built[index]!.program, outcome.solution.columns);
      if (!whole || pairs.length > 0 || (isTied(each) && !tied)) again.push({ each, pairs });
      else settle(each, isTied(each) ? withShare(answer, share) : answer);
    },
  );
  for (const { each, pairs } of again) settle(each, await solveExclusively(each, solver, options, plainSlot, pairs));
  return wanted.map((protection) => ({ protection, answer: points.get(protection) ?? { kind: 'cancelled' } }));
}

/** Nothing is protected and the split is free: any split is optimal. */
const isTied = (problem: V2gProblem): boolean =>
  problem.charging === 'coordinated' && problem.recourse === 'optimal' && problem.uncertainty.protection === 0;
const isMixed = (program: LinearProgram): boolean => program.integrality.length > 0;

/** Who takes which share of a deviation. */
type Split = Pick<V2gSchedule, 'evShare' | 'responseShare'>;
const splitOf = ({ evShare, responseShare }: V2gSchedule): Split => ({
  evShare,
  ...(responseShare ? { responseShare } : {}),
});
const withShare = (answer: PlannedAnswer, share: Split | null): PlannedAnswer =>
  share === null ? answer : { ...answer, schedule: { ...answer.schedule, ...share } };

/** The same problem at another protection; a budget over slots takes it over. */
export function atProtection(problem: V2gProblem, protection: number): V2gProblem {
  const { set } = problem.uncertainty;
  const own = set?.kind === 'budget' ? { set: { ...set, protection } } : {};
  return { ...problem, uncertainty: { ...problem.uncertainty, protection, ...own } };
}

async function solveExclusively(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName,
  known: readonly ExclusivePair[],
): Promise<V2gAnswer> {
  const relaxed = await relax(problem, solver, { ...options, scaling: 'off' }, slotName, known);
  if (relaxed.answer) return relaxed.answer;
  const exclusive = new Map([...known, ...relaxed.pairs].map((pair) => [pairKey(pair), pair]));
  let secondsLeft = options.timeLimitSeconds - relaxed.seconds;
  for (let round = 1; round <= exclusionRounds; round++) {
    const built = buildV2g(problem, { exclusive: [...exclusive.values()] });
    const roundOptions = { ...options, timeLimitSeconds: Math.max(1, secondsLeft) };
    const { outcome, share } = await solveAtLimit(problem, built, solver, roundOptions, [...exclusive.values()]);
    secondsLeft -= outcome.statistics.seconds;
    const answer = answerOf(problem, built, outcome, slotName);
    if (!('schedule' in answer)) return answer;
    const pairs = findSimultaneous(problem, answer.schedule);
    if (pairs.length === 0) return withShare(answer, share);
    for (const pair of round < 3 ? pairs : wholeSlots(problem, pairs)) exclusive.set(pairKey(pair), pair);
  }
  return { kind: 'failed', problem: 'charging and discharging could not be kept apart' };
}

/**
 * Where there are integers, the linear relaxation at a fraction of the time of a search: it may be the answer (every integer whole and no pair
 * running both ways, or no solution even so), or it shows which pairs would run both ways, so that the first search already knows
 * them. A binary keeps apart what never runs at once anyway: it can only cost time, never the optimum.
 */
async function relax(
  problem: V2gProblem,
  solver: Solver,
  { onProgress: _, ...options }: SolveOptions,
  slotName: SlotName,
  known: readonly ExclusivePair[],
): Promise<{ answer: V2gAnswer | null; pairs: ExclusivePair[]; seconds: number }> {
  const built = buildV2g(problem, { exclusive: known });
  if (!isMixed(built.program)) return { answer: null, pairs: [], seconds: 0 };
  // Shares by resource make the relaxation degenerate: interior points take a quarter of the time of the simplex method.
  const method = problem.responders === 'each-resource' ? 'interior' : options.method;
  const outcome = await solver.solve({ ...built.program, integrality: new Uint8Array(0) }, { ...options, method });
  const { seconds } = outcome.statistics;
  // Without an explanation the search finds one, of the integers too.
  if (outcome.kind === 'infeasible' && (outcome.conflict.length > 0 || options.explainInfeasibility === 'no'))
    return { answer: answerOf(problem, built, outcome, slotName), pairs: [], seconds };
  if (outcome.kind !== 'optimal') return { answer: null, pairs: [], seconds };
  const pairs = findSimultaneous(problem, built.read(outcome.solution));
  const isAnswer =
    pairs.length === 0 && method !== 'interior' && !isTied(problem) && isWhole(built.program, outcome.solution.columns);
  return { answer: isAnswer ? answerOf(problem, built, outcome, slotName) : null, pairs, seconds };
}

/** Every pair of the kinds and slots in which one was found. */
function wholeSlots(problem: V2gProblem, pairs: readonly ExclusivePair[]): ExclusivePair[] {
  const count = {
    grid: 1,
    storage: problem.storage.length,
    ev: problem.evs.length,
    truck: problem.trucks?.trucks.length ?? 0,
    stay: problem.stays?.length ?? 0,
  };
  return pairs.flatMap(({ kind, slot }) => Array.from({ length: count[kind] }, (_, index) => ({ kind, index, slot })));
}

/**
 * The optimum; where nothing is protected, the one that the optima for a vanishing protection tend to, with their split θ. Costs and matrix do
 * not depend on the protection, so the basis of the small one, warm-started to zero, is the limit itself.
 */
async function solveAtLimit(
  problem: V2gProblem,
  built: BuiltV2g,
  solver: Solver,
  options: SolveOptions,
  exclusive: readonly ExclusivePair[],
): Promise<{ outcome: SolveOutcome; share: Split | null }> {
  if (!isTied(problem)) return { outcome: await solver.solve(built.program, options), share: null };
  const small = buildV2g(atProtection(problem, limitProtection), { exclusive });
  let base: SolveOutcome | null = null;
  let programs: LinearProgram[] = [small.program, built.program];
  if (isMixed(built.program)) {
    base = await solver.solve(built.program, options);
    if (!('solution' in base)) return { outcome: base, share: null };
    const { columns } = base.solution;
    programs = programs.map((program) => withFixedIntegers(program, columns));
  }
  const [near, limit] = await solver.solveSequence(programs, { ...options, explainInfeasibility: 'no' });
  const share = near && 'solution' in near ? splitOf(small.read(near.solution)) : null;
  if (base && 'solution' in base)
    // The commitment of the base with the dispatch of the limit; where that failed, the base stands.
    return { outcome: limit?.kind === 'optimal' ? { ...base, solution: limit.solution } : base, share };
  const explain = limit!.kind === 'infeasible' && options.explainInfeasibility === 'rows';
  return { outcome: explain ? await solver.solve(built.program, options) : limit!, share };
}

function answerOf(problem: V2gProblem, built: BuiltV2g, outcome: SolveOutcome, slotName: SlotName): V2gAnswer {
  switch (outcome.kind) {
    case 'optimal':
    case 'feasible':
      return {
        kind: outcome.kind,
        schedule: built.read(outcome.solution),
        bound: outcome.bound,
        gap: outcome.gap,
        statistics: outcome.statistics,
        ...(built.prices ? { solved: { built, columns: outcome.solution.columns } } : {}),
      };
    case 'infeasible':
      return {
        kind: 'infeasible',
        why: describeConflict(problem, outcome.conflict, slotName).join(' '),
        conflict: outcome.conflict,
        statistics: outcome.statistics,
      };
    case 'unbounded':
      return { kind: 'failed', problem: 'the cost can fall without end; check for an unlimited sale' };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'failed':
      return { kind: 'failed', problem: outcome.problem };
  }
}
