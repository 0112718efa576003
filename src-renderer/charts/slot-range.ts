/** A range of slots on a chart: how keys and the pointer change it. Both ends are included, fromSlot ≤ toSlot. */
import type { SlotAxis } from './slot-axis.ts';
import { slotAfterKey } from './slot-keys.ts';

export interface SlotSpan {
  fromSlot: number;
  toSlot: number;
}

export const spanOf = (one: number, other: number): SlotSpan => ({
  fromSlot: Math.min(one, other),
  toSlot: Math.max(one, other),
});

/**
 * Where Shift and a reading key lead: the end of the range that the cursor stands on moves, the other end stays. With the cursor
 * elsewhere a new range begins at it. Null for keys that select nothing.
 */
export function rangeAfterKey(
  press: { key: string; shiftKey: boolean },
  atSlot: number,
  range: SlotSpan | null,
  axis: SlotAxis,
): { range: SlotSpan; slot: number } | null {
  if (!press.shiftKey) return null;
  const slot = slotAfterKey(press.key, atSlot, axis);
  if (slot === null) return null;
  return { range: spanOf(fixedEnd(atSlot, range), slot), slot };
}

function fixedEnd(atSlot: number, range: SlotSpan | null): number {
  if (range === null) return atSlot;
  if (atSlot === range.toSlot) return range.fromSlot;
  return atSlot === range.fromSlot ? range.toSlot : atSlot;
}

/** Slot that begins at the time written, "14:15", "1415" or "14"; in a doubled hour the first unless the label is given whole. */
export function slotOfTime(axis: SlotAxis, text: string): number | null {
  const written = text.trim();
  const whole = axis.labels.indexOf(written);
  if (whole >= 0) return whole;
  const parts = /^(\d{1,2})(?::?(\d\d))?$/.exec(written);
  if (parts === null) return null;
  const minutes = Number(parts[1]) * 60 + Number(parts[2] ?? 0);
  const slot = axis.labels.findIndex((label) => minutesOf(label) === minutes);
  return slot < 0 ? null : slot;
}

const minutesOf = (label: string): number => Number(label.slice(0, 2)) * 60 + Number(label.slice(3, 5));
