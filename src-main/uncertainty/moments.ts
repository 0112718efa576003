/**
 * Mean and covariance of the errors of several components, slot by slot, from the days that are usable for all of them.
 *
 *   Σ = S^{1/2} ((1 − λ) R + λ I) S^{1/2},     λ = Σ_{i≠j} Var(r_ij) / Σ_{i≠j} r_ij²  within [0, 1]
 *
 * with R the sample correlations and S the sample variances: few days make correlations look larger than they are, so they are drawn
 * towards zero by as much as their own sampling error warrants; variances are left alone, and Σ keeps no negative eigenvalue. Days are
 * taken as independent of each other. Source: Schäfer and Strimmer 2005, target "D"; Ledoit and Wolf 2004 for the idea.
 * Symbol → identifier: λ → `shrinkage`.
 */
import { Refusal } from '../base/errors.ts';
import { mean } from '../base/statistics.ts';

/** Errors of past days, actual − centre [slot]; the part of `ComponentSet` that is needed. */
export interface ErrorHistory {
  id: string;
  residuals: readonly { day: string; errorKw: readonly number[]; usable: boolean }[];
}

export interface JointMoments {
  ids: string[];
  /** Days usable for every component, in order. */
  days: string[];
  slots: number;
  /** [slot][component] */
  meanKw: number[][];
  /** [slot][component][component], kW². */
  covarianceKw2: number[][][];
  /** [slot]: λ; 0 for a single component. */
  shrinkage: number[];
}

const leastDays = 10;

/** @throws Refusal `too-little-history` with fewer than ten days usable for all. */
export function fitMoments(histories: readonly ErrorHistory[]): JointMoments {
  const days = commonDays(histories);
  if (days.length < leastDays)
    throw new Refusal('too-little-history', {
      days: days.length,
      kind: histories.map(({ id }) => id).join(' and '),
      needed: leastDays,
    });
  const errors = histories.map(({ residuals }) => {
    const byDay = new Map(residuals.map(({ day, errorKw }) => [day, errorKw]));
    return days.map((day) => byDay.get(day)!);
  });
  const slots = errors[0]![0]!.length;
  const moments: JointMoments = {
    ids: histories.map(({ id }) => id),
    days,
    slots,
    meanKw: [],
    covarianceKw2: [],
    shrinkage: [],
  };
  for (let slot = 0; slot < slots; slot++) {
    const samples = errors.map((byDay) => byDay.map((errorKw) => errorKw[slot]!));
    const { covariance, shrinkage } = shrunkCovariance(samples);
    moments.meanKw.push(samples.map((values) => mean(values)));
    moments.covarianceKw2.push(covariance);
    moments.shrinkage.push(shrinkage);
  }
  return moments;
}

/** Days present and usable for every component with a number in every slot, oldest first. */
export function commonDays(histories: readonly ErrorHistory[]): string[] {
  const [first, ...others] = histories.map(
    ({ residuals }) =>
      new Set(
        residuals.filter(({ usable, errorKw }) => usable && errorKw.every(Number.isFinite)).map(({ day }) => day),
      ),
  );
  return [...(first ?? [])].filter((day) => others.every((days) => days.has(day))).sort();
}

/** @param samples [component][day], at least two days. */
export function shrunkCovariance(samples: readonly (readonly number[])[]): {
  covariance: number[][];
  shrinkage: number;
} {
  const count = samples[0]!.length;
  const deviations = samples.map((values) => {
    const centre = mean(values);
    return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (count - 1));
  });
  const scaled = samples.map((values, i) => {
    const centre = mean(values);
    return values.map((value) => (deviations[i] === 0 ? 0 : (value - centre) / deviations[i]!));
  });
  let noise = 0;
  let signal = 0;
  const correlations = scaled.map((first, i) =>
    scaled.map((second, j) => {
      if (i === j) return 1;
      const products = first.map((value, day) => value * second[day]!);
      const centre = mean(products);
      const correlation = (count / (count - 1)) * centre;
      noise += (count / (count - 1) ** 3) * products.reduce((sum, value) => sum + (value - centre) ** 2, 0);
      signal += correlation * correlation;
      return correlation;
    }),
  );
  const shrinkage = samples.length < 2 ? 0 : signal === 0 ? 1 : Math.min(1, noise / signal);
  const covariance = correlations.map((row, i) =>
    row.map((correlation, j) => deviations[i]! * deviations[j]! * (i === j ? 1 : (1 - shrinkage) * correlation)),
  );
  return { covariance, shrinkage };
}
