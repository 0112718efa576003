/**
 * A linear program whose convex parts are losses alone: solve, lay tangents where the solution loses more than it believes, solve again (Kelley 1960). Whatever
 * a solution believes, it is a plan, and what it truly loses can be read off it: so every round has a plan, its worth, and what no plan can be better than.
 * What time allows is the best of them beside that bound.
 */
import type { BuiltV2g } from '../../models/v2g/build-v2g.ts';
import { senseOf, type Goal } from '../../models/v2g/objectives.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { appendRows, basisWithRows, type AddedRow } from '../../program/append-rows.ts';
import type { Basis } from '../../program/basis.ts';
import { firstTangents, partTangents, partViolation } from '../../program/conic-part.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';

/** Tangents of the losses of one feeder: they hold for every program of the same day that has the same columns. */
export type LossTangents = AddedRow[];

/** Weight of the present solution in the running mean, at which tangents are laid too. */
const meanStep = 0.3;
/** By how much a loss that is kept may be exceeded, as a share of it: that of a plan's gap. */
const keptWithin = 1e-4;

/** @param goal what is kept in the end; the program may be held to less. @param known a solution to lay the first tangents at. */
export async function meetLoss(
  { read }: Pick<BuiltV2g, 'read'>,
  program: LinearProgram,
  goal: Goal,
  solver: Solver,
  options: SolveOptions,
  { tangents, known, from }: { tangents: LossTangents; known: Float64Array; from: Basis | null },
): Promise<SolveOutcome> {
  const { cones } = program;
  const bare: LinearProgram = { ...program, cones: [] };
  if (tangents.length === 0) {
    const atKnown = cones.flatMap((cone) => partTangents(cone, known, { steady: null, share: 0 }));
    tangents.push(...[...cones.flatMap(firstTangents), ...atKnown].map(asRow));
  }
  let best: { outcome: Extract<SolveOutcome, { kind: 'optimal' }>; worth: number } | null = null;
  let bound = -Infinity;
  let mean: Float64Array | null = null;
  let basis = from;
  let seconds = 0;
  let iterations = 0;
  for (;;) {
    const rows = appendRows(bare, tangents);
    const outcome = await solver.solve(rows, {
      ...options,
      ...(basis === null ? {} : { warm: { from: basisWithRows(basis, rows.rowCount), by: 'dual' } }),
      timeLimitSeconds: Math.max(1, options.timeLimitSeconds - seconds),
    });
    seconds += outcome.statistics.seconds;
    iterations += outcome.statistics.iterations;
    const statistics = { ...outcome.statistics, seconds, iterations };
    if (outcome.kind !== 'optimal')
      return best === null ? { ...outcome, statistics } : stopped(best, bound, statistics);
    const { solution } = outcome;
    bound = Math.max(bound, solution.objective);
    basis = basis === null ? null : (solution.basis ?? null);
    const schedule = read(solution);
    const worth = goal.minimise.some(({ objective }) => objective === 'loss')
      ? worthOf(goal, schedule)
      : solution.objective;
    if (keeps(goal, schedule) && (best === null || worth < best.worth)) best = { outcome, worth };
    const gap = best === null ? Infinity : (best.worth - bound) / Math.max(1e-9, Math.abs(best.worth));
    if (best !== null && gap <= options.relativeGap)
      return { ...best.outcome, bound, gap: Math.max(0, gap), statistics };
    const point = solution.columns;
    mean = mean === null ? point.slice() : mean.map((value, at) => (1 - meanStep) * value + meanStep * point[at]!);
    const more = cones.flatMap((cone) =>
      partViolation(cone, point) > 0 ? partTangents(cone, point, { steady: mean, share: 0 }) : [],
    );
    // Nothing is lost beyond what is believed: what is left of the gap is rounding.
    if (more.length === 0 && best !== null) return { ...best.outcome, bound, gap: Math.max(0, gap), statistics };
    if (more.length === 0 || seconds >= options.timeLimitSeconds)
      return best === null
        ? { kind: 'failed', problem: 'time ran out before the losses were met', statistics }
        : stopped(best, bound, statistics);
    tangents.push(...more.map((tangent, at) => asRow(tangent, tangents.length + at)));
  }
}

const asRow = ({ terms, upper }: { terms: AddedRow['terms']; upper: number }, at: number): AddedRow => ({
  name: `tangent ${at} of the losses`,
  lower: -Infinity,
  upper,
  terms,
});

/** What is minimised, by what a schedule truly loses. */
const worthOf = ({ minimise }: Goal, { objectives, objective: cost }: V2gSchedule): number =>
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
