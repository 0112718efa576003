/**
 * One ridge regression per slot, learnt anew for each day from the days that are complete at its gate (two days before and
 * earlier): every row's forecast is what would have been said at the time.
 */
import type { FeatureSet, History } from './features.ts';
import { addObservation, emptySums, solveRidge } from './ridge.ts';

const penalty = 0.3;
const leastTrainingDays = 14;

/**
 * Forecasts [row · slots + slot]; NaN before enough has been learnt. `doubtful` actual values (same shape) are never a target.
 */
export function rollingRegression(history: History, features: FeatureSet, doubtful: Uint8Array): Float64Array {
  const { slots, values, scale } = history;
  const rows = history.days.length;
  const forecast = new Float64Array(rows * slots).fill(NaN);
  const x = new Float64Array(features.count);
  for (let slot = 0; slot < slots; slot++) {
    const sums = emptySums(features.count);
    for (let row = features.reach; row < rows; row++) {
      const learnt = row - 2;
      if (learnt >= features.reach && !doubtful[learnt * slots + slot]) {
        const base = features.fill(learnt, slot, x);
        if (!Number.isNaN(base)) addObservation(sums, x, (values[learnt * slots + slot]! - base) / scale);
      }
      if (sums.count < leastTrainingDays) continue;
      const base = features.fill(row, slot, x);
      if (Number.isNaN(base)) continue;
      const coefficients = solveRidge(sums, penalty);
      let correction = 0;
      for (let i = 0; i < x.length; i++) correction += coefficients[i]! * x[i]!;
      forecast[row * slots + slot] = base + scale * correction;
    }
  }
  return forecast;
}
