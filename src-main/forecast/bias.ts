/**
 * The recent bias of a forecast by time of day: an exponentially weighted mean of its past errors, shrunk towards zero.
 *
 *   b_s = Σ_k w_k e_{k,s} / (κ + Σ_k w_k),   w_k = 2^(−age_k / h) · (1 if the day is of the same kind, else φ)
 *
 * with half-life h = 5 days, κ = 1 and φ = 0.3 for a working day seen from a weekend and the reverse. Errors are clipped
 * at what is credible in the window (base/credible-size.ts), so that one false value cannot bend the correction; flagged and
 * missing values have no weight. Half-life and weights were chosen on real load and wind years: docs/method/forecast.md.
 */
import { credibleSize } from '../base/credible-size.ts';

const halfLifeDays = 5;
const lookBackDays = 35;
const shrinkage = 1;
const otherKindWeight = 0.3;

export interface ErrorRows {
  /** Consecutive ISO dates. */
  days: readonly string[];
  slots: number;
  /** [row · slots + slot] actual − forecast; NaN where unknown. */
  errors: Float64Array;
  /** 1 where the error must not be used. */
  doubtful: Uint8Array;
  /** Slots of the day before that are known when a day is planned. */
  gateSlot: number;
}

/** Bias to add to the forecast of row `row`, from rows known at its gate [slot]. */
export function biasOf(rows: ErrorRows, row: number): Float64Array {
  const { slots, errors, doubtful } = rows;
  const sum = new Float64Array(slots);
  const weight = new Float64Array(slots);
  const first = Math.max(0, row - lookBackDays);
  const clip = credibleSize(knownSizes(rows, first, row));
  const weekend = isWeekend(rows.days[row]!);
  for (let past = first; past < row; past++) {
    const sameKind = isWeekend(rows.days[past]!) === weekend ? 1 : otherKindWeight;
    const w = sameKind * 0.5 ** ((row - past) / halfLifeDays);
    const known = past === row - 1 ? rows.gateSlot : slots;
    for (let slot = 0; slot < known; slot++) {
      const at = past * slots + slot;
      const error = errors[at]!;
      if (doubtful[at] || Number.isNaN(error)) continue;
      sum[slot]! += w * Math.max(-clip, Math.min(clip, error));
      weight[slot]! += w;
    }
  }
  return sum.map((value, slot) => value / (shrinkage + weight[slot]!));
}

export function isWeekend(isoDate: string): boolean {
  const weekday = weekdayOf(isoDate);
  return weekday === 0 || weekday === 6;
}

/** 0 = Sunday … 6 = Saturday. */
export const weekdayOf = (isoDate: string): number => new Date(`${isoDate}T00:00:00Z`).getUTCDay();

function knownSizes({ slots, errors, doubtful, gateSlot }: ErrorRows, first: number, row: number): Float64Array {
  const end = Math.max(first * slots, (row - 1) * slots + gateSlot);
  return errors.slice(first * slots, end).map((error, at) => (doubtful[first * slots + at] ? NaN : Math.abs(error)));
}
