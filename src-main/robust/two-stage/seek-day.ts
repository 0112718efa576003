/**
 * A dear day for given decisions, quickly and without a proof: the second stage is solved for a day, its prices tell the day that is dearest at them, and
 * so on until no day is dearer. The cost is convex in the day, so each step costs at least as much as the one before. From several days, for every one ends at
 * a local maximum.
 */
import type { Basis } from '../../program/basis.ts';
import { secondStage } from './second-stage.ts';
import { dearestDay, movesOf, type TwoStageProgram } from './two-stage-program.ts';
import type { TwoStageSolver } from './two-stage-solver.ts';

export interface DearDay {
  /** ξ [slot]. */
  day: number[];
  /** What decisions and day cost together. */
  cost: number;
}

const mostSteps = 20;

/** @param also days to begin at besides those that every search begins at. Null when out of time. */
export async function seekDay(
  stages: TwoStageProgram,
  decisions: ArrayLike<number>,
  solver: Pick<TwoStageSolver, 'linear'>,
  also: readonly (readonly number[])[] = [],
): Promise<DearDay | null> {
  const { deviations, rows } = stages;
  const stageOf = secondStage(stages, decisions);
  let best: DearDay | null = null;
  let basis: Basis | null = null;
  const seen = new Set<string>();
  for (const first of [...firstDays(stages), ...also]) {
    let day = [...first];
    let before = -Infinity;
    for (let step = 0; step < mostSteps; step++) {
      const key = day.join();
      if (seen.has(key)) break;
      seen.add(key);
      const solved = await solver.linear(stageOf(day), basis);
      if (solved === null) return best;
      basis = solved.basis ?? basis;
      const { objective: cost, rowDuals } = solved;
      if (best === null || cost > best.cost) best = { day, cost };
      if (cost <= before + 1e-9 * Math.max(1, Math.abs(cost))) break;
      before = cost;
      day = dearestDay(
        deviations,
        rows.map((row) => Math.max(0, rowDuals[row]!)),
      );
    }
  }
  return best;
}

/** Every slot in part, which tells its prices; and the slots that may deviate most. */
function firstDays({ deviations, rows }: TwoStageProgram): number[][] {
  const even = rows.map(() => 1);
  if (deviations.kind === 'days') return [dearestDay(deviations, even)];
  const { largest } = deviations;
  const { whole, part } = movesOf(deviations);
  const share = largest.length === 0 ? 0 : (whole + part) / largest.length;
  // A day within the set, though none of its vertices: the search goes on from its prices.
  return [dearestDay(deviations, even), largest.map((kw) => kw * share)];
}
