/** A plan's content as columns and back, and the hash over it. */
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import type { Hasher, PlanRecord } from '../planning/ports.ts';

export interface ContentColumns {
  outcome_json: string;
  problem_json: string;
  schedule_json: string;
  check_json: string;
  baseline_json: string;
  provenance_json: string;
}

/** Columns that repeat a part of the content for lists. */
export interface SummaryRow {
  created_ms: number;
  protection: number;
  total_cost: number;
  currency: string;
  gap: number | null;
  passed: number;
}

export interface PlanRow extends ContentColumns, SummaryRow {
  id: string;
  day: string;
  status: PlanRecord['status'];
  content_hash: string;
  test_json: string | null;
  test_hash: string | null;
}

export function contentColumns(plan: PlanRecord): ContentColumns & Record<string, string> {
  return {
    outcome_json: canonicalJson(plan.outcome),
    problem_json: canonicalJson(plan.problem),
    schedule_json: canonicalJson(plan.schedule),
    check_json: canonicalJson(plan.check),
    baseline_json: canonicalJson(plan.baseline),
    provenance_json: canonicalJson(plan.provenance),
  };
}

/**
 * hash(canonicalJson({ id, day, outcome, problem, schedule, check, baseline, provenance })), put together from the canonical
 * texts of its parts in the order of their keys, so that nothing needs to be parsed to be checked.
 */
export function hashContent(id: string, day: string, columns: ContentColumns, hash: Hasher): string {
  return hash(
    `{"baseline":${columns.baseline_json},"check":${columns.check_json},"day":${JSON.stringify(day)},"id":${JSON.stringify(id)},` +
      `"outcome":${columns.outcome_json},"problem":${columns.problem_json},"provenance":${columns.provenance_json},` +
      `"schedule":${columns.schedule_json}}`,
  );
}

/** Shape of a stored plan, read before anything else of it is trusted to have that shape; 0 for plans that do not say. */
export function schemaVersionOf({ provenance_json: text }: ContentColumns): number {
  const { schemaVersion } = parseCanonicalJson(text) as { schemaVersion?: unknown };
  return typeof schemaVersion === 'number' ? schemaVersion : 0;
}

/** The typed content of a row; status and test are not part of it. */
export function contentOf(row: PlanRow): Omit<PlanRecord, 'status' | 'test'> {
  const read = <Part>(text: string): Part => parseCanonicalJson(text) as Part;
  return {
    id: row.id,
    day: row.day,
    outcome: read<PlanRecord['outcome']>(row.outcome_json),
    problem: read<PlanRecord['problem']>(row.problem_json),
    schedule: read<PlanRecord['schedule']>(row.schedule_json),
    check: read<PlanRecord['check']>(row.check_json),
    baseline: read<PlanRecord['baseline']>(row.baseline_json),
    provenance: read<PlanRecord['provenance']>(row.provenance_json),
    contentHash: row.content_hash,
  };
}

export function summaryOf(plan: PlanRecord): SummaryRow & Record<string, number | string | null> {
  return {
    created_ms: plan.provenance.createdAtMs,
    protection: plan.schedule.protection,
    total_cost: plan.schedule.totalCost,
    currency: plan.problem.currency,
    gap: plan.outcome.gap,
    passed: plan.check.passed ? 1 : 0,
  };
}
