/** The list of series: what each is, its grid, and what its stored days add up to. */
import { Refusal } from '../base/errors.ts';
import type { NewBatch, SeriesInfo } from '../planning/ports.ts';
import type { SeriesKind, SeriesUnit } from '../telemetry/types.ts';
import type { Connection } from './connection.ts';
import { dayMs, decodeChunk, type ChunkRow, type Grid } from './day-chunk.ts';

interface SeriesRow {
  id: number;
  kind: string;
  name: string;
  unit: string;
  zone: string;
  step_ms: number;
  source: string;
  phase_ms: number | null;
  from_ms: number | null;
  to_ms: number | null;
  number_count: number;
  flagged_count: number;
}

/** A series as this room knows it; `phaseMs` null until its first value. */
export interface StoredSeries {
  info: SeriesInfo;
  stepMs: number;
  phaseMs: number | null;
}

export const seriesSql = {
  insert: `INSERT INTO series (kind, name, unit, zone, step_ms, source) VALUES (:kind, :name, :unit, :zone, :stepMs, :source)`,
  refresh: `UPDATE series SET zone = :zone, source = :source WHERE id = :id`,
  setPhase: `UPDATE series SET phase_ms = :phaseMs WHERE id = :id`,
  byName: `SELECT * FROM series WHERE kind = :kind AND name = :name`,
  byId: `SELECT * FROM series WHERE id = :id`,
  all: `SELECT * FROM series ORDER BY kind, name`,
  firstDay: `SELECT day, numbers, flags FROM series_days WHERE series_id = :id AND number_count > 0 ORDER BY day LIMIT 1`,
  lastDay: `SELECT day, numbers, flags FROM series_days WHERE series_id = :id AND number_count > 0 ORDER BY day DESC LIMIT 1`,
  setTotals: `UPDATE series SET from_ms = :fromMs, to_ms = :toMs,
      number_count = (SELECT ifnull(sum(number_count), 0) FROM series_days WHERE series_id = :id),
      flagged_count = (SELECT ifnull(sum(flagged_count), 0) FROM series_days WHERE series_id = :id)
    WHERE id = :id`,
} as const;

export function listSeries(connection: Connection): SeriesInfo[] {
  return connection.all<SeriesRow>(seriesSql.all).map((row) => toSeries(row).info);
}

/** @throws Refusal `not-found` */
export function getSeries(connection: Connection, id: number): StoredSeries {
  const row = connection.get<SeriesRow>(seriesSql.byId, { id });
  if (!row) throw new Refusal('not-found', { what: 'series', id });
  return toSeries(row);
}

/**
 * The series of that kind and name, made if new; zone and source follow the newest file.
 * @throws Refusal `import-series-differs` when unit or step are not those it is kept in, `bad-request` for an impossible step.
 */
export function claimSeries(
  connection: Connection,
  batch: NewBatch,
  wanted: NonNullable<NewBatch['series']>,
): StoredSeries {
  const { kind, fileName } = batch;
  const { name, unit, zone, stepMinutes, source } = wanted;
  const stepMs = stepMinutes * 60_000;
  if (!Number.isInteger(stepMs) || stepMs <= 0 || dayMs % stepMs !== 0)
    throw new Refusal('bad-request', {
      call: 'import',
      problem: `a step of ${stepMinutes} minutes does not divide a day`,
    });
  const known = connection.get<SeriesRow>(seriesSql.byName, { kind, name });
  if (!known) {
    const { id } = connection.run(seriesSql.insert, { kind, name, unit, zone, stepMs, source });
    return getSeries(connection, id);
  }
  const differs = (field: string, found: string, kept: string): Refusal =>
    new Refusal('import-series-differs', { file: fileName, series: name, field, found, known: kept });
  if (known.unit !== unit) throw differs('the unit', unit, known.unit);
  if (known.step_ms !== stepMs)
    throw differs('steps of', `${stepMinutes} minutes`, `steps of ${known.step_ms / 60_000} minutes`);
  connection.run(seriesSql.refresh, { id: known.id, zone, source });
  return toSeries({ ...known, zone, source });
}

export function setPhase(connection: Connection, id: number, phaseMs: number): void {
  connection.run(seriesSql.setPhase, { id, phaseMs });
}

/** Brings counts and the enclosed span back in step with the stored days, after they changed. */
export function refreshTotals(connection: Connection, id: number, grid: Grid): void {
  const first = connection.get<ChunkRow>(seriesSql.firstDay, { id });
  const last = connection.get<ChunkRow>(seriesSql.lastDay, { id });
  const isNumber = (value: number): boolean => !Number.isNaN(value);
  const instant = (day: number, slot: number): number => grid.phaseMs + day * dayMs + slot * grid.stepMs;
  const fromMs = first && instant(first.day, decodeChunk(first).numbers.findIndex(isNumber));
  const toMs = last && instant(last.day, decodeChunk(last).numbers.findLastIndex(isNumber) + 1);
  connection.run(seriesSql.setTotals, { id, fromMs, toMs });
}

function toSeries(row: SeriesRow): StoredSeries {
  return {
    stepMs: row.step_ms,
    phaseMs: row.phase_ms,
    info: {
      id: row.id,
      kind: row.kind as SeriesKind,
      name: row.name,
      unit: row.unit as SeriesUnit,
      zone: row.zone,
      stepMinutes: row.step_ms / 60_000,
      source: row.source,
      fromUtcMs: row.from_ms ?? 0,
      toUtcMs: row.to_ms ?? 0,
      valueCount: row.number_count,
      flaggedCount: row.flagged_count,
    },
  };
}
