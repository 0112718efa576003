/** Plans of mobile storage: written once, approved by a word of the operator; content is checked against its hash, and the columns of lists against the content, on every read. */
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import { Refusal } from '../base/errors.ts';
import { smsPlanSchemaVersion } from '../base/schema-versions.ts';
import type { SmsPlanRecord, SmsPlanSummary } from '../planning/sms/mobile-ports.ts';
import type { Hasher } from '../planning/ports.ts';
import { addAudit } from './audit.ts';
import type { Connection } from './connection.ts';

export const smsPlansSql = {
  insert: `INSERT INTO sms_plans (id, day, created_ms, currency, owner_profit, users_saving, gap, epsilon, margin, override_count,
      based_on, passed, status, content_json, content_hash)
    VALUES (:id, :day, :created_ms, :currency, :owner_profit, :users_saving, :gap, :epsilon, :margin, :override_count, :based_on,
      :passed, :status, :content_json, :content_hash)`,
  byId: `SELECT * FROM sms_plans WHERE id = :id`,
  list: `SELECT id, day, created_ms, currency, owner_profit, users_saving, gap, epsilon, margin, override_count, based_on, passed,
      status, EXISTS (SELECT 1 FROM set_aside_plans WHERE plan_id = sms_plans.id) AS set_aside,
      octet_length(content_json) AS bytes FROM sms_plans WHERE day = ifnull(:day, day) ORDER BY day DESC, created_ms DESC, id`,
  approvedOfDay: `SELECT id FROM sms_plans WHERE day = :day AND status = 'approved'`,
  setStatus: `UPDATE sms_plans SET status = :status WHERE id = :id`,
} as const;

type SummaryRow = {
  id: string;
  day: string;
  created_ms: number;
  currency: string;
  owner_profit: number;
  users_saving: number;
  gap: number | null;
  epsilon: number;
  margin: string;
  override_count: number;
  based_on: string | null;
  passed: number;
};
type StatusRow = SummaryRow & { status: SmsPlanRecord['status'] };
type ListRow = StatusRow & { set_aside: number; bytes: number };
type PlanRow = StatusRow & { content_json: string; content_hash: string };

/** @throws Refusal `plan-corrupt` when `contentHash` is not that of the content; Error when the id is taken. */
export function saveSmsPlan(connection: Connection, plan: SmsPlanRecord, hash: Hasher): void {
  const { contentHash, status, ...content } = plan;
  const content_json = canonicalJson(content);
  if (hash(content_json) !== contentHash)
    throw new Refusal('plan-corrupt', { id: plan.id, problem: 'its hash is not that of its content.' });
  connection.run(smsPlansSql.insert, { ...summaryRow(plan), status, content_json, content_hash: contentHash });
}

/** @throws Refusal `plan-corrupt`, `other-format` */
export function getSmsPlan(connection: Connection, id: string, hash: Hasher): SmsPlanRecord | null {
  const row = connection.get<PlanRow>(smsPlansSql.byId, { id });
  if (!row) return null;
  const corrupt = (problem: string): Refusal => new Refusal('plan-corrupt', { id, problem });
  if (hash(row.content_json) !== row.content_hash) throw corrupt('its content does not have its hash.');
  const content = parseCanonicalJson(row.content_json);
  const found = schemaVersionOf(content);
  if (found !== smsPlanSchemaVersion)
    throw new Refusal('other-format', { what: 'plan of trucks', id, found, known: smsPlanSchemaVersion });
  const plan: SmsPlanRecord = {
    ...(content as Omit<SmsPlanRecord, 'contentHash' | 'status'>),
    status: row.status,
    contentHash: row.content_hash,
  };
  const summary = Object.entries(summaryRow(plan)) as [keyof SummaryRow, unknown][];
  const altered = summary.find(([column, value]) => row[column] !== value);
  if (altered) throw corrupt(`its summary says ${altered[0]} ${row[altered[0]]}, its content ${String(altered[1])}.`);
  return plan;
}

/** Newest day first, newest plan of a day first. */
export function listSmsPlans(connection: Connection, day?: string): SmsPlanSummary[] {
  return connection.all<ListRow>(smsPlansSql.list, { day: day ?? null }).map((row) => ({
    id: row.id,
    day: row.day,
    status: row.status,
    currency: row.currency,
    ownerProfit: row.owner_profit,
    usersSaving: row.users_saving,
    gap: row.gap,
    epsilon: row.epsilon,
    margin: row.margin as SmsPlanSummary['margin'],
    overrides: row.override_count,
    basedOn: row.based_on,
    createdAtMs: row.created_ms,
    passed: row.passed === 1,
    setAside: row.set_aside === 1,
    bytes: row.bytes,
  }));
}

/**
 * Approves a draft or brings back a superseded plan; the one approved before is superseded. To be run in one transaction.
 * @throws Refusal `plan-not-found`, `bad-request` when it is approved already
 */
export function approveSmsPlan(
  connection: Connection,
  id: string,
  { operator, reason, atMs }: { operator: string; reason: string; atMs: number },
): void {
  const plan = connection.get<PlanRow>(smsPlansSql.byId, { id });
  if (!plan) throw new Refusal('plan-not-found', { id });
  if (plan.status === 'approved')
    throw new Refusal('bad-request', { call: 'approve', problem: `plan ${id} is approved already` });
  const before = connection.get<{ id: string }>(smsPlansSql.approvedOfDay, { day: plan.day });
  if (before) connection.run(smsPlansSql.setStatus, { id: before.id, status: 'superseded' });
  connection.run(smsPlansSql.setStatus, { id, status: 'approved' });
  const detail = { day: plan.day, reason, contentHash: plan.content_hash, superseded: before?.id ?? null };
  addAudit(connection, { operator, act: 'sms-plan.approve', subject: id, detail }, atMs);
}

/** Read before anything else of the content is trusted to have that shape; 0 for plans that do not say. */
function schemaVersionOf(content: unknown): number {
  const version = (content as { provenance?: { schemaVersion?: unknown } }).provenance?.schemaVersion;
  return typeof version === 'number' ? version : 0;
}

const summaryRow = ({ id, day, currency, plan, outcome, options, overrides, ...rest }: SmsPlanRecord): SummaryRow => ({
  id,
  day,
  created_ms: rest.provenance.createdAtMs,
  currency,
  owner_profit: plan.ownerProfitUsd,
  users_saving: plan.usersCostWithoutTrucksUsd - plan.usersCostUsd,
  gap: outcome.gap,
  epsilon: options.epsilon,
  margin: options.margin,
  override_count: overrides.length,
  based_on: rest.basedOn,
  passed: rest.check.passed ? 1 : 0,
});
