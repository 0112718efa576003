import { Refusal } from '../base/errors.ts';
import type { FlagRange } from '../planning/ports.ts';
import type { RegularSeries } from '../telemetry/types.ts';
import type { Connection } from './connection.ts';
import { dayMs, dayOf, emptyChunk, type DayChunk, type Grid } from './day-chunk.ts';
import { dropUnjudgedFindings, insertFinding, judgedFindings, type NewFinding } from './findings.ts';
import { readDay, storedDays, writeDay } from './series-days.ts';
import { getSeries, refreshTotals } from './series.ts';
import { subtractRanges } from './subtract-ranges.ts';
import { setVerdictBits } from './verdicts.ts';

/**
 * Makes `ranges` the findings of a series and `flags` the bits of its values; values outside the span of `flags` lose theirs.
 *
 * A finding that was judged stays as it was judged. Where a new one of its kind overlaps it, only the part that nobody has judged
 * becomes a finding: a verdict never spreads to hours the operator has not seen.
 * @throws Refusal `not-found`, `bad-request` when `flags` is not on the series' grid
 */
export function replaceFlags(
  connection: Connection,
  seriesId: number,
  ranges: readonly NewFinding[],
  flags: RegularSeries,
): void {
  const { stepMs, phaseMs } = getSeries(connection, seriesId);
  const judged = judgedFindings(connection, seriesId, -Infinity, Infinity);
  dropUnjudgedFindings(connection, seriesId);
  for (const range of ranges)
    for (const part of unjudgedParts(range, judged, stepMs)) insertFinding(connection, seriesId, part);
  if (phaseMs === null) return;
  const grid = { phaseMs, stepMs };
  refuseOtherGrid(grid, flags);
  for (const day of daysToVisit(connection, seriesId, grid, flags)) {
    const chunk = readDay(connection, seriesId, day)?.chunk ?? emptyChunk(grid, day);
    const before = chunk.flags.slice();
    copyFlags(grid, chunk, flags);
    setVerdictBits(grid, chunk, judged);
    if (chunk.flags.some((bits, slot) => bits !== before[slot])) writeDay(connection, seriesId, chunk, null);
  }
  refreshTotals(connection, seriesId, grid);
}

function unjudgedParts(range: NewFinding, judged: readonly FlagRange[], stepMs: number): NewFinding[] {
  const seen = judged
    .filter(({ kind }) => kind === range.kind)
    .map(({ fromUtcMs, toUtcMs }) => ({ fromMs: fromUtcMs, toMs: toUtcMs }));
  return subtractRanges({ fromMs: range.fromUtcMs, toMs: range.toUtcMs }, seen).map(({ fromMs, toMs }) => {
    const whole = fromMs === range.fromUtcMs && toMs === range.toUtcMs;
    const count = whole ? range.count : Math.min(range.count, Math.ceil((toMs - fromMs) / stepMs));
    return { ...range, fromUtcMs: fromMs, toUtcMs: toMs, count };
  });
}

function refuseOtherGrid(grid: Grid, flags: RegularSeries): void {
  const onGrid =
    Number.isInteger((flags.startUtcMs - grid.phaseMs) / grid.stepMs) && flags.stepMinutes * 60_000 === grid.stepMs;
  if (!onGrid || flags.flags.length !== flags.values.length)
    throw new Refusal('bad-request', { call: 'replace flags', problem: 'the flags are not on the grid of the series' });
}

/** Stored days, and days without any value that are to carry a flag. */
function daysToVisit(connection: Connection, seriesId: number, grid: Grid, flags: RegularSeries): number[] {
  const days = new Set(storedDays(connection, seriesId));
  flags.flags.forEach((bits, index) => {
    if (bits !== 0) days.add(dayOf(grid, flags.startUtcMs + index * grid.stepMs));
  });
  return [...days];
}

function copyFlags(grid: Grid, chunk: DayChunk, flags: RegularSeries): void {
  const firstIndex = (grid.phaseMs + chunk.day * dayMs - flags.startUtcMs) / grid.stepMs;
  chunk.flags.forEach((_, slot) => (chunk.flags[slot] = flags.flags[firstIndex + slot] ?? 0));
}
