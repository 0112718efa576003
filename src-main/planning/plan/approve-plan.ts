/** Approval: the plan is read back whole, checked again by arithmetic, and only then accepted; the reason goes into the audit log. */
import { Refusal } from '../../base/errors.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import type { CheckReport } from '../../verify/types.ts';
import type { PlanRecord, PlanStore, Store } from '../ports.ts';
import type { MobileStore } from '../sms/mobile-ports.ts';
import { readSmsPlan } from '../sms/verify-sms-plan.ts';
import { checkDay } from './check-day.ts';
import { operatorOf } from '../tools.ts';

/** @throws Refusal `plan-not-found`, and `plan-corrupt` naming the first limit broken when stored content was altered. */
export function readPlan(store: PlanStore, id: string): PlanRecord {
  const plan = getIntact(store, id);
  if (!plan) throw new Refusal('plan-not-found', { id });
  return plan;
}

/** A plan altered in the database is refused, and the refusal says which limit what now stands there would break. */
function getIntact(store: PlanStore, id: string): PlanRecord | null {
  try {
    return store.getPlan(id);
  } catch (thrown) {
    const content = thrown instanceof Refusal && thrown.code === 'plan-corrupt' ? store.getAlteredContent(id) : null;
    if (!content || !(thrown instanceof Refusal)) throw thrown;
    const check = checkPlan(content.problem, content.schedule);
    const [breach] = check.breaches;
    if (!breach) throw thrown;
    const problem = `${String(thrown.report.details.problem)} As it stands it breaks a limit: ${breach.sentence}`;
    throw new Refusal('plan-corrupt', { id, problem, check });
  }
}

/** Re-checks a stored plan now; what is stored about an earlier check is not believed. */
export function verifyPlan(store: PlanStore & MobileStore, id: string): { plan: PlanRecord; check: CheckReport } {
  const plan = readPlan(store, id);
  return { plan, check: checkDay(store, plan.problem, plan.schedule, plan.provenance.trucks) };
}

/** @throws Refusal `plan-fails-check`, `plan-not-tested`, `reason-needed`, or as `readPlan`. */
export async function approvePlan(store: Store, id: string, reason: string): Promise<PlanRecord> {
  if (reason.trim() === '') throw new Refusal('reason-needed', { what: 'Approving a plan' });
  const { plan, check } = verifyPlan(store, id);
  const [breach] = check.breaches;
  if (!check.passed) throw new Refusal('plan-fails-check', { id, limit: breach?.sentence ?? 'a limit is broken' });
  requireTrucksApproved(store, plan);
  if (!plan.test) throw new Refusal('plan-not-tested', { id });
  await store.whenWritable();
  store.approvePlan(id, operatorOf(store), reason.trim());
  return readPlan(store, id);
}

/** Trucks are rented as their owner's plan says: it must stand, as it was, before a schedule that rests on it does. */
function requireTrucksApproved(store: MobileStore, { id, provenance: { trucks } }: PlanRecord): void {
  if (trucks?.mode !== 'rented') return;
  const { status, contentHash } = readSmsPlan(store, trucks.planId);
  if (status === 'approved' && contentHash === trucks.contentHash) return;
  const limit = `it rents trucks from plan ${trucks.planId}, which is ${status === 'approved' ? 'another now' : 'not approved'}.`;
  throw new Refusal('plan-fails-check', { id, limit });
}
