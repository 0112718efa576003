/** Quantities and times as conflict texts say them. */

/** How a slot's start is called: a wall clock where there is one. */
export type SlotName = (slot: number) => string;
export const plainSlot: SlotName = (slot) => `slot ${slot}`;

const thousands = (value: number, digits: number, unit: string): string =>
  Math.abs(value) >= 10_000 ? `${(value / 1000).toFixed(1)} M${unit}` : `${value.toFixed(digits)} k${unit}`;
export const kwh = (value: number): string => thousands(value, 1, 'Wh');
export const kw = (value: number): string => thousands(value, 0, 'W');
