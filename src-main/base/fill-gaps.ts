/**
 * Stand-ins for values that are missing or not trusted, by the rule the operator chose. The one place where numbers are made up:
 * forecasts, prices and the cleaned export all come here, and whoever calls says so beside the value.
 *
 * A gap of at most `lineMinutes` between two sound values takes the straight line between them; every other gap takes
 *
 *   week-before   the same clock time a week before, where there is none the day before
 *   day-before    the same clock time the day before, where there is none the week before
 *   last-value    the value before the gap, held on
 *   leave-out     nothing; what is learnt day by day leaves the whole day out
 *
 * Only earlier values are looked at, stand-ins among them, so that a past day is filled with what was known then.
 */
export const fillMethods = ['week-before', 'day-before', 'last-value', 'leave-out'] as const;
export type FillMethod = (typeof fillMethods)[number];

export interface FillRule {
  /** Longest gap a straight line may cross; 0: none. */
  lineMinutes: number;
  longer: FillMethod;
}

/** Load and feed-in repeat by the week; two hours can be seen through. */
export const weeklyFill: FillRule = { lineMinutes: 120, longer: 'week-before' };

export interface Gappy {
  values: Float64Array;
  /** The value is missing or not trusted. */
  isOpen: (at: number) => boolean;
  stepMinutes: number;
  /** Index of the same clock time so many days before; negative when there is none. */
  earlier: (at: number, days: number) => number;
}

export interface GapFill {
  /** NaN where the rule leaves a gap open. */
  values: Float64Array;
  /** Values on a straight line, by the rule for longer gaps, and left open. */
  counts: FillCounts;
  /** Gaps [from, to) too long for a line. */
  longGaps: [from: number, to: number][];
}

export interface FillCounts {
  line: number;
  longer: number;
  open: number;
}

export function fillGaps({ values: found, isOpen, stepMinutes, earlier }: Gappy, rule: FillRule): GapFill {
  const values = found.slice();
  const counts: FillCounts = { line: 0, longer: 0, open: 0 };
  const longGaps: GapFill['longGaps'] = [];
  const sameClock = (at: number, days: number): number => values[earlier(at, days)] ?? NaN;
  const standIn = (at: number, from: number): number => {
    switch (rule.longer) {
      case 'week-before':
        return firstKnown(sameClock(at, 7), sameClock(at, 1));
      case 'day-before':
        return firstKnown(sameClock(at, 1), sameClock(at, 7));
      case 'last-value':
        return values[from - 1] ?? NaN;
      case 'leave-out':
        return NaN;
    }
  };
  for (let from = 0; from < found.length; from++) {
    if (!isOpen(from)) continue;
    let to = from + 1;
    while (to < found.length && isOpen(to)) to++;
    const [before, after] = [values[from - 1] ?? NaN, found[to] ?? NaN];
    const onLine = (to - from) * stepMinutes <= rule.lineMinutes && !Number.isNaN(before) && !Number.isNaN(after);
    if (!onLine) longGaps.push([from, to]);
    for (let at = from; at < to; at++) {
      values[at] = onLine ? before + ((after - before) * (at - from + 1)) / (to - from + 1) : standIn(at, from);
      counts[Number.isNaN(values[at]!) ? 'open' : onLine ? 'line' : 'longer']++;
    }
    from = to;
  }
  return { values, counts, longGaps };
}

const firstKnown = (first: number, second: number): number => (Number.isNaN(first) ? second : first);
