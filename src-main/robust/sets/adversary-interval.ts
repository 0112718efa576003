/** Worst deviation of a box for coefficients f: every coordinate at the end of its interval that f points to, ξ_j = sign(f_j) P̂_j. */
import type { IntervalSet } from '../../uncertainty/day-set.ts';

export const intervalAdversary = ({ halfWidths }: IntervalSet, coefficients: readonly number[]): number[] =>
  halfWidths.map((width, j) => (coefficients[j]! < 0 ? -width : width));
