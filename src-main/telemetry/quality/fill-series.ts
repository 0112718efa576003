/** Numbers for slots that have none or that are not trusted; never silent: every filled slot carries the bit `filled`. */
import { zoneOf } from '../../base/zone.ts';
import { flagBits, type RegularSeries } from '../types.ts';
import { runsWhere } from './finding.ts';
import { trusted } from './trusted.ts';

export interface FilledSeries {
  /** The series with numbers put in; slots that no rule could fill stay NaN. */
  series: RegularSeries;
  filledCount: number;
  /** Slots without a number in the end. */
  openCount: number;
}

const shortMinutes = 120;
const dayMs = 86_400_000;

/**
 * Load and feed-in: up to two hours on a straight line between trusted neighbours; otherwise the mean of the same wall-clock
 * time a week before and a week after, or the one of them there is. Prices: the last trusted one holds on, because files that
 * store changes only leave out what repeats. `zoneId` gives the wall clock.
 */
export function fillSeries(series: RegularSeries, zoneId: string): FilledSeries {
  const { values: found, flags: oldFlags, stepMinutes } = series;
  const values = found.slice();
  const flags = oldFlags.slice();
  const isOpen = (slot: number): boolean => Number.isNaN(found[slot]) || !trusted(oldFlags[slot]!);
  let filledCount = 0;
  let openCount = 0;
  const put = (slot: number, value: number): void => {
    values[slot] = value;
    if (Number.isNaN(value)) openCount++;
    else {
      filledCount++;
      flags[slot]! |= flagBits.filled;
    }
  };
  const weekly = createWeekly(series, zoneId, isOpen);
  for (const [from, to] of runsWhere(found.length, isOpen)) {
    const [before, after] = [found[from - 1] ?? NaN, found[to] ?? NaN];
    const onLine = (to - from) * stepMinutes <= shortMinutes && !Number.isNaN(before) && !Number.isNaN(after);
    for (let slot = from; slot < to; slot++) {
      if (series.kind === 'price') put(slot, before);
      else if (onLine) put(slot, before + ((after - before) * (slot - from + 1)) / (to - from + 1));
      else put(slot, weekly(slot));
    }
  }
  return { series: { ...series, values, flags }, filledCount, openCount };
}

/** Mean of the trusted values at the same wall clock a week before and after; NaN when there is neither. */
function createWeekly(
  series: RegularSeries,
  zoneId: string,
  isOpen: (slot: number) => boolean,
): (slot: number) => number {
  const zone = zoneOf(zoneId);
  const stepMs = series.stepMinutes * 60_000;
  const valueAtLocal = (localMs: number): number => {
    const instant = zone.resolveLocal(localMs);
    const utcMs = instant.kind === 'once' ? instant.utcMs : instant.kind === 'twice' ? instant.first : instant.after;
    const slot = (utcMs - series.startUtcMs) / stepMs;
    return Number.isInteger(slot) && slot >= 0 && slot < series.values.length && !isOpen(slot)
      ? series.values[slot]!
      : NaN;
  };
  return (slot) => {
    const localMs = zone.toLocal(series.startUtcMs + slot * stepMs);
    const [before, after] = [valueAtLocal(localMs - 7 * dayMs), valueAtLocal(localMs + 7 * dayMs)];
    return Number.isNaN(before) ? after : Number.isNaN(after) ? before : (before + after) / 2;
  };
}
