import type { Stores } from './stores.svelte.ts';

/** Why the plan on the desk may no longer hold, and its age; null while it does. */
export function planStaleness(stores: Stores): { ageMs: number; why: string } | null {
  const plan = stores.plan.current.value;
  if (plan === null) return null;
  const ageMs = stores.clock.nowMs - plan.provenance.createdAtMs;
  const importedMs = stores.telemetry.lastImportMs;
  if (importedMs !== null && importedMs > plan.provenance.createdAtMs)
    return { ageMs, why: 'telemetry was imported after it' };
  if (stores.desk.site !== null && stores.desk.site.savedAtMs > plan.provenance.createdAtMs)
    return { ageMs, why: 'the site was changed after it' };
  const fillRulesMs = stores.desk.state.value?.fillRulesSavedAtMs ?? null;
  if (fillRulesMs !== null && fillRulesMs > plan.provenance.createdAtMs)
    return { ageMs, why: 'a fill rule was changed after it' };
  if (plan.trucks?.mode === 'owned' && isDefinedAfter(stores, plan.provenance.createdAtMs))
    return { ageMs, why: 'trucks, terminals or grids were changed after it' };
  if (stores.desk.tomorrow !== null && plan.day < stores.desk.tomorrow && stores.desk.chosenDay === null)
    return { ageMs, why: `tomorrow is now ${stores.desk.tomorrow}` };
  return stores.desk.state.staleness(stores.clock.nowMs);
}

function isDefinedAfter({ desk }: Pick<Stores, 'desk'>, createdAtMs: number): boolean {
  return (desk.state.value?.mobileStorageSavedAtMs ?? 0) > createdAtMs;
}

/** Why the trucks' plan on the desk may no longer hold, and its age; null while it does. */
export function trucksStaleness({ clock, desk, routing, telemetry }: Stores): { ageMs: number; why: string } | null {
  const plan = routing.current.value;
  if (plan === null) return null;
  const { createdAtMs } = plan.provenance;
  const ageMs = clock.nowMs - createdAtMs;
  if (telemetry.lastImportMs !== null && telemetry.lastImportMs > createdAtMs)
    return { ageMs, why: 'telemetry was imported after it' };
  if (isDefinedAfter({ desk }, createdAtMs)) return { ageMs, why: 'trucks, terminals or grids were changed after it' };
  if (desk.tomorrow !== null && plan.day < desk.tomorrow && desk.chosenDay === null)
    return { ageMs, why: `tomorrow is now ${desk.tomorrow}` };
  return routing.current.staleness(clock.nowMs);
}
