import { mean, standardDeviation, studentTQuantile } from '../../base/statistics.ts';

export interface MeanInterval {
  days: number;
  mean: number;
  /** 95 % interval of the mean; NaN with fewer than two weeks. */
  lower: number;
  upper: number;
}

const weekDays = 7;

/** Mean of daily money, with an interval by Student's t over whole weeks: days of a week go together, weeks are taken as apart. */
export function meanInterval(daily: readonly number[]): MeanInterval {
  const weeks: number[] = [];
  for (let from = 0; from + weekDays <= daily.length; from += weekDays)
    weeks.push(mean(daily.slice(from, from + weekDays)));
  const half =
    (studentTQuantile(0.975, Math.max(1, weeks.length - 1)) * standardDeviation(weeks)) / Math.sqrt(weeks.length);
  const centre = mean(daily);
  return { days: daily.length, mean: centre, lower: centre - half, upper: centre + half };
}
