/** Sets under a name of their own: given once, never moved, never forgotten. */
import { Refusal } from '../base/errors.ts';
import type { FrozenSet } from '../planning/ports.ts';
import { addAudit } from './audit.ts';
import type { Connection } from './connection.ts';
import { setsSql } from './sets.ts';

interface FrozenRow {
  name: string;
  set_id: string;
  note: string;
  operator: string;
  frozen_ms: number;
}

export const frozenSetsSql = {
  insert: `INSERT INTO frozen_sets (name, set_id, note, operator, frozen_ms)
    VALUES (:name, :setId, :note, :operator, :frozenAtMs)`,
  byName: `SELECT name, set_id, note, operator, frozen_ms FROM frozen_sets WHERE name = :name`,
  list: `SELECT name, set_id, note, operator, frozen_ms FROM frozen_sets ORDER BY frozen_ms DESC, name`,
} as const;

/** To be run in one transaction. @throws Refusal `name-taken`, `not-found` */
export function freezeSet(connection: Connection, frozen: FrozenSet): FrozenSet {
  const { name, setId, note, operator, frozenAtMs } = frozen;
  const known = connection.get<FrozenRow>(frozenSetsSql.byName, { name });
  if (known)
    throw new Refusal('name-taken', { name: known.name, when: new Date(known.frozen_ms).toISOString().slice(0, 10) });
  if (!connection.get(setsSql.byId, { id: setId })) throw new Refusal('not-found', { what: 'set', id: setId });
  connection.run(frozenSetsSql.insert, { name, setId, note, operator, frozenAtMs });
  addAudit(connection, { operator, act: 'set.freeze', subject: setId, detail: { name, note } }, frozenAtMs);
  return frozen;
}

export function listFrozen(connection: Connection): FrozenSet[] {
  return connection.all<FrozenRow>(frozenSetsSql.list, {}).map((row) => ({
    name: row.name,
    setId: row.set_id,
    note: row.note,
    operator: row.operator,
    frozenAtMs: row.frozen_ms,
  }));
}
