/** Approval of a plan of trucks: read back whole, checked again by arithmetic, and only then accepted; the reason goes into the audit log. */
import { Refusal } from '../../base/errors.ts';
import type { SmsPlanRecord } from './mobile-ports.ts';
import type { Store } from '../ports.ts';
import { operatorOf } from '../tools.ts';
import { readSmsPlan, verifySmsPlan } from './verify-sms-plan.ts';

/** @throws Refusal `plan-fails-check`, `reason-needed`, `bad-request` when it is approved already, or as `verifySmsPlan`. */
export async function approveSmsPlan(store: Store, id: string, reason: string): Promise<SmsPlanRecord> {
  if (reason.trim() === '') throw new Refusal('reason-needed', { what: 'Approving a plan' });
  const { check } = verifySmsPlan(store, id);
  const [breach] = check.breaches;
  if (!check.passed) throw new Refusal('plan-fails-check', { id, limit: breach?.sentence ?? 'a limit is broken' });
  await store.whenWritable();
  store.approveSmsPlan(id, operatorOf(store), reason.trim());
  return readSmsPlan(store, id);
}
