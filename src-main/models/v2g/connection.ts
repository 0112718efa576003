/** When an EV is connected, and what it can reach by then: arithmetic shared by the model, the conflict texts and the uncoordinated case. */
import type { Ev } from './problem.ts';

/** Connected slots as [from, until) within the horizon; empty (from = until) when the car never is. */
export function connection(
  ev: Pick<Ev, 'arrivalSlot' | 'departureSlot'>,
  slots: number,
): { from: number; until: number } {
  const from = Math.max(0, ev.arrivalSlot);
  return { from, until: Math.max(from, Math.min(slots, ev.departureSlot)) };
}

/** Energy at departure when charging at full power from arrival; its limit is `maxKwh`. */
export function reachableKwh(ev: Ev, slots: number, slotHours: number): number {
  const { from, until } = connection(ev, slots);
  return Math.min(
    Math.max(ev.maxKwh, ev.initialKwh),
    ev.initialKwh + (until - from) * ev.efficiency * ev.chargeKw * slotHours,
  );
}

/**
 * Least energy after a connected slot from which `requiredKwh` can still be reached in the `slotsLeft` after it, each at full power or at
 * the share of it that a common limit leaves, and never below `minKwh`: low(t) of the pool energy rows.
 */
export function leastKwh(ev: Ev, requiredKwh: number, slotsLeft: number, slotHours: number): number {
  return Math.max(ev.minKwh, requiredKwh - slotsLeft * ev.efficiency * ev.chargeKw * slotHours);
}

/** Charging without coordination: full power from arrival until the required energy is reached, then nothing. kW [slot]. */
export function chargeAtOnce(ev: Ev, slots: number, slotHours: number): { chargeKw: number[]; energyKwh: number[] } {
  const { from, until } = connection(ev, slots);
  const chargeKw = new Array<number>(slots).fill(0);
  const energyKwh = new Array<number>(slots).fill(0);
  let energy = ev.initialKwh;
  for (let slot = from; slot < until; slot++) {
    const wanted = Math.max(0, Math.min(ev.requiredKwh, ev.maxKwh) - energy);
    chargeKw[slot] = Math.min(ev.chargeKw, wanted / (ev.efficiency * slotHours));
    energy += chargeKw[slot]! * ev.efficiency * slotHours;
    energyKwh[slot] = energy;
  }
  return { chargeKw, energyKwh };
}
