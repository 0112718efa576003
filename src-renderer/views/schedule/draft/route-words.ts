/** An edit of own trucks' routes in words. */
import type { MobileStoragePayload } from '../../../../src-main/contract/mobile-storage.ts';
import type { PlanEditPayload } from '../../../../src-main/contract/plan-edit.ts';

/** Whose ids the edit names. */
export type RouteNames = Pick<MobileStoragePayload, 'trucks' | 'terminals' | 'grids'>;

/** Null for an edit of the schedule's numbers. */
export function routeWords(
  edit: PlanEditPayload,
  { trucks, terminals, grids }: RouteNames,
): { resource: string; label: string } | null {
  const nameIn = (list: readonly { id: string; name: string }[], id: string): string =>
    list.find((one) => one.id === id)?.name ?? id;
  switch (edit.field) {
    case 'truck.pin':
      return { resource: nameIn(trucks, edit.id), label: `stands at ${nameIn(terminals, edit.place)}` };
    case 'truck.keepAway':
      return {
        resource: edit.id === null ? 'Every truck' : nameIn(trucks, edit.id),
        label: `keeps away from ${nameIn(terminals, edit.place)}`,
      };
    case 'truck.outOfService':
      return { resource: nameIn(trucks, edit.id), label: 'does not work' };
    case 'truck.reserve':
      return { resource: nameIn(trucks, edit.id), label: `works only for ${nameIn(grids, edit.grid)}` };
    case 'roads.close':
      return { resource: 'Every truck', label: 'avoids a closed road' };
    default:
      return null;
  }
}
