/** What a truck did in a day: money, energy, kilometres, and how much of the day it worked. */
import { routeMwh } from '../../models/sms/driving.ts';
import type { SmsPlanRecord } from './mobile-ports.ts';

export interface TruckTotals {
  rent: number;
  travelCost: number;
  standingCost: number;
  degradationCost: number;
  chargeKwh: number;
  dischargeKwh: number;
  lengthKm: number;
  /** Taken from the battery by driving. */
  drivingKwh: number;
  drivingSlots: number;
  workingSlots: number;
  idleSlots: number;
  /** (charged + discharged) / (power · hours of the day) */
  utilisation: number;
  /** Discharged / usable capacity. */
  cycles: number;
}

/** @param rent [slot] */
export function truckTotals(
  { problem, plan, ways, storage }: SmsPlanRecord,
  k: number,
  rent: readonly number[],
): TruckTotals {
  const data = problem.trucks[k]!;
  const truck = plan.trucks[k]!;
  const { slotHours, slots } = problem;
  // Of the truck as it is: a demand may have taken its power away for the day.
  const { powerKw } = storage.trucks[k]!;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const chargeMwh = slotHours * sum(truck.chargeMw);
  const dischargeMwh = slotHours * sum(truck.dischargeMw);
  const drivingSlots = truck.terminalBySlot.filter((terminal) => terminal === null).length;
  const workingSlots = truck.chargeMw.filter((mw, slot) => mw + truck.dischargeMw[slot]! > 1e-9).length;
  const lengthKm = truck.legs.reduce((km, leg) => {
    if (leg.kind === 'stay') return km;
    const way = ways.find(({ from, to, fromSlot }) => from === leg.from && to === leg.to && fromSlot === leg.fromSlot);
    return km + (way?.lengthKm ?? NaN);
  }, 0);
  return {
    rent: sum(rent),
    travelCost: truck.travelUsd,
    standingCost: truck.holdingUsd,
    degradationCost: data.degradationUsdPerMwh * (chargeMwh + dischargeMwh),
    chargeKwh: 1000 * chargeMwh,
    dischargeKwh: 1000 * dischargeMwh,
    lengthKm,
    drivingKwh: 1000 * routeMwh(problem, data, truck.legs),
    drivingSlots,
    workingSlots,
    idleSlots: slots - drivingSlots - workingSlots,
    utilisation: (1000 * (chargeMwh + dischargeMwh)) / (powerKw * slotHours * slots),
    cycles: dischargeMwh / (data.capacityMwh - data.minMwh),
  };
}
