/** Demands on own trucks as edits of the schedule they are routed with, and back. */
import type { PlanEditPayload } from '../../../../src-main/contract/plan-edit.ts';
import type { SmsOverridePayload } from '../../../../src-main/contract/sms-overrides.ts';

/** @throws Error for a demand on rents, which own trucks have none of */
export function editOf(demand: SmsOverridePayload): PlanEditPayload {
  // A demand ends before `untilSlot`, an edit with `toSlot`.
  const range = 'fromSlot' in demand ? { fromSlot: demand.fromSlot, toSlot: demand.untilSlot - 1 } : null;
  switch (demand.kind) {
    case 'pin':
      return { field: 'truck.pin', id: demand.truck, place: demand.terminal, ...range! };
    case 'forbid-station':
      return { field: 'truck.keepAway', id: demand.truck, place: demand.terminal, ...range! };
    case 'forbid-truck':
      return { field: 'truck.outOfService', id: demand.truck };
    case 'reserve-truck':
      return { field: 'truck.reserve', id: demand.truck, grid: demand.grid, ...range! };
    case 'close-road':
      return { field: 'roads.close', links: demand.links };
    default:
      throw new Error(`own trucks have no rent for a demand "${demand.kind}"`);
  }
}

/** Null for an edit of the schedule's numbers. */
export function demandOf(edit: PlanEditPayload): SmsOverridePayload | null {
  switch (edit.field) {
    case 'truck.pin':
      return { kind: 'pin', truck: edit.id, terminal: edit.place, ...slotsOf(edit) };
    case 'truck.keepAway':
      return { kind: 'forbid-station', truck: edit.id, terminal: edit.place, ...slotsOf(edit) };
    case 'truck.outOfService':
      return { kind: 'forbid-truck', truck: edit.id };
    case 'truck.reserve':
      return { kind: 'reserve-truck', truck: edit.id, grid: edit.grid, ...slotsOf(edit) };
    case 'roads.close':
      return { kind: 'close-road', links: edit.links };
    default:
      return null;
  }
}

const slotsOf = ({ fromSlot, toSlot }: { fromSlot: number; toSlot: number }) => ({ fromSlot, untilSlot: toSlot + 1 });
