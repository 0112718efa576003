/**
 * The slots of one planning day. A slot is an index; this is the only place where it becomes a time.
 *
 * A market day runs from local midnight to local midnight and has 23, 24 or 25 hours, so `slots` is 92, 96 or 100 at 15 minutes.
 */
import { Refusal } from './errors.ts';
import { addDays, zoneOf } from './zone.ts';

export type SlotMinutes = 15 | 30 | 60;

export interface Horizon {
  /** ISO date of the market day. */
  day: string;
  zone: string;
  startUtcMs: number;
  slotMinutes: SlotMinutes;
  slots: number;
}

export function dayHorizon(day: string, zone: string, slotMinutes: SlotMinutes): Horizon {
  const rules = zoneOf(zone);
  const startUtcMs = rules.startOfDay(day);
  const slots = (rules.startOfDay(addDays(day, 1)) - startUtcMs) / (slotMinutes * 60_000);
  if (!Number.isInteger(slots))
    throw new Refusal('bad-day', {
      day,
      problem: `it does not divide into slots of ${slotMinutes} minutes in ${zone}`,
    });
  return { day, zone, startUtcMs, slotMinutes, slots };
}

export function slotStart(horizon: Horizon, slot: number): number {
  return horizon.startUtcMs + slot * horizon.slotMinutes * 60_000;
}

/** Local wall clock of a slot's start, "14:15"; the doubled hour of an autumn day carries its offset, "02:15+01". */
export function slotLabel(horizon: Horizon, slot: number): string {
  const text = zoneOf(horizon.zone).format(slotStart(horizon, slot));
  const time = text.slice(11, 16);
  const rules = zoneOf(horizon.zone);
  const twice = rules.resolveLocal(rules.toLocal(slotStart(horizon, slot))).kind === 'twice';
  return twice ? `${time}${text.slice(19, 22)}` : time;
}

export const slotHours = (horizon: Horizon): number => horizon.slotMinutes / 60;
