/** Setting plans aside, and bringing them back: they leave the lists, nothing of them changes, and the audit log says who did it. */
import type { Store } from '../ports.ts';
import { operatorOf } from '../tools.ts';

/** @returns the plans that were not set aside before. @throws Refusal `plan-not-found`, `plan-counts`; then none is set aside. */
export async function setAside(store: Store, planIds: readonly string[]): Promise<string[]> {
  await store.whenWritable();
  return store.setPlansAside(planIds, operatorOf(store));
}

/** @returns the plans that were set aside. @throws Refusal `plan-not-found`; then none comes back. */
export async function bringBack(store: Store, planIds: readonly string[]): Promise<string[]> {
  await store.whenWritable();
  return store.bringPlansBack(planIds, operatorOf(store));
}
