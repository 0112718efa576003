/**
 * A regular series cut into local days, each on the slots of the planned day, so that rows can be compared slot by slot.
 *
 * Days of 23 or 25 hours are matched by the wall clock: an hour that a day lacks takes the next one on the clock, an hour it has
 * twice gives its first copy, unless the planned day has it twice as well. Series of another step are averaged or repeated.
 */
import { dayHorizon, slotStart, type Horizon } from '../base/horizon.ts';
import { addDays, zoneOf } from '../base/zone.ts';
import type { RegularSeries, flagBits } from '../telemetry/types.ts';

export interface DayGrid {
  /** Consecutive ISO dates, one per row. */
  days: string[];
  slots: number;
  /** [row · slots + slot]; NaN where the series has none. */
  values: Float64Array;
  /** Same shape; 1 where a value is missing or carries a flag that no operator has cleared. */
  doubtful: Uint8Array;
}

const operatorGood: (typeof flagBits)['operatorGood'] = 512;

/** Rows `firstDay` … `firstDay` + `count` − 1. */
export function dayGrid(series: RegularSeries, firstDay: string, count: number, horizon: Horizon): DayGrid {
  const slots = horizon.slots;
  const days = Array.from({ length: count }, (_, row) => addDays(firstDay, row));
  const values = new Float64Array(count * slots).fill(NaN);
  const doubtful = new Uint8Array(count * slots).fill(1);
  days.forEach((day, row) => {
    const source = dayHorizon(day, horizon.zone, horizon.slotMinutes);
    const matching = slotMap(source, horizon);
    for (let slot = 0; slot < slots; slot++) {
      const found = slotMean(series, slotStart(source, matching[slot]!), horizon.slotMinutes);
      values[row * slots + slot] = found.value;
      doubtful[row * slots + slot] = Number.isNaN(found.value) || found.doubtful ? 1 : 0;
    }
  });
  return { days, slots, values, doubtful };
}

/** Slot of `source` for each slot of `target` with the same wall clock. */
function slotMap(source: Horizon, target: Horizon): number[] {
  const plain = (24 * 60) / target.slotMinutes;
  if (source.slots === plain && target.slots === plain) return Array.from({ length: plain }, (_, slot) => slot);
  const byClock = new Map<number, number[]>();
  clockMinutes(source).forEach((minutes, slot) => byClock.set(minutes, [...(byClock.get(minutes) ?? []), slot]));
  const seen = new Map<number, number>();
  return clockMinutes(target).map((minutes) => {
    const copy = seen.get(minutes) ?? 0;
    seen.set(minutes, copy + 1);
    let clock = minutes;
    while (!byClock.has(clock)) clock = (clock + target.slotMinutes) % (24 * 60);
    const copies = byClock.get(clock)!;
    return copies[Math.min(copy, copies.length - 1)]!;
  });
}

/** Wall clock of each slot's start, minutes after midnight. */
export function clockMinutes(horizon: Horizon): number[] {
  const zone = zoneOf(horizon.zone);
  return Array.from({ length: horizon.slots }, (_, slot) => {
    const localMs = zone.toLocal(slotStart(horizon, slot));
    return Math.floor((localMs % 86_400_000) / 60_000);
  });
}

/** Time-weighted mean over [fromUtcMs, + minutes); NaN when any part is missing. */
function slotMean(series: RegularSeries, fromUtcMs: number, minutes: number): { value: number; doubtful: boolean } {
  const stepMs = series.stepMinutes * 60_000;
  const from = (fromUtcMs - series.startUtcMs) / stepMs;
  const to = from + minutes / series.stepMinutes;
  let sum = 0;
  let doubtful = false;
  for (let index = Math.floor(from); index < to; index++) {
    const value = series.values[index];
    if (value === undefined || Number.isNaN(value)) return { value: NaN, doubtful: true };
    const flags = series.flags[index]!;
    doubtful ||= flags !== 0 && (flags & operatorGood) === 0;
    sum += value * (Math.min(to, index + 1) - Math.max(from, index));
  }
  return { value: sum / (to - from), doubtful };
}
