/**
 * How a problem states limits that need hold with a probability only: where shares are decisions by binaries, one for each day that may be given up; else by sorting the days
 * (robust/drcc/exact-wasserstein.ts). Null where no limit is of that kind.
 */
import { tailCount } from '../../uncertainty/ball-quantile.ts';
import { isKeptByCarInDays } from './kept-by-car.ts';
import { expectsOffPlan } from './off-plan.ts';
import type { V2gProblem } from './problem.ts';

export function chanceStatement(problem: V2gProblem): 'sorted' | 'binaries' | null {
  const { set } = problem.uncertainty;
  if (set?.kind !== 'wasserstein-exact') return null;
  const sharesOpen =
    problem.charging === 'coordinated' &&
    problem.recourse === 'optimal' &&
    !isKeptByCarInDays(problem) &&
    !expectsOffPlan(problem);
  // One day's worth of risk or less gives no day up, and the CVaR form is exact.
  return sharesOpen && tailCount(set.points.length, set.risk) > 1 ? 'binaries' : 'sorted';
}
