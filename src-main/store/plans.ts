/** Plans: written once, tested once, approved by a word of the operator. Content is checked against its hash on every read. */
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import { Refusal } from '../base/errors.ts';
import { planSchemaVersion } from '../base/schema-versions.ts';
import type { Hasher, PlanRecord, PlanSummary } from '../planning/ports.ts';
import { addAudit } from './audit.ts';
import type { Connection } from './connection.ts';
import {
  contentColumns,
  contentOf,
  hashContent,
  schemaVersionOf,
  summaryOf,
  type PlanRow,
  type SummaryRow,
} from './plan-content.ts';

interface ListRow extends SummaryRow {
  id: string;
  day: string;
  status: PlanRecord['status'];
  based_on: string | null;
  set_aside: number;
  bytes: number;
}

type OutOfSample = NonNullable<PlanRecord['test']>;

export const plansSql = {
  insert: `INSERT INTO plans (id, day, status, created_ms, protection, total_cost, currency, gap, passed, outcome_json, problem_json,
      schedule_json, check_json, baseline_json, provenance_json, content_hash)
    VALUES (:id, :day, :status, :created_ms, :protection, :total_cost, :currency, :gap, :passed, :outcome_json, :problem_json,
      :schedule_json, :check_json, :baseline_json, :provenance_json, :content_hash)`,
  byId: `SELECT * FROM plans WHERE id = :id`,
  list: `SELECT id, day, status, created_ms, protection, total_cost, currency, gap, passed,
      json_extract(provenance_json, '$.basedOn.planId') AS based_on,
      EXISTS (SELECT 1 FROM set_aside_plans WHERE plan_id = plans.id) AS set_aside,
      octet_length(outcome_json) + octet_length(problem_json) + octet_length(schedule_json) + octet_length(check_json)
        + octet_length(baseline_json) + octet_length(provenance_json) + ifnull(octet_length(test_json), 0) AS bytes FROM plans
    WHERE day = ifnull(:day, day) ORDER BY day DESC, created_ms DESC, id`,
  attachTest: `UPDATE plans SET test_json = :testJson, test_hash = :testHash WHERE id = :id`,
  approvedOfDay: `SELECT id FROM plans WHERE day = :day AND status = 'approved'`,
  setStatus: `UPDATE plans SET status = :status WHERE id = :id`,
} as const;

/** @throws Refusal `plan-corrupt` when `contentHash` is not that of the content; Error when the id is taken. */
export function savePlan(connection: Connection, plan: PlanRecord, hash: Hasher): void {
  const columns = contentColumns(plan);
  if (hashContent(plan.id, plan.day, columns, hash) !== plan.contentHash)
    throw new Refusal('plan-corrupt', { id: plan.id, problem: 'its hash is not that of its content.' });
  const row = { id: plan.id, day: plan.day, status: plan.status, content_hash: plan.contentHash };
  connection.run(plansSql.insert, { ...row, ...summaryOf(plan), ...columns });
  if (plan.test) attachTest(connection, plan.id, plan.test, hash);
}

/** @throws Refusal `plan-not-found`, `bad-request` when the plan has been tested before */
export function attachTest(connection: Connection, planId: string, test: OutOfSample, hash: Hasher): void {
  const row = requirePlan(connection, planId);
  if (row.test_json !== null)
    throw new Refusal('bad-request', { call: 'attach test', problem: `plan ${planId} has been tested before` });
  const testJson = canonicalJson(test);
  connection.run(plansSql.attachTest, { id: planId, testJson, testHash: hashTest(planId, testJson, hash) });
}

/** @throws Refusal `plan-corrupt`, `other-format` */
export function getPlan(connection: Connection, id: string, hash: Hasher): PlanRecord | null {
  const row = connection.get<PlanRow>(plansSql.byId, { id });
  if (!row) return null;
  const corrupt = (problem: string): Refusal => new Refusal('plan-corrupt', { id, problem });
  if (hashContent(row.id, row.day, row, hash) !== row.content_hash)
    throw corrupt('its content does not have its hash.');
  if (row.test_json !== null && hashTest(id, row.test_json, hash) !== row.test_hash)
    throw corrupt('its test does not have its hash.');
  const found = schemaVersionOf(row);
  if (found !== planSchemaVersion)
    throw new Refusal('other-format', { what: 'plan', id, found, known: planSchemaVersion });
  const test = row.test_json === null ? null : (parseCanonicalJson(row.test_json) as OutOfSample);
  const plan: PlanRecord = { ...contentOf(row), status: row.status, test };
  const summary = Object.entries(summaryOf(plan)) as [keyof SummaryRow, unknown][];
  const altered = summary.find(([column, value]) => row[column] !== value);
  if (altered) throw corrupt(`its summary says ${altered[0]} ${row[altered[0]]}, its content ${String(altered[1])}.`);
  return plan;
}

/** Problem and schedule as they stand, altered or not: only good for saying what is wrong with them. Null when unknown or unreadable. */
export function getAlteredContent(connection: Connection, id: string): Pick<PlanRecord, 'problem' | 'schedule'> | null {
  const row = connection.get<PlanRow>(plansSql.byId, { id });
  if (!row) return null;
  try {
    if (schemaVersionOf(row) !== planSchemaVersion) return null;
    const { problem, schedule } = contentOf(row);
    return { problem, schedule };
  } catch {
    return null;
  }
}

/** Newest day first, newest plan of a day first. */
export function listPlans(connection: Connection, day?: string): PlanSummary[] {
  return connection.all<ListRow>(plansSql.list, { day: day ?? null }).map((row) => ({
    id: row.id,
    day: row.day,
    status: row.status,
    protection: row.protection,
    totalCost: row.total_cost,
    currency: row.currency,
    createdAtMs: row.created_ms,
    gap: row.gap,
    passed: row.passed === 1,
    basedOn: row.based_on,
    setAside: row.set_aside === 1,
    bytes: row.bytes,
  }));
}

/**
 * Approves a draft or brings back a superseded plan; the one approved before is superseded. To be run in one transaction.
 * @throws Refusal `plan-not-found`, `bad-request` when it is approved already
 */
export function approvePlan(
  connection: Connection,
  id: string,
  approval: { operator: string; reason: string; atMs: number },
): void {
  const plan = requirePlan(connection, id);
  if (plan.status === 'approved')
    throw new Refusal('bad-request', { call: 'approve', problem: `plan ${id} is approved already` });
  const before = connection.get<{ id: string }>(plansSql.approvedOfDay, { day: plan.day });
  if (before) connection.run(plansSql.setStatus, { id: before.id, status: 'superseded' });
  connection.run(plansSql.setStatus, { id, status: 'approved' });
  const { operator, reason, atMs } = approval;
  const detail = { day: plan.day, reason, contentHash: plan.content_hash, superseded: before?.id ?? null };
  addAudit(connection, { operator, act: 'plan.approve', subject: id, detail }, atMs);
}

function requirePlan(connection: Connection, id: string): PlanRow {
  const row = connection.get<PlanRow>(plansSql.byId, { id });
  if (!row) throw new Refusal('plan-not-found', { id });
  return row;
}

const hashTest = (planId: string, testJson: string, hash: Hasher): string => hash(`${planId}:${testJson}`);
