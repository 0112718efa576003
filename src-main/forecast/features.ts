/**
 * What a built-in forecast may look at: for a row (day) and slot, a base forecast and features in units of it, all known at noon
 * of the day before. The regression learns the correction of the base, so with little history it stays near the base.
 */
import { weekdayOf } from './bias.ts';

export interface History {
  /** Consecutive ISO dates. */
  days: readonly string[];
  slots: number;
  /** Slots of the day before known at the gate. */
  gateSlot: number;
  /** Actual values with doubtful ones replaced, [row · slots + slot]; NaN where nothing is known. */
  values: Float64Array;
  /** Typical change from week to week, by which features are divided. */
  scale: number;
}

export function historyOf(days: readonly string[], slots: number, gateSlot: number, values: Float64Array): History {
  let change = 0;
  let count = 0;
  for (let at = 7 * slots; at < values.length; at++) {
    const here = Math.abs(values[at]! - values[at - 7 * slots]!);
    if (Number.isNaN(here)) continue;
    change += here;
    count++;
  }
  return { days, slots, gateSlot, values, scale: change > 0 ? change / count : 1 };
}

export interface FeatureSet {
  count: number;
  /** Rows of history needed before a row. */
  reach: number;
  /** Writes the features and returns the base; NaN when something needed is missing. */
  fill(row: number, slot: number, into: Float64Array): number;
}

/** Newest known value at the same clock time: the day before up to the gate, two days before after it. */
export function newestKnown({ values, slots, gateSlot }: History, row: number, slot: number): number {
  return values[(slot < gateSlot ? row - 1 : row - 2) * slots + slot] ?? NaN;
}

/** Load: last days, last weeks, drift of the known morning, and the weekday. */
export function calendarAndLags(history: History): FeatureSet {
  const { days, slots, gateSlot, values, scale } = history;
  const morning = days.map((_, row) => meanOf(values, row * slots, row * slots + gateSlot));
  const noonFrom = gateSlot - Math.round(slots / 12);
  const noon = days.map((_, row) => meanOf(values, row * slots + noonFrom, row * slots + gateSlot));
  const weekdays = days.map(weekdayOf);
  return {
    count: 12,
    reach: 28,
    fill(row, slot, into) {
      const at = (back: number) => values[(row - back) * slots + slot]!;
      const newest = newestKnown(history, row, slot);
      const base = 0.5 * (newest + at(7));
      const weeks = 0.25 * (at(7) + at(14) + at(21) + at(28));
      into[0] = 1;
      into[1] = (newest - base) / scale;
      into[2] = (weeks - base) / scale;
      into[3] = (at(2) - base) / scale;
      into[4] = (morning[row - 1]! - morning[row - 8]!) / scale;
      into[5] = (noon[row - 1]! - noon[row - 2]!) / scale;
      for (let weekday = 1; weekday < 7; weekday++) into[5 + weekday] = weekdays[row] === weekday ? 1 : 0;
      return into.every(Number.isFinite) ? base : NaN;
    },
  };
}

/** Wind without weather: the mean of four weeks, and how far the last hours known stand from it. */
export function persistenceAndClimatology(history: History): FeatureSet {
  const { days, slots, gateSlot, values, scale } = history;
  const reach = 28;
  const hours = Math.round(slots / 8);
  const whole = days.map((_, row) => meanOf(values, row * slots - slots + gateSlot, row * slots + gateSlot));
  const last = days.map((_, row) => meanOf(values, row * slots + gateSlot - hours, row * slots + gateSlot));
  const climate = days.map((_, row) => (row < reach ? NaN : meanOf(values, (row - reach) * slots, (row - 1) * slots)));
  return {
    count: 3,
    reach,
    fill(row, slot, into) {
      let base = 0;
      for (let back = 2; back <= reach; back++) base += values[(row - back) * slots + slot]! / (reach - 1);
      into[0] = (last[row - 1]! - climate[row]!) / scale;
      into[1] = (whole[row - 1]! - climate[row]!) / scale;
      into[2] = (newestKnown(history, row, slot) - base) / scale;
      return into.every(Number.isFinite) ? base : NaN;
    },
  };
}

function meanOf(values: Float64Array, from: number, to: number): number {
  if (from < 0) return NaN;
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at]!;
  return sum / (to - from);
}
