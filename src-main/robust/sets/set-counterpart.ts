/** The counterpart of every kind of set: rows and columns that make an uncertain row hold for every point of the set. */
import type { ProgramBuilder } from '../../program/program.ts';
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import type { UncertainRow } from '../uncertain-row.ts';
import { addBudgetDayCounterpart } from './counterpart-budget.ts';
import { addEllipsoidCounterpart } from './counterpart-ellipsoid.ts';
import { addFactorCounterpart } from './counterpart-factor.ts';
import { addHullCounterpart } from './counterpart-hull.ts';
import { addIntervalCounterpart } from './counterpart-interval.ts';
import { addWassersteinCounterpart } from './counterpart-wasserstein.ts';
import { addWassersteinExactCounterpart } from './counterpart-wasserstein-exact.ts';
import type { CoefficientSign } from './expressions.ts';

/**
 * Exact as rows for polyhedral sets; a cone for ellipsoids; binaries for a chance constraint as it is.
 *
 * @throws Error when the row has another number of coordinates than the set.
 */
export function addSetCounterpart(
  program: ProgramBuilder,
  row: UncertainRow,
  set: UncertaintySet,
  sign: CoefficientSign = 'any',
): void {
  if (coordinatesOf(set) !== row.uncertain.length)
    throw new Error(`row ${row.name}: ${row.uncertain.length} uncertain terms, set of ${coordinatesOf(set)}`);
  switch (set.kind) {
    case 'interval':
      return addIntervalCounterpart(program, row, set, sign);
    case 'budget':
      return addBudgetDayCounterpart(program, row, set, sign);
    case 'ellipsoid':
    case 'moment':
      return addEllipsoidCounterpart(program, row, set);
    case 'factor':
      return addFactorCounterpart(program, row, set, sign);
    case 'scenarios':
    case 'support':
      return addHullCounterpart(program, row, set);
    case 'wasserstein':
      return addWassersteinCounterpart(program, row, set);
    case 'wasserstein-exact':
      return addWassersteinExactCounterpart(program, row, set);
  }
}

export function coordinatesOf(set: UncertaintySet): number {
  switch (set.kind) {
    case 'interval':
    case 'budget':
      return set.halfWidths.length;
    case 'wasserstein':
    case 'wasserstein-exact':
      return set.points[0]!.length;
    default:
      return set.centre.length;
  }
}
