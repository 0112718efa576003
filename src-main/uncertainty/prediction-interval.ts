/**
 * Prediction interval of the next observation of a normal quantity, from N past ones (Zhou et al. 2017):
 *
 *   mean ± t_{N−1, (1+δ)/2} · √(1 + 1/N) · s,   s² = Σ (x − mean)² / (N − 1)
 */
import { mean, standardDeviation, studentTQuantile } from '../base/statistics.ts';

/** t_{N−1, (1+δ)/2} · √(1 + 1/N) for N ≥ 2. */
export function predictionFactor(count: number, nominal: number): number {
  return studentTQuantile((1 + nominal) / 2, count - 1) * Math.sqrt(1 + 1 / count);
}

/** Needs at least two values. */
export function predictionInterval(values: ArrayLike<number>, nominal: number): { centre: number; halfWidth: number } {
  return { centre: mean(values), halfWidth: predictionFactor(values.length, nominal) * standardDeviation(values) };
}
