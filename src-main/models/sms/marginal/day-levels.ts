/**
 * The energies a truck can have on some best day at given prices. For a given route and given directions such a day is a corner of a linear
 * program: between two times at which the energy is at the minimum, the capacity, its first or its last value, at most one slot has a power
 * other than nothing or full. So every energy is one of those values plus full slots (before the odd slot) or less full slots (after it).
 */
import type { Truck } from '../problem.ts';

/** Energies, MWh, ascending: closed under full slots within the limits. */
export function dayLevels(truck: Truck, slots: number, slotHours: number): number[] {
  const { minMwh, capacityMwh, initialMwh, finalMinMwh, powerMw, chargeEfficiency, dischargeEfficiency } = truck;
  const chargedMwh = powerMw * slotHours * chargeEfficiency;
  const givenMwh = (powerMw * slotHours) / dischargeEfficiency;
  const found = new Map<number, number>();
  const key = (mwh: number): number => Math.round(mwh * 1e8);
  const spread = (from: number, steps: readonly number[]): void => {
    let edge = [from];
    const seen = new Set(edge.map(key));
    for (let slot = 0; slot <= slots && edge.length > 0; slot++) {
      const next: number[] = [];
      for (const mwh of edge) {
        if (!found.has(key(mwh))) found.set(key(mwh), mwh);
        for (const step of steps) {
          const reached = mwh + step;
          if (reached < minMwh - 1e-9 || reached > capacityMwh + 1e-9 || seen.has(key(reached))) continue;
          seen.add(key(reached));
          next.push(reached);
        }
      }
      edge = next;
    }
  };
  const finalMwh = Math.max(minMwh, finalMinMwh);
  // The exact values first, so that a rounded twin of one of them is not kept in its place.
  for (const mwh of [minMwh, capacityMwh, initialMwh, finalMwh]) found.set(key(mwh), mwh);
  for (const mwh of [initialMwh, minMwh, capacityMwh]) spread(mwh, [chargedMwh, -givenMwh]);
  for (const mwh of [finalMwh, minMwh, capacityMwh]) spread(mwh, [-chargedMwh, givenMwh]);
  return [...found.values()].sort((a, b) => a - b);
}
