/** Where the quality rules read a series from, a stretch at a time: it may be longer than memory. */
import type { RegularSeries } from '../types.ts';

/** What is known of a series without its values. Slots count from its first value. */
export interface SeriesShape extends Pick<RegularSeries, 'kind' | 'unit' | 'startUtcMs' | 'stepMinutes'> {
  length: number;
}

export interface QualitySource {
  shape: SeriesShape;
  /** Slots [from, to), both within the series. */
  read(from: number, to: number): Pick<RegularSeries, 'values' | 'flags'>;
  /**
   * Forecast beside the actual, or the reverse, on the same step: its values of [fromUtcMs, toUtcMs) as far as it reaches; null when
   * there is none.
   */
  readOther(fromUtcMs: number, toUtcMs: number): RegularSeries | null;
}

/** A series that is in memory already. */
export function sourceOf(series: RegularSeries, other: RegularSeries | null): QualitySource {
  const { kind, unit, startUtcMs, stepMinutes, values, flags } = series;
  return {
    shape: { kind, unit, startUtcMs, stepMinutes, length: values.length },
    read: (from, to) => ({ values: values.subarray(from, to), flags: flags.subarray(from, to) }),
    readOther: (fromUtcMs, toUtcMs) => other && cut(other, fromUtcMs, toUtcMs),
  };
}

function cut(series: RegularSeries, fromUtcMs: number, toUtcMs: number): RegularSeries {
  const stepMs = series.stepMinutes * 60_000;
  const slotAt = (utcMs: number): number =>
    Math.min(series.values.length, Math.max(0, Math.ceil((utcMs - series.startUtcMs) / stepMs)));
  const [from, to] = [slotAt(fromUtcMs), slotAt(toUtcMs)];
  return {
    ...series,
    startUtcMs: series.startUtcMs + from * stepMs,
    values: series.values.subarray(from, to),
    flags: series.flags.subarray(from, to),
  };
}
