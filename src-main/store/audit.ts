/** The log of who did what; rows are only ever added. */
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import type { AuditEntry } from '../planning/ports.ts';
import type { Connection } from './connection.ts';

interface AuditRow {
  id: number;
  at_ms: number;
  operator: string;
  act: string;
  subject: string;
  detail_json: string;
}

export type NewAuditEntry = Omit<AuditEntry, 'id' | 'atMs'>;

export const auditSql = {
  insert: `INSERT INTO audit (at_ms, operator, act, subject, detail_json) VALUES (:atMs, :operator, :act, :subject, :detailJson)`,
  page: `SELECT * FROM audit ORDER BY id DESC LIMIT :limit OFFSET :offset`,
  count: `SELECT count(*) AS total FROM audit`,
  last: `SELECT max(at_ms) AS at_ms FROM audit WHERE act = :act`,
} as const;

export function addAudit(connection: Connection, entry: NewAuditEntry, atMs: number): void {
  const { operator, act, subject, detail } = entry;
  connection.run(auditSql.insert, { atMs, operator, act, subject, detailJson: canonicalJson(detail ?? null) });
}

/** When this was last done; null for never. */
export function lastActMs(connection: Connection, act: string): number | null {
  return connection.get<{ at_ms: number | null }>(auditSql.last, { act })?.at_ms ?? null;
}

/** Newest first. */
export function listAudit(
  connection: Connection,
  page: { offset: number; limit: number },
): { total: number; entries: AuditEntry[] } {
  const { total } = connection.get<{ total: number }>(auditSql.count)!;
  const rows = connection.all<AuditRow>(auditSql.page, { offset: page.offset, limit: page.limit });
  const entries = rows.map((row) => ({
    id: row.id,
    atMs: row.at_ms,
    operator: row.operator,
    act: row.act,
    subject: row.subject,
    detail: parseCanonicalJson(row.detail_json),
  }));
  return { total, entries };
}
