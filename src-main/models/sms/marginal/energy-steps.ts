/** Energies that a truck considers where its day need not be exact: steps of which a full slot's discharge is a whole number, and a full charge nearly one. */
import type { Truck } from '../problem.ts';

/** Steps between least and greatest energy. */
const fewest = 16;
const most = 32;

/** Parts of a full slot's discharge: as many as the charge loses least by. */
export function partsOfPower({ minMwh, capacityMwh, powerMw, ...truck }: Truck, slotHours: number): number {
  const givenMwh = (powerMw * slotHours) / truck.dischargeEfficiency;
  const takenMwh = powerMw * slotHours * truck.chargeEfficiency;
  const rangeMwh = capacityMwh - minMwh;
  // It can do nothing: one step is as good as any.
  if (!(givenMwh > 0 && rangeMwh > 0)) return 1;
  const partsFor = (steps: number): number => Math.max(1, Math.round((steps * givenMwh) / rangeMwh));
  const lostShare = (parts: number): number => {
    const steps = (takenMwh * parts) / givenMwh;
    return (steps - wholeSteps(steps)) / steps;
  };
  let best = partsFor(most);
  for (let parts = best - 1; parts >= partsFor(fewest); parts--)
    if (lostShare(parts) < lostShare(best) - 1e-9) best = parts;
  return best;
}

/** Rounded down, whatever the last digits. */
export const wholeSteps = (steps: number): number => Math.floor(steps + 1e-9);

/** Ascending, with the first and the least last energy and the capacity, MWh. @param parts of a full slot's discharge to a step. */
export function energySteps(truck: Truck, slotHours: number, parts: number): number[] {
  const { minMwh, capacityMwh, initialMwh, finalMinMwh } = truck;
  const stepMwh = (truck.powerMw * slotHours) / truck.dischargeEfficiency / parts;
  const energies = [initialMwh, Math.max(minMwh, finalMinMwh), minMwh, capacityMwh];
  const steps = stepMwh > 0 ? wholeSteps((capacityMwh - minMwh) / stepMwh) : 0;
  const even = Array.from({ length: steps + 1 }, (_, i) => minMwh + i * stepMwh);
  for (const mwh of even) if (energies.every((other) => Math.abs(other - mwh) > 1e-9)) energies.push(mwh);
  return [...new Set(energies)].sort((a, b) => a - b);
}
