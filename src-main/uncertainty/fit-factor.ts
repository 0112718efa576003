/**
 * Factor polytope of whole days: the leading principal components of one half of the days, each as far as it ever went, with a budget on how
 * many go far together, and an interval for what they leave unexplained; scale by the other half of the days (calibrate-scale.ts).
 * Errors of a day come in one block, so a few factors carry most of them.
 *
 * What is left of a slot is measured on its total and shared out among the components by their own remainders: the components' intervals
 * added up would claim that all of them go far at once.
 */
import { quantileSorted } from '../base/statistics.ts';
import { calibrateScale, splitDays } from './calibrate-scale.ts';
import type { DayFitter } from './day-fitter.ts';
import type { FactorSet } from './day-set.ts';
import { totalOfDay } from './joint-days.ts';
import { limitReach, limitScore } from './limit-scores.ts';
import { principalDays } from './principal.ts';
import { totalSet } from './total-set.ts';

const keptFactors = 6;
/** Share of days that budget and rest hold before calibration. */
const innerShare = 0.9;

export const fitFactor: DayFitter = (past, { nominal, worstCase }) => {
  const { slots } = past;
  const { shape, calibration } = splitDays(past);
  const rows = shape.days.map(({ deviation }) => deviation);
  const { mean, factors, explained } = principalDays(rows, keptFactors);
  const loads = rows.map((row) => factors.map((factor) => loadOf(row, mean, factor)));
  const limits = factors.map((_, k) => Math.max(1e-12, ...loads.map((load) => Math.abs(load[k]!))));
  const used = loads.map((load) => load.reduce((sum, value, k) => sum + Math.abs(value) / limits[k]!, 0));
  const remainders = rows.map((row, i) =>
    row.map((value, j) => value - mean[j]! - factors.reduce((sum, factor, k) => sum + loads[i]![k]! * factor[j]!, 0)),
  );
  const unit: FactorSet = {
    kind: 'factor',
    centre: mean,
    factors: factors.map((factor, k) => factor.map((value) => value * limits[k]!)),
    budget: Math.min(factors.length, innerQuantile(used)),
    rest: restOf(remainders, slots),
    scale: 1,
  };
  const reach = limitReach(totalSet(unit, slots), slots, worstCase);
  const scores = calibration.map(({ deviation }) => limitScore(reach, totalOfDay(deviation, slots)));
  const { scale, guarantee, scores: calibrated } = calibrateScale(scores, nominal);
  const fitted = {
    set: { ...unit, scale },
    size: { name: 'scale of the factor box', value: scale },
    facts: [
      `${factors.length} factors hold ${(100 * explained).toFixed(0)} % of the variance of ${rows.length} days`,
      `at most ${unit.budget.toFixed(1)} of them fully at once`,
    ],
    guarantee,
    scores: calibrated,
  };
  return () => fitted;
};

/** Least-squares load of a day on one factor; factors are orthogonal. */
function loadOf(row: Float64Array, mean: readonly number[], factor: readonly number[]): number {
  let along = 0;
  let square = 0;
  for (let j = 0; j < row.length; j++) {
    along += (row[j]! - mean[j]!) * factor[j]!;
    square += factor[j]! ** 2;
  }
  return square === 0 ? 0 : along / square;
}

const innerQuantile = (values: readonly number[]): number =>
  quantileSorted(Float64Array.from(values).sort(), innerShare);

function restOf(remainders: readonly Float64Array[], slots: number): number[] {
  const own = Array.from(remainders[0]!, (_, j) => innerQuantile(remainders.map((row) => Math.abs(row[j]!))));
  const totals = remainders.map((row) => totalOfDay(row, slots));
  const sums = totalOfDay(own, slots);
  return own.map((width, j) => {
    const slot = j % slots;
    const most = innerQuantile(totals.map((total) => Math.abs(total[slot]!)));
    return sums[slot] === 0 ? 0 : width * Math.min(1, most / sums[slot]!);
  });
}
