/** What the services of a schedule earn and cost in each slot, negative where they earn; the day's peak is charged in the slot it is reached in. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { CostItems, V2gSchedule } from '../models/v2g/schedule.ts';
import { meteredKw } from './check-peak.ts';

type ServiceItem = 'reserveIncome' | 'regulationIncome' | 'regulationWear' | 'peakCharge' | 'voltageIncome';

/** [slot] of each item; absent where the product is not offered. */
export function serviceCostBySlot(
  problem: V2gProblem,
  schedule: V2gSchedule,
): Partial<Record<ServiceItem & keyof CostItems, number[]>> {
  const { services, slotHours } = problem;
  const told = schedule.services;
  const items: Partial<Record<ServiceItem, number[]>> = {};
  if (!services || !told) return items;
  const bySlot = (amount: (slot: number) => number): number[] =>
    Array.from({ length: problem.slots }, (_, slot) => amount(slot) * slotHours);
  const at = (rows: readonly (readonly number[])[], slot: number, worth: (unit: number) => number): number =>
    rows.reduce((sum, own, unit) => sum + own[slot]! * worth(unit), 0);
  const { regulation, reserve, peak, voltage } = services;
  if (regulation && told.regulation) {
    const { gasKw, storageKw, evKw } = told.regulation;
    const mileage = regulation.mileagePerHour * regulation.performanceScore;
    items.regulationIncome = bySlot((slot) => {
      const perKw = regulation.capacityPricePerKwh[slot]! + regulation.mileagePricePerKw[slot]! * mileage;
      return -at([...gasKw, ...storageKw, ...evKw], slot, () => perKw);
    });
    items.regulationWear = bySlot(
      (slot) =>
        regulation.throughputShare *
        (at(storageKw, slot, (k) => problem.storage[k]!.degradationPerKwh) +
          at(evKw, slot, () => problem.dischargePerKwh / 2)),
    );
  }
  if (reserve && told.reserve) {
    const { offeredKw } = told.reserve;
    items.reserveIncome = bySlot((slot) => -at(offeredKw, slot, (a) => reserve.areas[a]!.pricePerKwh[slot]!));
  }
  if (voltage && told.voltageKvar) {
    const { voltageKvar } = told;
    items.voltageIncome = bySlot((slot) =>
      voltageKvar.reduce((sum, converters, v) => sum - at(converters, slot, () => voltage[v]!.pricePerKvarh[slot]!), 0),
    );
  }
  if (peak && told.peak) {
    const metered = meteredKw(problem, schedule);
    const highest = Math.max(peak.soFarKw, ...metered);
    const reached = metered.indexOf(highest);
    items.peakCharge = metered.map((_, slot) => (slot === reached ? peak.pricePerKw * (highest - peak.soFarKw) : 0));
  }
  return items;
}
