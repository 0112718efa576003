/**
 * Worst deviation of the convex hull of real days, stretched about its centre, for coefficients f: a linear function is largest at a
 * vertex, so it is the day with the largest fᵀp_i. Ties go to the earlier day.
 */
import type { HullSet } from '../../uncertainty/day-set.ts';

export function hullAdversary({ centre, points, scale }: HullSet, coefficients: readonly number[]): number[] {
  let worst = points[0]!;
  let most = -Infinity;
  for (const point of points) {
    let value = 0;
    for (let j = 0; j < point.length; j++) value += point[j]! * coefficients[j]!;
    if (value > most) {
      most = value;
      worst = point;
    }
  }
  return centre.map((value, j) => value + scale * (worst[j]! - value));
}
