/**
 * Mends an answer whose cars share what stands by in them (models/v2g/standby.ts) and are overfull. First what stands by is split anew among all of them;
 * then those that still are settle with some others what they charge and give; then all do. What comes out keeps every limit; it is the answer
 * as long as it costs no more than the gap that was asked for.
 */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { resplitStandby } from '../../models/v2g/resplit-standby.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { carsToSettle, settleStandby, sharingCars } from '../../models/v2g/settle-standby.ts';
import { findOverfull } from '../../models/v2g/split-standby.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, Solver, SolveStatistics } from '../../solver/solver.ts';
import type { PlannedAnswer } from './v2g-answer.ts';

/** The answer itself where no car is overfull; null where the cars cannot settle it, or not at this cost. */
export async function settleAnswer(
  problem: V2gProblem,
  answer: PlannedAnswer,
  solver: Solver,
  { onProgress: _, ...options }: SolveOptions,
): Promise<PlannedAnswer | null> {
  let { schedule, statistics } = answer;
  const isSettled = (): boolean => findOverfull(problem, schedule).length === 0;
  if (isSettled()) return answer;
  const tryToSettle = async (of: {
    program: LinearProgram;
    read: (columns: Float64Array) => V2gSchedule;
  }): Promise<void> => {
    const outcome = await solver.solve(of.program, { ...options, scaling: 'off', explainInfeasibility: 'no' });
    statistics = plus(statistics, outcome.statistics);
    if (outcome.kind === 'optimal') schedule = of.read(outcome.solution.columns);
  };
  await tryToSettle(resplitStandby(problem, schedule));
  for (const carsOf of [carsToSettle, sharingCars]) {
    if (isSettled()) break;
    await tryToSettle(settleStandby(problem, schedule, carsOf(problem, schedule)));
  }
  const scale = Math.max(1e-9, Math.abs(schedule.objective));
  const extra = Math.max(0, schedule.objective - answer.schedule.objective) / scale;
  if (!isSettled() || extra > options.relativeGap) return null;
  // Rounding is no gap.
  return { ...answer, schedule, gap: answer.gap + (extra > 1e-12 ? extra : 0), statistics };
}

const plus = (one: SolveStatistics, other: SolveStatistics): SolveStatistics => ({
  ...one,
  seconds: one.seconds + other.seconds,
  iterations: one.iterations + other.iterations,
});
