/**
 * What given decisions cost at worst, with proof. A budget: branch and bound over its slots (prove-worst.ts). A hull: every day of it, each a linear program
 * that starts where the one before ended. All slots at once at their worst: that day.
 */
import type { Basis } from '../../program/basis.ts';
import { proveWorst } from './prove-worst.ts';
import { secondStage } from './second-stage.ts';
import type { DearDay } from './seek-day.ts';
import { dearestDay, movesOf, type TwoStageProgram } from './two-stage-program.ts';
import type { TwoStageSolver } from './two-stage-solver.ts';
import { worstScenarioProgram } from './worst-scenario.ts';

export interface ProvenDay {
  /** No day of the set costs more; Infinity where nothing was proven in time. */
  atMost: number;
  /** The dearest day met on the way; null where none was. */
  found: DearDay | null;
}

/**
 * @param enough a proof of this cost will do.
 * @param onBound told every better proof.
 */
export async function worstDay(
  stages: TwoStageProgram,
  decisions: ArrayLike<number>,
  solver: TwoStageSolver,
  enough: number,
  onBound: (atMost: number) => void = () => undefined,
): Promise<ProvenDay> {
  const { deviations } = stages;
  if (deviations.kind === 'days') return dearestOf(stages, deviations.days, decisions, solver);
  const { whole, part } = movesOf(deviations);
  // More demand never costs less.
  const only = whole + part >= deviations.largest.length || whole + part === 0;
  if (only) return dearestOf(stages, [dearestDay(deviations, deviations.largest)], decisions, solver);
  const judge = worstScenarioProgram({ ...stages, deviations }, decisions);
  const { atMost, day } = await proveWorst(judge, solver, enough, onBound);
  const found = day && (await dearestOf(stages, [day], decisions, solver)).found;
  return { atMost: Math.max(atMost, found?.cost ?? -Infinity), found };
}

async function dearestOf(
  stages: TwoStageProgram,
  days: readonly (readonly number[])[],
  decisions: ArrayLike<number>,
  solver: TwoStageSolver,
): Promise<ProvenDay> {
  const stageOf = secondStage(stages, decisions);
  let basis: Basis | null = null;
  let found: DearDay | null = null;
  for (const day of days) {
    const solved = await solver.linear(stageOf(day), basis);
    if (solved === null) return { atMost: Infinity, found };
    basis = solved.basis ?? basis;
    if (found === null || solved.objective > found.cost) found = { day: [...day], cost: solved.objective };
  }
  return { atMost: found?.cost ?? -Infinity, found };
}
