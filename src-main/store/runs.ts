/** Pieces of work that were started, and how they ended. */
import { canonicalJson } from '../base/canonical-json.ts';
import { Refusal, type ErrorReport } from '../base/errors.ts';
import type { Connection } from './connection.ts';

export const runsSql = {
  start: `INSERT INTO runs (kind, detail_json, started_ms) VALUES (:kind, :detailJson, :startedMs)`,
  end: `UPDATE runs SET ended_ms = :endedMs, outcome = :outcome, error_json = :errorJson WHERE id = :id AND ended_ms IS NULL`,
} as const;

export function startRun(connection: Connection, kind: string, detail: unknown, startedMs: number): number {
  return connection.run(runsSql.start, { kind, detailJson: canonicalJson(detail ?? null), startedMs }).id;
}

/** @throws Refusal `not-found` for a run that was never started or has ended. */
export function endRun(
  connection: Connection,
  id: number,
  end: { outcome: 'done' | 'cancelled' | 'failed'; error: ErrorReport | null; endedMs: number },
): void {
  const { outcome, error, endedMs } = end;
  const errorJson = error && JSON.stringify(error);
  if (connection.run(runsSql.end, { id, outcome, errorJson, endedMs }).changes === 0)
    throw new Refusal('not-found', { what: 'running piece of work', id });
}
