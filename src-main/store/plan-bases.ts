/** Where the solver ended on the newest plans, for what-ifs to begin at. Nothing depends on it: what is gone or unreadable is not there. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { Refusal } from '../base/errors.ts';
import type { NamedBasis } from '../planning/ports.ts';
import type { Connection } from './connection.ts';

/** A plan with services takes some 80 kB. */
const mostKept = 50;

export const planBasesSql = {
  plan: `SELECT id FROM plans WHERE id = :id`,
  save: `INSERT INTO plan_bases (plan_id, saved_ms, basis) VALUES (:id, :atMs, :basis)
    ON CONFLICT (plan_id) DO UPDATE SET saved_ms = excluded.saved_ms, basis = excluded.basis`,
  drop: `DELETE FROM plan_bases WHERE plan_id NOT IN
    (SELECT plan_id FROM plan_bases ORDER BY saved_ms DESC, rowid DESC LIMIT :mostKept)`,
  byPlan: `SELECT basis FROM plan_bases WHERE plan_id = :id`,
} as const;

type Statuses = [name: string, status: number][];

/** @throws Refusal `plan-not-found` */
export function savePlanBasis(connection: Connection, id: string, { columns, rows }: NamedBasis, atMs: number): void {
  if (!connection.get(planBasesSql.plan, { id })) throw new Refusal('plan-not-found', { id });
  const basis = gzipSync(JSON.stringify([[...columns], [...rows]]));
  connection.run(planBasesSql.save, { id, atMs, basis });
  connection.run(planBasesSql.drop, { mostKept });
}

export function getPlanBasis(connection: Connection, id: string): NamedBasis | null {
  const row = connection.get<{ basis: Uint8Array }>(planBasesSql.byPlan, { id });
  if (!row) return null;
  try {
    const [columns, rows] = JSON.parse(gunzipSync(row.basis).toString()) as [Statuses, Statuses];
    return { columns: new Map(columns), rows: new Map(rows) };
  } catch {
    return null;
  }
}
