/** What trucks give the site in a slot, less what they take: own trucks at its stations, rented ones during their stays. kW. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';

type Trucks = Pick<V2gProblem, 'trucks' | 'stays'>;

export function truckSupplyKw({ trucks: fleet }: Trucks, { trucks, stays }: V2gSchedule, slot: number): number {
  let supplyKw = 0;
  for (const { placeBySlot, chargeKw, dischargeKw } of trucks ?? []) {
    const place = placeBySlot[slot] ?? null;
    if (place !== null && fleet?.places[place]?.kind === 'station') supplyKw += dischargeKw[slot]! - chargeKw[slot]!;
  }
  for (const { chargeKw, dischargeKw } of stays ?? []) supplyKw += dischargeKw[slot]! - chargeKw[slot]!;
  return supplyKw;
}

/** Trucks that stand at a bus of the site's network: own ones by station, rented ones by stay. What is in neither list stands at the substation. */
export function placedTrucks(
  { trucks: fleet, stays: rented }: Trucks,
  { trucks, stays }: V2gSchedule,
  slot: number,
): { id: string; name: string; bus: string; takenKw: number }[] {
  const stations = (fleet?.places ?? []).flatMap(({ id, name, bus }, place) => {
    if (bus === undefined) return [];
    const here = (trucks ?? []).filter(({ placeBySlot }) => placeBySlot[slot] === place);
    const takenKw = here.reduce((sum, { chargeKw, dischargeKw }) => sum + chargeKw[slot]! - dischargeKw[slot]!, 0);
    return [{ id, name, bus, takenKw }];
  });
  const ofStays = (rented ?? []).flatMap(({ id, name, bus }, k) => {
    const own = stays?.[k];
    return bus === undefined
      ? []
      : [{ id, name, bus, takenKw: own ? own.chargeKw[slot]! - own.dischargeKw[slot]! : 0 }];
  });
  return [...stations, ...ofStays];
}

/** What own trucks at the site could give at once beyond what they do, and hold for a slot. */
export function truckReserveKw({ trucks: fleet, slotHours }: V2gProblem, schedule: V2gSchedule, slot: number): number {
  if (!fleet) return 0;
  let reserveKw = 0;
  fleet.places.forEach(({ kind, powerKw }, place) => {
    if (kind !== 'station') return;
    let spareKw = 0;
    let givenKw = 0;
    schedule.trucks?.forEach(({ placeBySlot, chargeKw, dischargeKw, energyKwh }, k) => {
      if (placeBySlot[slot] !== place) return;
      const { powerKw: ownKw, minKwh, dischargeEfficiency } = fleet.trucks[k]!;
      const netKw = dischargeKw[slot]! - chargeKw[slot]!;
      const heldKw = ((energyKwh[slot]! - minKwh) * dischargeEfficiency) / slotHours;
      spareKw += Math.max(0, Math.min(Math.min(ownKw, powerKw) - netKw, heldKw));
      givenKw += netKw;
    });
    reserveKw += Math.max(0, Math.min(spareKw, powerKw - givenKw));
  });
  return reserveKw;
}
