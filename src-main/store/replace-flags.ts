import { Refusal } from '../base/errors.ts';
import type { FlagPiece, FlagRange } from '../planning/ports.ts';
import type { Connection } from './connection.ts';
import { dayMs, dayOf, emptyChunk, type Grid } from './day-chunk.ts';
import { dropUnjudgedFindings, insertFinding, judgedFindings, type NewFinding } from './findings.ts';
import { flaggedDaysOutside, readDay, writeDay } from './series-days.ts';
import { getSeries, refreshTotals } from './series.ts';
import { subtractRanges } from './subtract-ranges.ts';
import { setVerdictBits } from './verdicts.ts';

interface Span {
  fromMs: number;
  toMs: number;
}

/**
 * Makes the ranges of all pieces the findings of a series and their flags the bits of its values; values outside every piece lose
 * theirs. One piece is held at a time.
 *
 * A finding that was judged stays as it was judged. Where a new one of its kind overlaps it, only the part that nobody has judged
 * becomes a finding: a verdict never spreads to hours the operator has not seen.
 * @throws Refusal `not-found`, `bad-request` when a piece is not on the series' grid or does not follow the one before it
 */
export function replaceFlags(connection: Connection, seriesId: number, pieces: Iterable<FlagPiece>): void {
  const { stepMs, phaseMs } = getSeries(connection, seriesId);
  const judged = judgedFindings(connection, seriesId, -Infinity, Infinity);
  dropUnjudgedFindings(connection, seriesId);
  const grid = phaseMs === null ? null : { phaseMs, stepMs };
  let span = null as Span | null;
  for (const piece of pieces) {
    for (const range of piece.ranges)
      for (const part of unjudgedParts(range, judged, stepMs)) insertFinding(connection, seriesId, part);
    if (!grid) continue;
    refuseMisplaced(grid, piece, span);
    const endMs = piece.startUtcMs + piece.flags.length * stepMs;
    for (let day = dayOf(grid, piece.startUtcMs); day <= dayOf(grid, endMs - 1); day++)
      setFlags(connection, seriesId, grid, day, piece, judged);
    span = { fromMs: span === null ? piece.startUtcMs : span.fromMs, toMs: endMs };
  }
  if (!grid) return;
  clearOutside(connection, seriesId, grid, span, judged);
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

function refuseMisplaced(grid: Grid, piece: FlagPiece, before: Span | null): void {
  const onGrid =
    Number.isInteger((piece.startUtcMs - grid.phaseMs) / grid.stepMs) && piece.stepMinutes * 60_000 === grid.stepMs;
  if (!onGrid)
    throw new Refusal('bad-request', { call: 'replace flags', problem: 'the flags are not on the grid of the series' });
  if (before && piece.startUtcMs !== before.toMs)
    throw new Refusal('bad-request', { call: 'replace flags', problem: 'the pieces do not follow one another' });
}

/** A day without any value is stored when it is to carry a flag. */
function setFlags(
  connection: Connection,
  seriesId: number,
  grid: Grid,
  day: number,
  piece: FlagPiece,
  judged: readonly FlagRange[],
): void {
  const chunk = readDay(connection, seriesId, day)?.chunk ?? emptyChunk(grid, day);
  const before = chunk.flags.slice();
  const firstIndex = (grid.phaseMs + day * dayMs - piece.startUtcMs) / grid.stepMs;
  chunk.flags.forEach((bits, slot) => (chunk.flags[slot] = piece.flags[firstIndex + slot] ?? bits));
  setVerdictBits(grid, chunk, judged);
  if (chunk.flags.some((bits, slot) => bits !== before[slot])) writeDay(connection, seriesId, chunk, null);
}

function clearOutside(
  connection: Connection,
  seriesId: number,
  grid: Grid,
  span: Span | null,
  judged: readonly FlagRange[],
): void {
  const [first, last] = span ? [dayOf(grid, span.fromMs), dayOf(grid, span.toMs - 1)] : [0, -1];
  for (const day of flaggedDaysOutside(connection, seriesId, first, last)) {
    const { chunk } = readDay(connection, seriesId, day)!;
    const startMs = grid.phaseMs + day * dayMs;
    chunk.flags.forEach((_, slot) => {
      const atMs = startMs + slot * grid.stepMs;
      if (!span || atMs < span.fromMs || atMs >= span.toMs) chunk.flags[slot] = 0;
    });
    setVerdictBits(grid, chunk, judged);
    writeDay(connection, seriesId, chunk, null);
  }
}
