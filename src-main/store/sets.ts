import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import type { SetRecord } from '../planning/ports.ts';
import type { FittedSet } from '../uncertainty/types.ts';
import type { Connection } from './connection.ts';

interface SetRow {
  id: string;
  day: string;
  created_ms: number;
  set_json: string;
}

interface SetSummaryRow {
  id: string;
  day: string;
  created_ms: number;
  method: string;
  nominal: number;
}

export const setsSql = {
  insert: `INSERT INTO sets (id, day, created_ms, method, nominal, set_json)
    VALUES (:id, :day, :createdMs, :method, :nominal, :setJson)`,
  byId: `SELECT id, day, created_ms, set_json FROM sets WHERE id = :id`,
  list: `SELECT id, day, created_ms, method, nominal FROM sets WHERE day = ifnull(:day, day) ORDER BY created_ms DESC, id`,
} as const;

/** Sets never change: saving one again does nothing, another content under the same id is a bug. @throws Error */
export function saveSet(connection: Connection, record: SetRecord): void {
  const { id, day, createdAtMs: createdMs, set } = record;
  const setJson = canonicalJson(set);
  const known = connection.get<SetRow>(setsSql.byId, { id });
  if (known && known.set_json === setJson && known.day === day) return;
  connection.run(setsSql.insert, { id, day, createdMs, method: set.method, nominal: set.nominal, setJson });
}

export function getSet(connection: Connection, id: string): SetRecord | null {
  const row = connection.get<SetRow>(setsSql.byId, { id });
  if (!row) return null;
  return { id: row.id, day: row.day, createdAtMs: row.created_ms, set: parseCanonicalJson(row.set_json) as FittedSet };
}

/** Newest first. */
export function listSets(
  connection: Connection,
  day?: string,
): { id: string; day: string; createdAtMs: number; method: string; nominal: number }[] {
  return connection.all<SetSummaryRow>(setsSql.list, { day: day ?? null }).map((row) => ({
    id: row.id,
    day: row.day,
    createdAtMs: row.created_ms,
    method: row.method,
    nominal: row.nominal,
  }));
}
