/**
 * Least loss with integers: a search over a program of losses would not end in time, but least loss decides little by units being on or off. So a few choices of the
 * integers are tried, each a linear program: those of solutions that are known, and the fractions of a relaxation rounded up (a unit that is partly on may give) and to the nearest.
 * The best of them is a plan; what no plan is better than is known from the relaxation alone.
 */
import type { BuiltV2g } from '../../models/v2g/build-v2g.ts';
import type { Goal } from '../../models/v2g/objectives.ts';
import { withFixedIntegers } from '../../program/fix-integers.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';
import { meetLoss, worthOf, type LossPoint } from './meet-loss.ts';

type Found = Extract<SolveOutcome, { kind: 'optimal' | 'feasible' }>;

/** A value this near to a whole number is that number. */
const wholeWithin = 1e-4;

/** Where no choice can be proven the best, a last round for the last of a gap is not worth its time. */
const looseTimes = 5;

export interface WholeLoss {
  /** A solution of the relaxation, or of an earlier step: its integers come first. */
  from: LossPoint;
  /** Column values whose integers are tried besides. */
  others: readonly Float64Array[];
  /** No plan is better than this; −∞ where nothing is known. A choice that reaches it is the last. */
  atBest: number;
}

/** 'optimal' only where `atBest` is reached. */
export async function meetLossWhole(
  built: Pick<BuiltV2g, 'read'>,
  program: LinearProgram,
  goal: Goal,
  solver: Solver,
  options: SolveOptions,
  { from, others, atBest }: WholeLoss,
): Promise<SolveOutcome> {
  const choices = distinct(program, [roundedUp(program, from.columns), from.columns, ...others]);
  let best: { outcome: Found; worth: number } | null = null;
  let last: SolveOutcome | null = null;
  let seconds = 0;
  let iterations = 0;
  for (const [at, integers] of choices.entries()) {
    const left = options.timeLimitSeconds - seconds;
    if (at > 0 && left <= 0) break;
    const share = best === null && at < choices.length - 1 ? firstShare : 1;
    last = await meetLoss(
      built,
      withFixedIntegers(program, integers),
      goal,
      solver,
      {
        ...options,
        relativeGap: (Number.isFinite(atBest) ? 1 : looseTimes) * options.relativeGap,
        explainInfeasibility: 'no',
        timeLimitSeconds: Math.max(1, share * left),
      },
      from,
    );
    seconds += last.statistics.seconds;
    iterations += last.statistics.iterations;
    if (last.kind === 'cancelled') break;
    if (!('solution' in last)) continue;
    const worth = worthOf(goal, built.read(last.solution));
    if (best === null || worth < best.worth) best = { outcome: last, worth };
    if (best.worth - atBest <= options.relativeGap * Math.abs(best.worth)) break;
  }
  const statistics = { ...last!.statistics, seconds, iterations };
  if (last!.kind === 'cancelled' || best === null) return { ...last!, statistics };
  const { solution } = best.outcome;
  const gap = Math.max(0, best.worth - atBest) / Math.max(1e-9, Math.abs(best.worth));
  return gap <= options.relativeGap
    ? { kind: 'optimal', solution, bound: atBest, gap, statistics }
    : {
        kind: 'feasible',
        why: 'time-limit',
        solution,
        bound: atBest,
        gap: Number.isFinite(gap) ? gap : NaN,
        statistics,
      };
}

/** Of the time that is left, what a choice may take before another is tried. */
const firstShare = 0.6;

const roundedUp = ({ integrality }: LinearProgram, columns: Float64Array): Float64Array =>
  columns.map((value, at) => (integrality[at] === 1 ? Math.ceil(value - wholeWithin) : value));

/** One of each that fixes the same. */
function distinct({ integrality }: LinearProgram, choices: readonly Float64Array[]): Float64Array[] {
  const keyOf = (columns: Float64Array): string =>
    columns.reduce((key, value, at) => (integrality[at] === 1 ? `${key} ${Math.round(value)}` : key), '');
  return [...new Map(choices.toReversed().map((columns) => [keyOf(columns), columns])).values()].reverse();
}
