import { Refusal } from '../base/errors.ts';
import { setSchemaVersion } from '../base/schema-versions.ts';
import type { SetRecord } from '../planning/ports.ts';
import type { Connection } from './connection.ts';
import { packSet, unpackSet } from './set-content.ts';

interface SetRow {
  id: string;
  day: string;
  created_ms: number;
  method: string;
  nominal: number;
  schema_version: number;
  content: Uint8Array;
  content_hash: string;
}

interface SetSummaryRow {
  id: string;
  day: string;
  created_ms: number;
  method: string;
  nominal: number;
}

export const setsSql = {
  insert: `INSERT INTO sets (id, day, created_ms, method, nominal, schema_version, content, content_hash)
    VALUES (:id, :day, :createdMs, :method, :nominal, :schemaVersion, :content, :contentHash)`,
  byId: `SELECT * FROM sets WHERE id = :id`,
  list: `SELECT id, day, created_ms, method, nominal FROM sets WHERE day = ifnull(:day, day) ORDER BY created_ms DESC, id`,
} as const;

/** Sets never change: saving one again does nothing, another content under the same id is a bug. @throws Error */
export function saveSet(connection: Connection, record: SetRecord): void {
  const { id, day, createdAtMs: createdMs, set } = record;
  const packed = packSet(connection, set);
  const known = connection.get<SetRow>(setsSql.byId, { id });
  if (known && known.content_hash === packed.contentHash && known.day === day) return;
  const { method, nominal } = set;
  connection.run(setsSql.insert, { id, day, createdMs, method, nominal, schemaVersion: setSchemaVersion, ...packed });
}

/** @throws Refusal `other-format` for a set kept in another shape, `set-corrupt` for one that was altered or damaged */
export function getSet(connection: Connection, id: string): SetRecord | null {
  const row = connection.get<SetRow>(setsSql.byId, { id });
  if (!row) return null;
  if (row.schema_version !== setSchemaVersion)
    throw new Refusal('other-format', {
      what: 'set',
      id,
      found: row.schema_version,
      known: setSchemaVersion,
      next: 'Fit the day again. It stays as it is, for the version that wrote it.',
    });
  const set = unpackSet(connection, { content: row.content, contentHash: row.content_hash });
  if (!set) throw new Refusal('set-corrupt', { id, problem: 'its content does not have its hash.' });
  if (set.method !== row.method || set.nominal !== row.nominal)
    throw new Refusal('set-corrupt', { id, problem: `it is listed as ${row.method} at ${row.nominal}, and is not.` });
  return { id: row.id, day: row.day, createdAtMs: row.created_ms, set };
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
