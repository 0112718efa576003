import { Refusal } from '../base/errors.ts';
import type { FlagRange } from '../planning/ports.ts';
import { addAudit } from './audit.ts';
import type { Connection } from './connection.ts';
import { getFinding, insertFinding, judgeFinding, type Verdict } from './findings.ts';
import { readSeries } from './read-series.ts';
import { getSeries, refreshTotals } from './series.ts';
import { applyVerdicts } from './verdicts.ts';

/**
 * The operator's verdict on a finding, on its values and in the audit log.
 * @throws Refusal `not-found`, `reason-needed`
 */
export function overrideFlag(connection: Connection, flagId: number, verdict: Verdict): FlagRange {
  refuseWithoutReason('Overriding a flag', verdict.reason);
  const before = getFinding(connection, flagId);
  settle(connection, before, verdict);
  const { operator, atMs } = verdict;
  const detail = { flag: before.kind, ...rangeOf(before), before: before.override, after: verdict };
  addAudit(connection, { operator, act: 'telemetry.override', subject: `series ${before.seriesId}`, detail }, atMs);
  return getFinding(connection, flagId);
}

/**
 * A range marked bad by hand, as a finding of its own that is judged from the start.
 * @throws Refusal `not-found`, `reason-needed`, `bad-request` for an empty range
 */
export function markBad(
  connection: Connection,
  seriesId: number,
  fromUtcMs: number,
  toUtcMs: number,
  verdict: Verdict,
): FlagRange {
  refuseWithoutReason('Marking values bad', verdict.reason);
  getSeries(connection, seriesId);
  if (!(toUtcMs > fromUtcMs))
    throw new Refusal('bad-request', { call: 'mark bad', problem: 'the end of the range is not after its start' });
  const count = readSeries(connection, seriesId, fromUtcMs, toUtcMs).values.filter(
    (value) => !Number.isNaN(value),
  ).length;
  const finding = { kind: 'operatorBad', fromUtcMs, toUtcMs, count, detail: verdict.reason };
  const id = insertFinding(connection, seriesId, finding);
  settle(connection, getFinding(connection, id), verdict);
  const { operator, reason, atMs } = verdict;
  const detail = { fromUtcMs, toUtcMs, count, reason };
  addAudit(connection, { operator, act: 'telemetry.markBad', subject: `series ${seriesId}`, detail }, atMs);
  return getFinding(connection, id);
}

function settle(connection: Connection, finding: FlagRange, verdict: Verdict): void {
  judgeFinding(connection, finding.id, verdict);
  const { stepMs, phaseMs } = getSeries(connection, finding.seriesId);
  if (phaseMs === null) return;
  const grid = { stepMs, phaseMs };
  applyVerdicts(connection, finding.seriesId, grid, finding.fromUtcMs, finding.toUtcMs);
  refreshTotals(connection, finding.seriesId, grid);
}

function refuseWithoutReason(what: string, reason: string): void {
  if (reason.trim() === '') throw new Refusal('reason-needed', { what });
}

const rangeOf = ({ fromUtcMs, toUtcMs, count }: FlagRange): { fromUtcMs: number; toUtcMs: number; count: number } => ({
  fromUtcMs,
  toUtcMs,
  count,
});
