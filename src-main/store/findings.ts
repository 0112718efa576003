/** Quality findings as rows: what was found in which range, and what the operator said of it. */
import { Refusal } from '../base/errors.ts';
import type { FlagRange, TelemetryStore } from '../planning/ports.ts';
import type { Connection } from './connection.ts';

interface FindingRow {
  id: number;
  series_id: number;
  kind: string;
  from_ms: number;
  to_ms: number;
  value_count: number;
  detail: string;
  verdict: 'good' | 'bad' | null;
  reason: string | null;
  operator: string | null;
  judged_ms: number | null;
}

export type NewFinding = Omit<FlagRange, 'id' | 'seriesId' | 'override'>;
export type Verdict = NonNullable<FlagRange['override']>;

export const findingsSql = {
  insert: `INSERT INTO findings (series_id, kind, from_ms, to_ms, value_count, detail)
    VALUES (:seriesId, :kind, :fromMs, :toMs, :valueCount, :detail)`,
  judge: `UPDATE findings SET verdict = :verdict, reason = :reason, operator = :operator, judged_ms = :judgedMs WHERE id = :id`,
  byId: `SELECT * FROM findings WHERE id = :id`,
  judged: `SELECT * FROM findings WHERE series_id = :seriesId AND verdict IS NOT NULL AND from_ms < :toMs AND to_ms > :fromMs
    ORDER BY judged_ms, id`,
  dropUnjudged: `DELETE FROM findings WHERE series_id = :seriesId AND verdict IS NULL`,
  page: `SELECT * FROM findings WHERE series_id = ifnull(:seriesId, series_id) AND kind = ifnull(:kind, kind)
    ORDER BY series_id, from_ms, id LIMIT :limit OFFSET :offset`,
  count: `SELECT count(*) AS total FROM findings WHERE series_id = ifnull(:seriesId, series_id) AND kind = ifnull(:kind, kind)`,
} as const;

export function insertFinding(connection: Connection, seriesId: number, finding: NewFinding): number {
  const { kind, fromUtcMs: fromMs, toUtcMs: toMs, count: valueCount, detail } = finding;
  return connection.run(findingsSql.insert, { seriesId, kind, fromMs, toMs, valueCount, detail }).id;
}

export function judgeFinding(connection: Connection, id: number, verdict: Verdict): void {
  const { verdict: said, reason, operator, atMs: judgedMs } = verdict;
  connection.run(findingsSql.judge, { id, verdict: said, reason, operator, judgedMs });
}

/** @throws Refusal `not-found` */
export function getFinding(connection: Connection, id: number): FlagRange {
  const row = connection.get<FindingRow>(findingsSql.byId, { id });
  if (!row) throw new Refusal('not-found', { what: 'flag', id });
  return toFlagRange(row);
}

/** Findings with a verdict that touch [fromMs, toMs), the latest verdict last. */
export function judgedFindings(connection: Connection, seriesId: number, fromMs: number, toMs: number): FlagRange[] {
  return connection.all<FindingRow>(findingsSql.judged, { seriesId, fromMs, toMs }).map(toFlagRange);
}

export function dropUnjudgedFindings(connection: Connection, seriesId: number): void {
  connection.run(findingsSql.dropUnjudged, { seriesId });
}

export function listFindings(
  connection: Connection,
  filter: Parameters<TelemetryStore['listFlags']>[0],
): { total: number; ranges: FlagRange[] } {
  const chosen = { seriesId: filter.seriesId ?? null, kind: filter.kind ?? null };
  const { total } = connection.get<{ total: number }>(findingsSql.count, chosen)!;
  const rows = connection.all<FindingRow>(findingsSql.page, { ...chosen, limit: filter.limit, offset: filter.offset });
  return { total, ranges: rows.map(toFlagRange) };
}

function toFlagRange(row: FindingRow): FlagRange {
  const { verdict, reason, operator, judged_ms: atMs } = row;
  const judged = verdict !== null && reason !== null && operator !== null && atMs !== null;
  return {
    id: row.id,
    seriesId: row.series_id,
    kind: row.kind,
    fromUtcMs: row.from_ms,
    toUtcMs: row.to_ms,
    count: row.value_count,
    detail: row.detail,
    override: judged ? { verdict, reason, operator, atMs } : null,
  };
}
