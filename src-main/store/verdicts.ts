/**
 * The operator's word on values. The findings say which ranges were judged and how; the bits operatorGood and operatorBad of the
 * values always follow them, the latest verdict winning where ranges overlap.
 */
import type { FlagRange } from '../planning/ports.ts';
import type { Connection } from './connection.ts';
import { dayMs, dayOf, operatorBad, operatorGood, withoutVerdict, type DayChunk, type Grid } from './day-chunk.ts';
import { judgedFindings } from './findings.ts';
import { readDay, writeDay } from './series-days.ts';

/** Sets the verdict bits of every stored value in [fromMs, toMs) anew; a value counts to a range that it overlaps. */
export function applyVerdicts(
  connection: Connection,
  seriesId: number,
  grid: Grid,
  fromMs: number,
  toMs: number,
): void {
  const judged = judgedFindings(connection, seriesId, fromMs, toMs);
  const days = new Set<number>();
  for (const { fromUtcMs, toUtcMs } of judged) {
    const last = dayOf(grid, Math.min(toUtcMs, toMs) - 1);
    for (let day = dayOf(grid, Math.max(fromUtcMs, fromMs)); day <= last; day++) days.add(day);
  }
  for (const day of days) {
    const stored = readDay(connection, seriesId, day);
    if (!stored) continue;
    // The whole day is set anew, so ranges beyond [fromMs, toMs) that reach into it count as well.
    const startMs = grid.phaseMs + day * dayMs;
    const ofDay = judgedFindings(connection, seriesId, startMs, startMs + dayMs);
    if (setVerdictBits(grid, stored.chunk, ofDay) === 'changed') writeDay(connection, seriesId, stored.chunk, null);
  }
}

/** `judged` in order of judgement. A slot of which no file has spoken has no value that could be judged. */
export function setVerdictBits(grid: Grid, chunk: DayChunk, judged: readonly FlagRange[]): 'changed' | 'same' {
  const { numbers, flags } = chunk;
  let result: 'changed' | 'same' = 'same';
  for (let slot = 0; slot < numbers.length; slot++) {
    const found = withoutVerdict(flags[slot]!);
    const startMs = grid.phaseMs + chunk.day * dayMs + slot * grid.stepMs;
    const stored = found !== 0 || !Number.isNaN(numbers[slot]);
    const verdict = stored
      ? judged.findLast(({ fromUtcMs, toUtcMs }) => startMs < toUtcMs && startMs + grid.stepMs > fromUtcMs)?.override
          ?.verdict
      : undefined;
    const wanted = found | (verdict === 'good' ? operatorGood : verdict === 'bad' ? operatorBad : 0);
    if (wanted === flags[slot]) continue;
    flags[slot] = wanted;
    result = 'changed';
  }
  return result;
}
