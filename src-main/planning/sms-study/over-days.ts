/** A quantity over the days of the study: mean with its 95 % interval by Student's t, days taken as independent. */
import { mean, standardDeviation, studentTQuantile } from '../../base/statistics.ts';

export interface OverDays {
  mean: number;
  /** NaN for a single day. */
  low: number;
  high: number;
}

export function overDays(values: readonly number[]): OverDays {
  const centre = mean(values);
  if (values.length < 2) return { mean: centre, low: NaN, high: NaN };
  const half = (studentTQuantile(0.975, values.length - 1) * standardDeviation(values)) / Math.sqrt(values.length);
  return { mean: centre, low: centre - half, high: centre + half };
}
