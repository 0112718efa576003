/** The adversary of every kind of set: the point ξ of the set that maximises Σ_j f_j ξ_j, exactly; of a chance constraint, a point up to which it must hold. */
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import { budgetDayAdversary } from './adversary-budget.ts';
import { ellipsoidAdversary } from './adversary-ellipsoid.ts';
import { factorAdversary } from './adversary-factor.ts';
import { hullAdversary } from './adversary-hull.ts';
import { intervalAdversary } from './adversary-interval.ts';
import { wassersteinAdversary } from './adversary-wasserstein.ts';
import { wassersteinExactAdversary } from './adversary-wasserstein-exact.ts';

export function setAdversary(set: UncertaintySet, coefficients: readonly number[]): number[] {
  switch (set.kind) {
    case 'interval':
      return intervalAdversary(set, coefficients);
    case 'budget':
      return budgetDayAdversary(set, coefficients);
    case 'ellipsoid':
    case 'moment':
      return ellipsoidAdversary(set, coefficients);
    case 'factor':
      return factorAdversary(set, coefficients);
    case 'scenarios':
    case 'support':
      return hullAdversary(set, coefficients);
    case 'wasserstein':
      return wassersteinAdversary(set, coefficients);
    case 'wasserstein-exact':
      return wassersteinExactAdversary(set, coefficients);
  }
}

/** Support function: the largest Σ_j f_j ξ_j over the set; of a chance constraint its worst-case quantile, which is not convex in f. */
export function setWorstCase(set: UncertaintySet, coefficients: readonly number[]): number {
  return setAdversary(set, coefficients).reduce((sum, value, j) => sum + value * coefficients[j]!, 0);
}
