/** The time a row states, put together from one column or from a date column and a time-of-day column. */
import { isMissing } from '../text/cells.ts';
import type { DateOrder } from '../mapping.ts';
import { emptyTime, parseTime, type ParsedTime } from './parse-time.ts';

export interface WrittenTime {
  /** Fills `parsed` and says whether the row states a time, none, or something that is not a time. */
  read(cells: readonly string[]): 'time' | 'missing' | 'bad';
  readonly parsed: ParsedTime;
  /** Index of the column a bad text stands in. */
  readonly badIndex: number;
}

/** `dateIndex` -1: the instant stands in one column. */
export function createWrittenTime(timeIndex: number, dateIndex: number, order: DateOrder): WrittenTime {
  const parsed = emptyTime();
  const clock = emptyTime();
  let badIndex = timeIndex;
  const bad = (index: number): 'bad' => {
    badIndex = index;
    return 'bad';
  };
  return {
    parsed,
    get badIndex() {
      return badIndex;
    },
    read(cells) {
      const timeText = cells[timeIndex] ?? '';
      if (dateIndex < 0) {
        if (parseTime(timeText, order, parsed) && parsed.hasDate) return 'time';
        return isMissing(timeText) ? 'missing' : bad(timeIndex);
      }
      const dateText = cells[dateIndex] ?? '';
      if (isMissing(dateText) || isMissing(timeText)) return 'missing';
      if (!parseTime(dateText, order, parsed) || !parsed.hasDate) return bad(dateIndex);
      if (!parseTime(timeText, order, clock) || !clock.hasTime) return bad(timeIndex);
      // A date column may carry an idle T00:00:00; the time of day counts from midnight.
      parsed.localMs =
        Math.floor(parsed.localMs / 86_400_000) * 86_400_000 +
        (clock.localMs % 86_400_000) +
        (clock.localMs === 86_400_000 ? 86_400_000 : 0);
      if (!Number.isNaN(clock.offsetMinutes)) parsed.offsetMinutes = clock.offsetMinutes;
      return 'time';
    },
  };
}
