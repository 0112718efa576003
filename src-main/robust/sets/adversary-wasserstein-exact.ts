/**
 * The day up to which a limit must hold where it may be broken with probability ε under every law in the ball: for coefficients f the level is the
 * worst-case quantile of fᵀξ (uncertainty/ball-quantile.ts), with the ball measured along the coordinate that moves fᵀξ most.
 *
 * There is no set of days behind it: each f has its own days given up. The answer is the real day nearest to the level, moved there along that coordinate: any step
 * further and the law that ends in such days has probability ε beyond the limit.
 */
import { ballQuantile } from '../../uncertainty/ball-quantile.ts';
import type { WassersteinExactSet } from '../../uncertainty/day-set.ts';

export function wassersteinExactAdversary(set: WassersteinExactSet, coefficients: readonly number[]): number[] {
  const { points, risk, radius } = set;
  const values = points.map((point) => point.reduce((sum, value, j) => sum + value * coefficients[j]!, 0));
  let largest = 0;
  coefficients.forEach((value, j) => {
    if (Math.abs(value) > Math.abs(coefficients[largest]!)) largest = j;
  });
  const steepest = coefficients[largest]!;
  const level = ballQuantile(values, risk, radius * Math.abs(steepest));
  let nearest = 0;
  values.forEach((value, i) => {
    if (Math.abs(value - level) < Math.abs(values[nearest]! - level)) nearest = i;
  });
  const realisation = [...points[nearest]!];
  if (steepest !== 0) realisation[largest]! += (level - values[nearest]!) / steepest;
  return realisation;
}
