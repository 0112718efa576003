/**
 * Stand-ins for doubtful values, so that lags and centres have something to rest on: linear between sound neighbours within two
 * hours, else the same clock time a week before, else the day before. A stand-in is never a target of learning, and the hour it
 * stands in for never shapes a set: it widens it.
 */
import type { DayGrid } from './day-grid.ts';

/** Values with stand-ins [row · slots + slot]; NaN where none exists. */
export function replaceDoubtful({ slots, values, doubtful }: DayGrid): Float64Array {
  const replaced = values.slice();
  const reach = Math.round(slots / 12);
  const soundWithin = (at: number, direction: 1 | -1): number => {
    for (let distance = 1; distance <= reach; distance++) {
      if (doubtful[at + direction * distance] === 0) return distance;
    }
    return 0;
  };
  for (let at = 0; at < values.length; at++) {
    if (!doubtful[at]) continue;
    const before = soundWithin(at, -1);
    const after = before === 0 ? 0 : soundWithin(at, 1);
    if (after > 0) {
      replaced[at] = (values[at - before]! * after + values[at + after]! * before) / (before + after);
    } else {
      const week = replaced[at - 7 * slots] ?? NaN;
      replaced[at] = Number.isNaN(week) ? (replaced[at - slots] ?? NaN) : week;
    }
  }
  return replaced;
}
