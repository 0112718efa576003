import { Refusal } from '../base/errors.ts';
import type { RegularSeries } from '../telemetry/types.ts';
import type { Connection } from './connection.ts';
import { bytesOf, firstIndexFrom, slotsPerDay, type Grid } from './day-chunk.ts';
import { readDayRows } from './series-days.ts';
import { getSeries } from './series.ts';

/** A century of one-minute values is enough for one answer. */
const mostValues = 53_000_000;

/**
 * Values of [fromUtcMs, toUtcMs) on the series' own grid, the first at the first grid instant at or after `fromUtcMs`;
 * NaN and no flags where nothing is stored.
 * @throws Refusal `not-found`, `bad-request` for a span that is no span or would not fit into memory.
 */
export function readSeries(connection: Connection, id: number, fromUtcMs: number, toUtcMs: number): RegularSeries {
  const { info, stepMs, phaseMs } = getSeries(connection, id);
  const grid: Grid = { stepMs, phaseMs: phaseMs ?? 0 };
  const firstIndex = firstIndexFrom(grid, fromUtcMs);
  const length = Math.max(0, firstIndexFrom(grid, toUtcMs) - firstIndex);
  if (!(length <= mostValues))
    throw new Refusal('bad-request', {
      call: 'read series',
      problem: `from ${fromUtcMs} to ${toUtcMs} is not a span of at most ${mostValues} values`,
    });
  const values = new Float64Array(length).fill(NaN);
  const flags = new Uint16Array(length);
  if (length > 0) copyDays(connection, id, grid, firstIndex, values, flags);
  const startUtcMs = grid.phaseMs + firstIndex * stepMs;
  return { kind: info.kind, unit: info.unit, startUtcMs, stepMinutes: info.stepMinutes, values, flags };
}

/** Copies bytes straight from the rows: value i of the answer is index firstIndex + i of the grid. */
function copyDays(
  connection: Connection,
  id: number,
  grid: Grid,
  firstIndex: number,
  values: Float64Array,
  flags: Uint16Array,
): void {
  const perDay = slotsPerDay(grid);
  const endIndex = firstIndex + values.length;
  const valueBytes = bytesOf(values);
  const flagBytes = bytesOf(flags);
  const days = readDayRows(connection, id, Math.floor(firstIndex / perDay), Math.floor((endIndex - 1) / perDay));
  for (const row of days) {
    const dayIndex = row.day * perDay;
    const from = Math.max(dayIndex, firstIndex);
    const to = Math.min(dayIndex + perDay, endIndex);
    valueBytes.set(row.numbers.subarray((from - dayIndex) * 8, (to - dayIndex) * 8), (from - firstIndex) * 8);
    if (row.flags)
      flagBytes.set(row.flags.subarray((from - dayIndex) * 2, (to - dayIndex) * 2), (from - firstIndex) * 2);
  }
}
