/**
 * Column-and-constraint generation: the master's decisions are judged by their worst day, which becomes a copy of the second stage in the master, until
 * what the master expects and what the worst day costs agree. Ends, for U has finitely many vertices. A dear day is sought first by steps between day and prices
 * (seek-day.ts), which is fast and proves nothing; only decisions for which that finds nothing new are judged with proof (worst-day.ts). The master gives
 * the lower bound, judged decisions the upper one. Source: Zeng and Zhao 2013.
 *
 * It may begin from a plan: its decisions, what it is known to cost at worst (a rule of recourse is one way to answer, so its cost bounds that of its
 * decisions), and its worst days. Whenever it is stopped the best decisions so far are the answer, never worse than that plan's.
 */
import { scenarioMaster } from './scenario-master.ts';
import { seekDay, type DearDay } from './seek-day.ts';
import { dearestDay, type TwoStageProgram } from './two-stage-program.ts';
import type { TwoStageSolver } from './two-stage-solver.ts';
import { worstDay } from './worst-day.ts';

export interface TwoStageRound {
  round: number;
  /** The optimum lies between; −Infinity and Infinity while nothing is proven. */
  lower: number;
  upper: number;
  /** Days the master knows. */
  days: number;
  /** What the dearest day found for the decisions of the round costs; NaN while none was. */
  found: number;
}

export interface TwoStageAnswer {
  lower: number;
  upper: number;
  rounds: TwoStageRound[];
  /** The dearest day known for the decisions, and what it costs; null where none was found in time. */
  worst: DearDay | null;
  /** Columns of the first stage, in the order of the program; others 0. */
  decisions: Float64Array;
}

export interface TwoStageStart {
  /** Column values; those of the first stage count. */
  decisions: ArrayLike<number>;
  /** Known to be enough for them; Infinity where nothing is known. */
  upper: number;
  days: readonly (readonly number[])[];
}

export interface TwoStageOptions {
  relativeGap?: number;
  /** Stops there with the bounds reached. */
  mostRounds?: number;
  start?: TwoStageStart;
  /** Told after every step of a round, so more than once for each. */
  onRound?: (round: TwoStageRound) => void;
}

/** @returns null when nothing was solved, and there was nothing to begin from. */
export async function solveTwoStage(
  stages: TwoStageProgram,
  solver: TwoStageSolver,
  { relativeGap = 1e-6, mostRounds = 30, start, onRound = () => undefined }: TwoStageOptions = {},
): Promise<TwoStageAnswer | null> {
  let days: number[][] = [];
  // More demand never costs less: a day that another one is nowhere below tells the master nothing.
  const isWithin = (one: readonly number[], other: readonly number[]): boolean =>
    one.every((kw, slot) => kw <= other[slot]! + 1e-9);
  const learn = (day: readonly number[]): boolean => {
    if (days.some((known) => isWithin(day, known))) return false;
    days = [...days.filter((known) => !isWithin(known, day)), [...day]];
    return true;
  };
  let lower = -Infinity;
  const rounds: TwoStageRound[] = [];
  let best: Omit<TwoStageAnswer, 'lower' | 'rounds'> | null = null;
  const isNear = (upper: number): boolean => upper - lower <= relativeGap * Math.max(1, Math.abs(upper));
  const tell = (round: number, found: number, upper = best?.upper ?? Infinity): void => {
    const told = { round, lower, upper, days: days.length, found };
    rounds[round] = told;
    onRound(told);
  };
  if (start) {
    const decisions = decisionsOf(stages, start.decisions);
    const dear = await seekDay(stages, decisions, solver, start.days);
    best = { upper: start.upper, worst: dear, decisions };
    if (dear) learn(dear.day);
    tell(0, dear?.cost ?? NaN);
  }
  if (days.length === 0)
    learn(
      dearestDay(
        stages.deviations,
        stages.rows.map(() => 1),
      ),
    );
  for (let round = 1; round <= mostRounds; round++) {
    const master = await solver.solve(scenarioMaster(stages, days));
    if (master === null) break;
    lower = Math.max(lower, master.bound);
    const decisions = firstColumns(stages, master.columns);
    tell(round, NaN);
    if (best && isNear(best.upper)) break;
    const dear = await seekDay(stages, decisions, solver, days.slice(-2));
    const sameAsBest: boolean =
      best !== null && decisions.every((value, at) => Math.abs(value - best!.decisions[at]!) < 1e-6);
    if (dear && sameAsBest && dear.cost > (best!.worst?.cost ?? -Infinity)) best = { ...best!, worst: dear };
    if (dear) tell(round, dear.cost);
    if (dear && !isNear(dear.cost) && learn(dear.day)) continue;
    const judged = await worstDay(
      stages,
      decisions,
      solver,
      lower + 0.5 * relativeGap * Math.max(1, Math.abs(lower)),
      (atMost) => tell(round, dear?.cost ?? NaN, Math.min(best?.upper ?? Infinity, atMost)),
    );
    const worst = dearer(dear, judged.found);
    const upper: number = sameAsBest ? Math.min(judged.atMost, best!.upper) : judged.atMost;
    if (best === null || sameAsBest || upper < best.upper)
      best = { upper, worst: sameAsBest ? dearer(worst, best!.worst) : worst, decisions };
    tell(round, worst?.cost ?? NaN);
    if (isNear(best.upper) || worst === null || !learn(worst.day)) break;
  }
  return best && { ...best, lower: Math.min(lower, best.upper), rounds: rounds.filter((told) => told !== undefined) };
}

const dearer = (one: DearDay | null, other: DearDay | null): DearDay | null =>
  one === null || other === null ? (one ?? other) : one.cost >= other.cost ? one : other;

/** First-stage columns come first in the master, in their order. */
function firstColumns(stages: TwoStageProgram, master: Float64Array): Float64Array {
  let at = 0;
  return decisionsOf(
    stages,
    Array.from(stages.firstStage, (isFirst) => (isFirst === 1 ? master[at++]! : 0)),
  );
}

function decisionsOf({ program, firstStage }: TwoStageProgram, columns: ArrayLike<number>): Float64Array {
  return Float64Array.from(firstStage, (isFirst, at) =>
    isFirst !== 1 ? 0 : program.integrality[at] === 1 ? Math.round(columns[at]!) : columns[at]!,
  );
}
