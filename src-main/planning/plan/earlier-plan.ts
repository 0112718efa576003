/** "Yesterday": the plan of the latest earlier day that has one, to read a plan beside. */
import { Refusal } from '../../base/errors.ts';
import { readPlan } from './approve-plan.ts';
import type { PlanRecord, PlanStore, PlanSummary } from '../ports.ts';

export type EarlierPlan =
  | { kind: 'none' }
  | { kind: 'plan'; plan: PlanRecord }
  /** It was altered in the database: nothing is compared with it. */
  | { kind: 'unreadable'; id: string; day: string };

export function earlierPlan(store: PlanStore, day: string): EarlierPlan {
  const summary = latestEarlier(store.listPlans(), day);
  if (!summary) return { kind: 'none' };
  try {
    return { kind: 'plan', plan: readPlan(store, summary.id) };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { kind: 'unreadable', id: summary.id, day: summary.day };
  }
}

/** Of the days before `day` the latest that has a plan: the one approved, else the newest; a what-if counts once it was approved, what is set aside not at all. */
export function latestEarlier(plans: readonly PlanSummary[], day: string): PlanSummary | null {
  const before = plans.filter(
    (plan) => plan.day < day && !plan.setAside && (plan.basedOn === null || plan.status !== 'draft'),
  );
  const latest = before.reduce((last, plan) => (plan.day > last ? plan.day : last), '');
  const ofDay = before.filter((plan) => plan.day === latest).toSorted((a, b) => b.createdAtMs - a.createdAtMs);
  return ofDay.find(({ status }) => status === 'approved') ?? ofDay[0] ?? null;
}
