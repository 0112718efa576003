/** How good a forecast was on its residual days, beside the two naive forecasts on the same slots. */
import type { ErrorRows } from './bias.ts';
import { newestKnown, type History } from './features.ts';
import type { ForecastSkill, ResidualDay } from './types.ts';

/** `rows` holds the uncorrected errors on the rows of `history`; slots flagged there are left out for all forecasts alike. */
export function skillOf(residualDays: readonly ResidualDay[], history: History, rows: ErrorRows): ForecastSkill {
  const rowOf = new Map(history.days.map((day, row) => [day, row]));
  const { slots, values } = history;
  let [count, own, day, week, bias] = [0, 0, 0, 0, 0];
  for (const residual of residualDays) {
    const row = rowOf.get(residual.day)!;
    for (let slot = 0; slot < slots; slot++) {
      const at = row * slots + slot;
      const dayError = values[at]! - newestKnown(history, row, slot);
      const weekError = values[at]! - values[at - 7 * slots]!;
      if (rows.doubtful[at] || Number.isNaN(dayError) || Number.isNaN(weekError)) continue;
      count++;
      own += residual.error[slot]! ** 2;
      day += dayError ** 2;
      week += weekError ** 2;
      bias += rows.errors[at]!;
    }
  }
  const root = (sum: number) => (count === 0 ? 0 : Math.sqrt(sum / count));
  return {
    rmse: root(own),
    naiveDayRmse: root(day),
    naiveWeekRmse: root(week),
    meanBias: count === 0 ? 0 : bias / count,
  };
}
