/**
 * A linear program whose convex parts are losses alone: stated near the last solution (program/near-trees.ts), solved, stated nearer. Whatever a solution believes, it is
 * a plan, and what it truly loses can be read off it: so every round has a plan, its worth, and what no plan can be better than. What time allows is the best of them
 * beside that bound; three rounds as a rule.
 */
import type { BuiltV2g } from '../../models/v2g/build-v2g.ts';
import { senseOf, type Goal } from '../../models/v2g/objectives.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { ConicPart } from '../../program/conic-part.ts';
import { nearTrees } from '../../program/near-trees.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { LossTree } from '../../program/tree-loss.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';

/** Where a loss is stated next. */
export interface LossPoint {
  /** Values of the program's columns. */
  columns: Float64Array;
  /** By how much losses may be overstated there, as a share of them. */
  error: number;
}

/** The plan of least cost is far from the one of least loss. */
export const fromAfar = (columns: Float64Array): LossPoint => ({ columns, error: 0.01 });
/** A step whose losses are kept stays near the one before. */
export const nextTo = (columns: Float64Array, { relativeGap }: Pick<SolveOptions, 'relativeGap'>): LossPoint => ({
  columns,
  error: leastError(relativeGap),
});

/** By how much a loss that is kept may be exceeded, as a share of it: that of a plan's gap. */
const keptWithin = 1e-4;

/** Beside the linear flow a loss is known within a gap, so it is kept within one. */
export const withinGap = (keep: Goal['keep']): Goal['keep'] =>
  keep.map(({ objective, value }) => ({
    objective,
    value: objective === 'loss' ? value + (keptWithin / 2) * Math.abs(value) : value,
  }));

/** The error of a round, as a share of the gap that the one before left. */
const errorPerGap = 1 / 60;
/** As a share of the gap that is asked for. */
const leastError = (relativeGap: number): number => Math.max(relativeGap, leastGap) / 8;
/** What rounding leaves of a gap. */
const leastGap = 1e-6;
const mostRounds = 12;

/** Whether all that is convex in a program is what trees lose. */
export const areLosses = (parts: readonly ConicPart[]): parts is readonly LossTree[] =>
  parts.every((part) => 'tree' in part && part.loss !== null);

/** @param goal what is kept in the end; the program may allow a little more. */
export async function meetLoss(
  { read }: Pick<BuiltV2g, 'read'>,
  program: LinearProgram,
  goal: Goal,
  solver: Solver,
  options: SolveOptions,
  from: LossPoint,
): Promise<SolveOutcome> {
  const { cones } = program;
  if (!areLosses(cones)) throw new Error(`${program.name} has more than losses that are convex`);
  const wanted = Math.max(options.relativeGap, leastGap);
  let point = from;
  let best: { outcome: Extract<SolveOutcome, { kind: 'optimal' }>; worth: number } | null = null;
  let bound = -Infinity;
  let seconds = 0;
  let iterations = 0;
  for (let round = 1; ; round++) {
    const stated = nearTrees(program, cones, point.columns, point.error);
    const found = await solver.solve(stated.program, {
      ...options,
      timeLimitSeconds: Math.max(1, options.timeLimitSeconds - seconds),
    });
    seconds += found.statistics.seconds;
    iterations += found.statistics.iterations;
    const statistics = { ...found.statistics, seconds, iterations };
    if (found.kind !== 'optimal')
      return best === null || found.kind === 'cancelled' ? { ...found, statistics } : stopped(best, bound, statistics);
    bound = Math.max(bound, stated.bound(found.solution));
    const outcome = { ...found, solution: ownPart(program, found.solution) };
    const schedule = read(outcome.solution);
    const worth = goal.minimise.some(({ objective }) => objective === 'loss')
      ? worthOf(goal, schedule)
      : outcome.solution.objective;
    if (keeps(goal, schedule) && (best === null || worth < best.worth)) best = { outcome, worth };
    const gap = best === null ? Infinity : (best.worth - bound) / Math.max(1e-9, Math.abs(best.worth));
    if (best !== null && gap <= wanted) return { ...best.outcome, bound, gap: Math.max(0, gap), statistics };
    if (round === mostRounds || seconds >= options.timeLimitSeconds)
      return best === null
        ? { kind: 'failed', problem: 'time ran out before the losses were met', statistics }
        : stopped(best, bound, statistics);
    const nearer = Math.min(point.error / 4, gap * errorPerGap);
    point = { columns: outcome.solution.columns, error: Math.max(leastError(wanted) / 8, nearer) };
  }
}

/** Without what was added to state the losses. */
const ownPart = (
  { columnCount, rowCount }: LinearProgram,
  { objective, columns, rows, rowDuals }: Extract<SolveOutcome, { kind: 'optimal' }>['solution'],
) => ({
  objective,
  columns: columns.slice(0, columnCount),
  rows: rows.slice(0, rowCount),
  rowDuals: rowDuals.slice(0, rowCount),
});

/** What is minimised, by what a schedule truly loses. */
export const worthOf = ({ minimise }: Goal, { objectives, objective: cost }: V2gSchedule): number =>
  minimise.reduce(
    (sum, { objective, per }) =>
      sum + per * senseOf(objective) * (objective === 'cost' ? cost : objectives!.values[objective]!),
    0,
  );

function keeps({ keep }: Goal, { objectives }: V2gSchedule): boolean {
  const limit = keep.find(({ objective }) => objective === 'loss')?.value ?? Infinity;
  return objectives!.values.loss! <= limit + keptWithin * Math.abs(limit);
}

const stopped = (
  best: { outcome: Extract<SolveOutcome, { kind: 'optimal' }>; worth: number },
  bound: number,
  statistics: SolveOutcome['statistics'],
): SolveOutcome => ({
  kind: 'feasible',
  why: 'time-limit',
  solution: best.outcome.solution,
  bound,
  gap: Math.max(0, best.worth - bound) / Math.max(1e-9, Math.abs(best.worth)),
  statistics,
});
