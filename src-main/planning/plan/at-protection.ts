import type { V2gProblem } from '../../models/v2g/problem.ts';

/** The same problem at another protection; a budget over slots takes it over. */
export function atProtection(problem: V2gProblem, protection: number): V2gProblem {
  const { set } = problem.uncertainty;
  const own = set?.kind === 'budget' ? { set: { ...set, protection } } : {};
  return { ...problem, uncertainty: { ...problem.uncertainty, protection, ...own } };
}
