import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import type { Connection } from './connection.ts';

export const sweepsSql = {
  save: `INSERT INTO sweeps (day, sweep_key, saved_ms, points_json) VALUES (:day, :key, :savedMs, :pointsJson)
    ON CONFLICT (day, sweep_key) DO UPDATE SET saved_ms = excluded.saved_ms, points_json = excluded.points_json`,
  get: `SELECT points_json FROM sweeps WHERE day = :day AND sweep_key = :key`,
  list: `SELECT sweep_key, points_json FROM sweeps WHERE day = :day ORDER BY saved_ms DESC, sweep_key`,
} as const;

export function saveSweep(connection: Connection, day: string, key: string, points: unknown, savedMs: number): void {
  connection.run(sweepsSql.save, { day, key, savedMs, pointsJson: canonicalJson(points) });
}

/** Null when there is none. */
export function getSweep(connection: Connection, day: string, key: string): unknown {
  const row = connection.get<{ points_json: string }>(sweepsSql.get, { day, key });
  return row && parseCanonicalJson(row.points_json);
}

/** Newest first. */
export function listSweeps(connection: Connection, day: string): { key: string; points: unknown }[] {
  return connection
    .all<{ sweep_key: string; points_json: string }>(sweepsSql.list, { day })
    .map((row) => ({ key: row.sweep_key, points: parseCanonicalJson(row.points_json) }));
}
