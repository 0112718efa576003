/** Numbers for slots that have none or that are not trusted; never silent: every filled slot carries the bit `filled`. */
import { fillGaps, type FillCounts, type FillRule } from '../../base/fill-gaps.ts';
import { zoneOf } from '../../base/zone.ts';
import { flagBits, type RegularSeries } from '../types.ts';
import { trusted } from './trusted.ts';

export interface FilledSeries {
  /** The series with numbers put in; slots that no rule could fill stay NaN. */
  series: RegularSeries;
  counts: FillCounts;
}

const dayMs = 86_400_000;

/** `zoneId` gives the wall clock by which a day or a week before is found. */
export function fillSeries(series: RegularSeries, zoneId: string, rule: FillRule): FilledSeries {
  const { values: found, flags: oldFlags, stepMinutes } = series;
  const isOpen = (slot: number): boolean => Number.isNaN(found[slot]) || !trusted(oldFlags[slot]!);
  const { values, counts } = fillGaps({ values: found, isOpen, stepMinutes, earlier: earlierOf(series, zoneId) }, rule);
  const flags = oldFlags.map((bits, slot) =>
    isOpen(slot) && !Number.isNaN(values[slot]) ? bits | flagBits.filled : bits,
  );
  return { series: { ...series, values, flags }, counts };
}

/** Slot of the same wall clock so many days before; an hour passed twice is its first pass, one left out is the hour after it. */
function earlierOf({ startUtcMs, stepMinutes }: RegularSeries, zoneId: string): (slot: number, days: number) => number {
  const zone = zoneOf(zoneId);
  const stepMs = stepMinutes * 60_000;
  return (slot, days) => {
    const localMs = zone.toLocal(startUtcMs + slot * stepMs) - days * dayMs;
    const instant = zone.resolveLocal(localMs);
    const utcMs = instant.kind === 'once' ? instant.utcMs : instant.kind === 'twice' ? instant.first : instant.after;
    const found = (utcMs - startUtcMs) / stepMs;
    return Number.isInteger(found) ? found : -1;
  };
}
