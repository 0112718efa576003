/** In which form a plan states the chance constraint over a Wasserstein ball, and why; kept with the plan and told wherever it is shown. */
import { chanceStatement } from '../../models/v2g/chance-statement.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';

export interface ChanceForm {
  used: 'exact-binaries' | 'exact-sorted' | 'cvar';
  /** Past days of the ball. */
  days: number;
  /** Why the CVaR form stands in for the exact one; null where it was asked for, and for the exact form. */
  why: string | null;
}

/** Null where the set is no Wasserstein ball. */
export function chanceFormOf(problem: V2gProblem, why: string | null): ChanceForm | null {
  const { set } = problem.uncertainty;
  if (set?.kind !== 'wasserstein' && set?.kind !== 'wasserstein-exact') return null;
  const days = set.points.length;
  const statement = chanceStatement(problem);
  if (statement === null) return { used: 'cvar', days, why };
  return { used: statement === 'binaries' ? 'exact-binaries' : 'exact-sorted', days, why: null };
}

/** "exact mixed-integer, 40 days", "CVaR (safe), 75 days, because …" */
export function chanceWords({ used, days, why }: ChanceForm): string {
  switch (used) {
    case 'exact-binaries':
      return `exact mixed-integer, ${days} days`;
    case 'exact-sorted':
      return `exact by sorted days, ${days} days; single cars by a safe count of slots`;
    case 'cvar':
      return `CVaR (safe), ${days} days, ${why === null ? 'as chosen' : `because ${why}`}`;
  }
}

/** What is told where a search ended without a plan: of the exact form with binaries also what to do instead, for nothing takes its place there. */
export function failureOf(problem: V2gProblem, failure: string): string {
  if (chanceStatement(problem) !== 'binaries') return failure;
  return `${failure}; the exact chance constraint is searched day by day here: choose the set "wasserstein", its CVaR form, or allow more time`;
}
