/** When the clocks of a zone change. */
import { zoneOf } from '../../base/zone.ts';

export interface ClockChange {
  atUtcMs: number;
  /** Local date, and the hours that day has. */
  day: string;
  hours: number;
}

/** Clock changes of a zone within [fromUtcMs, toUtcMs). */
export function clockChanges(zoneId: string, fromUtcMs: number, toUtcMs: number): ClockChange[] {
  const zone = zoneOf(zoneId);
  const changes: ClockChange[] = [];
  const dayMs = 86_400_000;
  let offset = zone.offsetMinutes(fromUtcMs);
  for (let at = fromUtcMs; at < toUtcMs; at = Math.min(at + dayMs, toUtcMs)) {
    const next = Math.min(at + dayMs, toUtcMs);
    const after = zone.offsetMinutes(next);
    if (after === offset) continue;
    let [low, high] = [at, next];
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 120_000) * 60_000;
      if (zone.offsetMinutes(middle) === offset) low = middle;
      else high = middle;
    }
    if (high < toUtcMs) changes.push({ atUtcMs: high, day: zone.dateOf(high), hours: 24 - (after - offset) / 60 });
    offset = after;
  }
  return changes;
}
