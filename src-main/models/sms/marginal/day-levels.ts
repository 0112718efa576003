/**
 * The energies a truck can have on some best day at given prices. For a given route, given directions and given stretches of the prices of
 * power (work-steps.ts) such a day is a corner of a linear program: between two times at which the energy is at the minimum, the capacity, its
 * first or its last value, at most one slot has a power other than nothing, full, or where the price bends. So every energy is one of those
 * values and whole steps of the other slots (before the odd slot), or less whole steps (after it).
 */
import type { Truck } from '../problem.ts';

/** @param parts of a full slot's charge after which prices may bend; @returns energies, MWh, ascending: closed under such steps within the limits. */
export function dayLevels(truck: Truck, slots: number, slotHours: number, parts = 1): number[] {
  const { minMwh, capacityMwh, initialMwh, finalMinMwh, powerMw, chargeEfficiency, dischargeEfficiency } = truck;
  const partMwh = (powerMw * slotHours * chargeEfficiency) / parts;
  const givenMwh = (powerMw * slotHours) / dischargeEfficiency;
  const found = new Map<number, number>();
  const add = (mwh: number): void => {
    const key = Math.round(mwh * 1e8);
    if (mwh >= minMwh - 1e-9 && mwh <= capacityMwh + 1e-9 && !found.has(key)) found.set(key, mwh);
  };
  const finalMwh = Math.max(minMwh, finalMinMwh);
  // The exact values first, so that a rounded twin of one of them is not kept in its place.
  for (const mwh of [minMwh, capacityMwh, initialMwh, finalMwh]) add(mwh);
  /** Forwards: full discharges, and parts of a charge upwards or, where there are more than one, downwards; backwards the opposite. */
  const spread = (anchorMwh: number, sign: 1 | -1): void => {
    for (let full = 0; full <= slots; full++) {
      const base = anchorMwh - sign * full * givenMwh;
      const most = (slots - full) * parts;
      const least = parts === 1 ? 0 : -most;
      for (let part = least; part <= most; part++) add(base + sign * part * partMwh);
    }
  };
  for (const mwh of [initialMwh, minMwh, capacityMwh]) spread(mwh, 1);
  for (const mwh of [finalMwh, minMwh, capacityMwh]) spread(mwh, -1);
  return [...found.values()].sort((a, b) => a - b);
}
