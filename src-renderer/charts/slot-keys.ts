import { slotsPerHour, type SlotAxis } from './slot-axis.ts';

/** Where a reading key leads from `slot`, held within the day; null for any other key. Page keys go by the hour, down is later. */
export function slotAfterKey(key: string, slot: number, axis: SlotAxis): number | null {
  const last = axis.labels.length - 1;
  const target = {
    ArrowLeft: slot - 1,
    ArrowRight: slot + 1,
    PageUp: slot - slotsPerHour(axis),
    PageDown: slot + slotsPerHour(axis),
    Home: 0,
    End: last,
  }[key];
  return target === undefined ? null : Math.min(last, Math.max(0, target));
}
