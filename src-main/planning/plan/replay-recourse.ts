/** The worst day that full recourse was judged by, dispatched again for the decisions it was found for: it costs what was kept, within the bounds that were proven. */
import { twoStageV2g } from '../../models/v2g/two-stage-v2g.ts';
import { secondStage } from '../../robust/two-stage/second-stage.ts';
import type { Solver } from '../../solver/solver.ts';
import { exactSolve } from '../exact-solve.ts';
import type { PlanRecord } from '../ports.ts';
import { besideNetwork, decisionsOf } from './full-recourse.ts';

export interface RecourseReplay {
  /** What the day costs whoever knows it, solved anew; null where it has no answer. */
  replayed: number | null;
  /** As it was found. */
  kept: number;
  /** What full recourse was proven to cost. */
  lower: number;
  upper: number;
}

/** Null for a plan that keeps no such day. */
export async function replayRecourse(
  { problem, provenance: { fullRecourse } }: Pick<PlanRecord, 'problem' | 'provenance'>,
  solver: Solver,
): Promise<RecourseReplay | null> {
  if (!fullRecourse?.worst) return null;
  const { lower, upper, worst } = fullRecourse;
  const stages = twoStageV2g(worst.network === 'held' ? problem : besideNetwork(problem));
  if (stages === null) return null;
  const program = secondStage(stages, decisionsOf(problem, stages, worst.on))(worst.deviationKw);
  const outcome = await solver.solve(program, { ...exactSolve, scaling: 'off', explainInfeasibility: 'no' });
  return { replayed: outcome.kind === 'optimal' ? outcome.solution.objective : null, kept: worst.cost, lower, upper };
}
