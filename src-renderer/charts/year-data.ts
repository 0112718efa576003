/** Long series brought onto the shared time column that uPlot wants; a missing value is null there and leaves a gap. */
import uPlot from 'uplot';
import type { Meaning } from './meaning.ts';

export interface YearLine {
  id: string | number;
  name: string;
  meaning: Meaning;
  startUtcMs: number;
  stepMinutes: number;
  /** NaN where there is no value. All lines of one chart share a unit. */
  values: Float64Array;
}

export interface FlaggedRange {
  id: number;
  kind: string;
  fromUtcMs: number;
  toUtcMs: number;
  detail: string;
}

const minute = 60_000;

export function yearData(lines: readonly YearLine[]): uPlot.AlignedData {
  const tables = lines.map((line): [number[], (number | null)[]] => [
    Array.from(line.values, (_, i) => line.startUtcMs + i * line.stepMinutes * minute),
    Array.from(line.values, (value) => (Number.isNaN(value) ? null : value)),
  ]);
  if (tables.length === 1) return tables[0]!;
  // Lines on other grids get holes at times that are not theirs: those must not break the line (mode 1), real gaps must (null).
  return uPlot.join(
    tables,
    lines.map(() => [0, 1]),
  );
}

export function yearExtent(lines: readonly YearLine[]): { fromMs: number; toMs: number } {
  const from = Math.min(...lines.map((line) => line.startUtcMs));
  const to = Math.max(...lines.map((line) => line.startUtcMs + line.values.length * line.stepMinutes * minute));
  return { fromMs: from, toMs: to };
}

/** The value whose interval holds the instant; NaN outside. */
export function valueAt(line: YearLine, utcMs: number): number {
  return line.values[Math.floor((utcMs - line.startUtcMs) / (line.stepMinutes * minute))] ?? NaN;
}

/** The flag after (or before) the instant, going round at the ends; flags in order of time. */
export function neighbourFlag(
  flags: readonly FlaggedRange[],
  chosen: number | null,
  atMs: number,
  direction: 1 | -1,
): FlaggedRange | undefined {
  if (flags.length === 0) return undefined;
  const current = flags.findIndex((flag) => flag.id === chosen);
  if (current >= 0) return flags[(current + direction + flags.length) % flags.length];
  if (direction === 1) return flags.find((flag) => flag.fromUtcMs > atMs) ?? flags[0];
  return flags.findLast((flag) => flag.toUtcMs <= atMs) ?? flags.at(-1);
}
