/** Reading and writing the days of a series. */
import type { Connection } from './connection.ts';
import { decodeChunk, encodeChunk, type ChunkRow, type DayChunk } from './day-chunk.ts';

interface OwnedChunkRow extends ChunkRow {
  batch_id: number | null;
}

export const seriesDaysSql = {
  range: `SELECT day, numbers, flags FROM series_days WHERE series_id = :seriesId AND day BETWEEN :firstDay AND :lastDay ORDER BY day`,
  flaggedOutside: `SELECT day FROM series_days WHERE series_id = :seriesId AND (day <= :firstDay OR day >= :lastDay)
    AND flags IS NOT NULL ORDER BY day`,
  one: `SELECT day, batch_id, numbers, flags FROM series_days WHERE series_id = :seriesId AND day = :day`,
  put: `INSERT INTO series_days (series_id, day, batch_id, number_count, flagged_count, numbers, flags)
    VALUES (:seriesId, :day, :batchId, :numberCount, :flaggedCount, :numbers, :flags)
    ON CONFLICT (series_id, day) DO UPDATE SET batch_id = ifnull(excluded.batch_id, batch_id),
      number_count = excluded.number_count, flagged_count = excluded.flagged_count,
      numbers = excluded.numbers, flags = excluded.flags`,
} as const;

/** Stored days from the first to the last, both included, in order, as bytes for readers that copy them whole. */
export function readDayRows(
  connection: Connection,
  seriesId: number,
  firstDay: number,
  lastDay: number,
): IterableIterator<ChunkRow> {
  return connection.iterate<ChunkRow>(seriesDaysSql.range, { seriesId, firstDay, lastDay });
}

/** Days with flags up to and including the first and from the last day of a span on. */
export function flaggedDaysOutside(
  connection: Connection,
  seriesId: number,
  firstDay: number,
  lastDay: number,
): number[] {
  return connection
    .all<{ day: number }>(seriesDaysSql.flaggedOutside, { seriesId, firstDay, lastDay })
    .map((row) => row.day);
}

export function readDay(
  connection: Connection,
  seriesId: number,
  day: number,
): { chunk: DayChunk; batchId: number | null } | null {
  const row = connection.get<OwnedChunkRow>(seriesDaysSql.one, { seriesId, day });
  return row && { chunk: decodeChunk(row), batchId: row.batch_id };
}

/** `batchId` null leaves the import that a stored day belongs to. */
export function writeDay(connection: Connection, seriesId: number, chunk: DayChunk, batchId: number | null): void {
  connection.run(seriesDaysSql.put, { seriesId, batchId, ...encodeChunk(chunk) });
}
