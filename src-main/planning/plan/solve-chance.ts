/**
 * Solves a problem whose limits need hold with a probability only by the exact form where that can be, and by the CVaR form of the same ball where the days are too many for its
 * binaries, or where its search ends without a plan or with a dearer one. Which it was comes back with the answer.
 */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { chanceStatement } from '../../models/v2g/chance-statement.ts';
import { mostExactSamples } from '../../robust/drcc/exact-wasserstein.ts';
import { convexForm } from '../../uncertainty/day-set.ts';
import type { SolveOptions } from '../../solver/solver.ts';
import { chanceFormOf, type ChanceForm } from './chance-form.ts';
import type { V2gAnswer } from './v2g-answer.ts';

/** The same problem with the CVaR form of its ball; itself where it has none. */
export function safeForm(problem: V2gProblem): V2gProblem {
  const { set } = problem.uncertainty;
  return set ? { ...problem, uncertainty: { ...problem.uncertainty, set: convexForm(set) } } : problem;
}

/** Of the time of a plan, for the exact form. */
const exactShare = 0.7;

export interface SolvedProblem {
  problem: V2gProblem;
  answer: V2gAnswer;
}

export async function solveChance<Solved extends SolvedProblem>(
  problem: V2gProblem,
  options: SolveOptions,
  solve: (problem: V2gProblem, options: SolveOptions) => Promise<Solved>,
): Promise<Solved & { chance: ChanceForm | null }> {
  const told = (solved: Solved, why: string | null = null) => ({
    ...solved,
    chance: chanceFormOf(solved.problem, why),
  });
  const { set } = problem.uncertainty;
  if (set?.kind !== 'wasserstein-exact' || chanceStatement(problem) !== 'binaries')
    return told(await solve(problem, options));
  const safe = safeForm(problem);
  const days = set.points.length;
  if (days > mostExactSamples)
    return told(await solve(safe, options), `${days} days are more than the exact form takes (${mostExactSamples})`);
  const seconds = options.timeLimitSeconds;
  const exact = await solve(problem, { ...options, timeLimitSeconds: exactShare * seconds });
  // Optimal, infeasible and cancelled are final: the CVaR form allows nothing that this one does not.
  if (exact.answer.kind !== 'failed' && exact.answer.kind !== 'feasible') return told(exact);
  const convex = await solve(safe, {
    ...options,
    timeLimitSeconds: (1 - exactShare) * seconds,
    explainInfeasibility: 'no',
  });
  if (exact.answer.kind === 'failed')
    return 'schedule' in convex.answer || convex.answer.kind === 'cancelled'
      ? told(convex, `the exact form did not end in its time (${exact.answer.problem})`)
      : told(exact);
  const isDearer = 'schedule' in convex.answer && convex.answer.schedule.objective < exact.answer.schedule.objective;
  return isDearer ? told(convex, 'what the exact form found in its time costs more') : told(exact);
}
