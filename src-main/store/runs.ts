/** Pieces of work that were started, and how they ended. */
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import { Refusal, type ErrorReport } from '../base/errors.ts';
import type { NewRun, RunEnd, RunInfo } from '../planning/ports.ts';
import type { Connection } from './connection.ts';
import { isGone } from './process-life.ts';

interface RunRow {
  id: number;
  kind: string;
  title: string;
  asked_json: string;
  operator: string;
  process_id: number;
  started_ms: number;
  ended_ms: number | null;
  outcome: RunInfo['outcome'];
  said: string;
  result: string | null;
  error_json: string | null;
}

export const runsSql = {
  start: `INSERT INTO runs (kind, title, asked_json, operator, process_id, started_ms)
    VALUES (:kind, :title, :askedJson, :operator, :processId, :startedMs)`,
  end: `UPDATE runs SET ended_ms = :endedMs, outcome = :outcome, said = :said, result = :result, error_json = :errorJson
    WHERE id = :id AND ended_ms IS NULL`,
  underWay: `SELECT * FROM runs WHERE outcome IS NULL`,
  lose: `UPDATE runs SET outcome = 'lost' WHERE id = :id AND outcome IS NULL`,
  dropOpenBackups: `DELETE FROM runs WHERE kind = 'backup' AND outcome IS NULL`,
  page: `SELECT * FROM runs ORDER BY id DESC LIMIT :limit OFFSET :offset`,
  count: `SELECT count(*) AS total FROM runs`,
} as const;

export function startRun(connection: Connection, run: NewRun): number {
  const { kind, title, operator, startedAtMs: startedMs } = run;
  const askedJson = canonicalJson(run.asked ?? null);
  return connection.run(runsSql.start, { kind, title, askedJson, operator, processId: process.pid, startedMs }).id;
}

/** A run given up as lost may still report its end. @throws Refusal `not-found` for a run that was never started or has ended. */
export function endRun(connection: Connection, id: number, end: RunEnd): void {
  const { outcome, said, result, error, endedAtMs: endedMs } = end;
  const errorJson = error && JSON.stringify(error);
  if (connection.run(runsSql.end, { id, outcome, said, result, errorJson, endedMs }).changes === 0)
    throw new Refusal('not-found', { what: 'running piece of work', id });
}

/** Runs under way whose process is no more: nobody is left to tell how they ended. */
export function lostRuns(connection: Connection): number[] {
  return connection
    .all<RunRow>(runsSql.underWay)
    .filter((row) => isGone(row.process_id, row.started_ms))
    .map(({ id }) => id);
}

export function closeLostRuns(connection: Connection): void {
  for (const id of lostRuns(connection)) connection.run(runsSql.lose, { id });
}

/** Newest first. */
export function listRuns(
  connection: Connection,
  page: { offset: number; limit: number },
): { total: number; runs: RunInfo[] } {
  const { total } = connection.get<{ total: number }>(runsSql.count)!;
  const rows = connection.all<RunRow>(runsSql.page, { offset: page.offset, limit: page.limit });
  return { total, runs: rows.map(runOf) };
}

function runOf(row: RunRow): RunInfo {
  const { id, kind, title, operator, outcome, said, result } = row;
  return {
    id,
    kind,
    title,
    asked: parseCanonicalJson(row.asked_json),
    operator,
    startedAtMs: row.started_ms,
    endedAtMs: row.ended_ms,
    outcome,
    said,
    result,
    error: row.error_json === null ? null : (JSON.parse(row.error_json) as ErrorReport),
  };
}
