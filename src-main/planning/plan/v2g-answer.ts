/** What comes of a scheduling problem, and an outcome of the solver told as that. */
import type { BuiltV2g } from '../../models/v2g/build-v2g.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { SolveOutcome, SolveStatistics } from '../../solver/solver.ts';
import type { SlotName } from './conflict-words.ts';
import { describeConflict } from './describe-conflict.ts';

export interface PlannedAnswer {
  kind: 'optimal' | 'feasible';
  schedule: V2gSchedule;
  bound: number;
  gap: number;
  statistics: SolveStatistics;
  /** Slots whose chance constraint was left out or stated in parts and does not hold; absent where all are whole. */
  brokenChances?: number[];
  /** The program and its solution, where prices of places can be read from it. */
  solved?: { built: BuiltV2g; columns: Float64Array };
}

export type V2gAnswer =
  | PlannedAnswer
  /** `why` in the operator's words; `conflict` are the row and column names it was made from. */
  | { kind: 'infeasible'; why: string; conflict: string[]; statistics: SolveStatistics }
  | { kind: 'cancelled' }
  | { kind: 'failed'; problem: string };

export function answerOf(problem: V2gProblem, built: BuiltV2g, outcome: SolveOutcome, slotName: SlotName): V2gAnswer {
  if (outcome.kind !== 'optimal' && outcome.kind !== 'feasible') return refused(problem, outcome, slotName, 'the cost');
  return {
    kind: outcome.kind,
    schedule: built.read(outcome.solution),
    bound: outcome.bound,
    gap: outcome.gap,
    statistics: outcome.statistics,
    brokenChances: built.brokenChances(outcome.solution.columns),
    ...(built.prices ? { solved: { built, columns: outcome.solution.columns } } : {}),
  };
}

/** An outcome without a solution. @param minimised what was to be least, in words. */
export function refused(
  problem: V2gProblem,
  outcome: Exclude<SolveOutcome, { solution: unknown }>,
  slotName: SlotName,
  minimised: string,
): Exclude<V2gAnswer, PlannedAnswer> {
  switch (outcome.kind) {
    case 'infeasible':
      return {
        kind: 'infeasible',
        why: describeConflict(problem, outcome.conflict, slotName).join(' '),
        conflict: outcome.conflict,
        statistics: outcome.statistics,
      };
    case 'unbounded':
      return { kind: 'failed', problem: `${minimised} can fall without end; check for an unlimited sale` };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'failed':
      return { kind: 'failed', problem: outcome.problem };
  }
}

/** Who takes which share of a deviation. */
export type Split = Pick<V2gSchedule, 'evShare' | 'responseShare'>;

export const splitOf = ({ evShare, responseShare }: V2gSchedule): Split => ({
  evShare,
  ...(responseShare ? { responseShare } : {}),
});

export const withSplit = (answer: PlannedAnswer, split: Split | null): PlannedAnswer =>
  split === null ? answer : { ...answer, schedule: { ...answer.schedule, ...split } };
