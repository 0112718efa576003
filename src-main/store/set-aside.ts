/** Plans of the day and of trucks that the operator set aside: the mark alone, and who set it or took it away. */
import { Refusal } from '../base/errors.ts';
import { addAudit } from './audit.ts';
import type { Connection } from './connection.ts';

interface PlanRow {
  day: string;
  status: string;
  set_aside: number;
}

export const setAsideSql = {
  plan: `SELECT day, status, EXISTS (SELECT 1 FROM set_aside_plans WHERE plan_id = :id) AS set_aside
    FROM (SELECT id, day, status FROM plans UNION ALL SELECT id, day, status FROM sms_plans) WHERE id = :id`,
  mark: `INSERT INTO set_aside_plans (plan_id, set_aside_ms, operator) VALUES (:id, :atMs, :operator)`,
  unmark: `DELETE FROM set_aside_plans WHERE plan_id = :id`,
} as const;

/**
 * Marks plans, each with its audit entry. To be run in one transaction.
 * @returns those that were not marked before
 * @throws Refusal `plan-not-found`, `plan-counts`
 */
export function setPlansAside(
  connection: Connection,
  planIds: readonly string[],
  by: { operator: string; atMs: number },
): string[] {
  return planIds.filter((id) => {
    const { day, status, set_aside } = requirePlan(connection, id);
    if (status === 'approved') throw new Refusal('plan-counts', { id, day });
    if (set_aside === 1) return false;
    connection.run(setAsideSql.mark, { id, ...by });
    addAudit(connection, { operator: by.operator, act: 'plan.set-aside', subject: id, detail: { day } }, by.atMs);
    return true;
  });
}

/**
 * Takes the marks away, each with its audit entry. To be run in one transaction.
 * @returns those that were marked
 * @throws Refusal `plan-not-found`
 */
export function bringPlansBack(
  connection: Connection,
  planIds: readonly string[],
  by: { operator: string; atMs: number },
): string[] {
  return planIds.filter((id) => {
    const { day, set_aside } = requirePlan(connection, id);
    if (set_aside === 0) return false;
    connection.run(setAsideSql.unmark, { id });
    addAudit(connection, { operator: by.operator, act: 'plan.bring-back', subject: id, detail: { day } }, by.atMs);
    return true;
  });
}

function requirePlan(connection: Connection, id: string): PlanRow {
  const plan = connection.get<PlanRow>(setAsideSql.plan, { id });
  if (!plan) throw new Refusal('plan-not-found', { id });
  return plan;
}
