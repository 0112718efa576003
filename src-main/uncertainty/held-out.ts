/**
 * Rolling-origin test: every held-out day is judged by an interval fitted on earlier days only, as it would have been made at that
 * day's gate (nothing newer than two days before the first day of its run). At least the last third of the days is held out; the
 * interval is fitted again for every run of a few days, at most `mostRefits` times.
 */
import type { ResidualTable } from './component-input.ts';
import { fitInterval, type IntervalWish } from './interval-model.ts';

const mostRefits = 12;
const leastFitDays = 10;

export interface HeldOutRatios {
  days: string[];
  slots: number;
  /** error ÷ half-width [day · slots + slot]: inside when its size is at most 1; NaN where flagged or missing. */
  ratios: Float64Array;
}

export interface HeldOut extends HeldOutRatios {
  /** The half-width that was promised, in the unit of the error, same layout; infinite where the error is flagged or missing. */
  promised: Float64Array;
}

export function heldOutRatios(table: ResidualTable, wish: IntervalWish): HeldOut {
  const { slots, errors, levels, flagged } = table;
  const rows = table.days.length;
  const firstRow = Math.max(leastFitDays + 1, rows - Math.max(10, Math.ceil(rows / 3)));
  const count = Math.max(0, rows - firstRow);
  const ratios = new Float64Array(count * slots).fill(NaN);
  const promised = new Float64Array(count * slots).fill(Infinity);
  const run = Math.max(1, Math.ceil(count / mostRefits));
  for (let start = firstRow; start < rows; start += run) {
    const model = fitInterval(table, 0, start - 1, wish, []);
    for (let at = start * slots; at < Math.min(rows, start + run) * slots; at++) {
      if (flagged[at]) continue;
      const halfWidth = model.widened[at % slots]! * model.scale(levels[at]!, at % slots);
      const error = errors[at]!;
      promised[at - firstRow * slots] = halfWidth;
      ratios[at - firstRow * slots] = error === 0 ? 0 : error / halfWidth;
    }
  }
  return { days: table.days.slice(firstRow), slots, ratios, promised };
}
