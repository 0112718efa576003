/** A series by local day: what the table beside the year shows. */
import { zoneOf } from '../../../src-main/base/zone.ts';
import type { SeriesPayload } from '../../../src-main/contract/series.ts';

export interface Daily {
  day: string;
  count: number;
  missing: number;
  /** NaN where the day has no value. */
  least: number;
  mean: number;
  most: number;
}

/** Newest day first; a 23-hour day has as many values fewer. */
export function dailyOf(series: SeriesPayload, zoneId: string): Daily[] {
  const zone = zoneOf(zoneId);
  const days = new Map<string, { count: number; missing: number; sum: number; least: number; most: number }>();
  for (let index = 0; index < series.length; index++) {
    const day = zone.dateOf(series.startUtcMs + index * series.stepMinutes * 60_000);
    let one = days.get(day);
    if (one === undefined) days.set(day, (one = { count: 0, missing: 0, sum: 0, least: Infinity, most: -Infinity }));
    const value = series.values[index]!;
    if (Number.isNaN(value)) {
      one.missing++;
      continue;
    }
    one.count++;
    one.sum += value;
    one.least = Math.min(one.least, value);
    one.most = Math.max(one.most, value);
  }
  return [...days]
    .map(([day, { count, missing, sum, least, most }]) =>
      count === 0
        ? { day, count, missing, least: NaN, mean: NaN, most: NaN }
        : { day, count, missing, least, mean: sum / count, most },
    )
    .reverse();
}
