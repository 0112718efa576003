import { addDays, zoneOf } from '../base/zone.ts';
import type { Connection } from './connection.ts';
import { isFlagged } from './day-chunk.ts';
import { readSeries } from './read-series.ts';
import { getSeries } from './series.ts';

/**
 * Per local day of the zone, from the first to the last day of the series: the share of the day's slots (of 23, 24 or 25 hours)
 * that hold a number nobody doubts, and how many are flagged.
 * @throws Refusal `not-found`
 */
export function dayQuality(
  connection: Connection,
  seriesId: number,
  zone: string,
): { days: string[]; validShare: Float64Array; flagged: Float64Array } {
  const { info, stepMs } = getSeries(connection, seriesId);
  const rules = zoneOf(zone);
  const days: string[] = [];
  const shares: number[] = [];
  const flaggedCounts: number[] = [];
  if (info.toUtcMs > info.fromUtcMs) {
    const last = rules.dateOf(info.toUtcMs - 1);
    for (let day = rules.dateOf(info.fromUtcMs); day <= last; day = addDays(day, 1)) days.push(day);
    const series = readSeries(connection, seriesId, rules.startOfDay(days[0]!), rules.startOfDay(addDays(last, 1)));
    let index = 0;
    for (const day of days) {
      const end = (rules.startOfDay(addDays(day, 1)) - series.startUtcMs) / stepMs;
      let valid = 0;
      let flagged = 0;
      const first = index;
      for (; index < end; index++) {
        if (isFlagged(series.flags[index]!)) flagged++;
        else if (!Number.isNaN(series.values[index])) valid++;
      }
      shares.push(index > first ? valid / (index - first) : 0);
      flaggedCounts.push(flagged);
    }
  }
  return { days, validShare: Float64Array.from(shares), flagged: Float64Array.from(flaggedCounts) };
}
