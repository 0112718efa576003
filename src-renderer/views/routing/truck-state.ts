/** Where each truck is and what it does at a minute, in numbers and words. */
import { energyAt, truckPlace } from '../../charts/truck-place.ts';
import { formatQuantity } from '../../components/format-number.ts';
import type { RoutedDay } from './routed-day.ts';

export interface TruckState {
  index: number;
  name: string;
  /** "Canillo", "to Canillo". */
  where: string;
  /** "charges", "waits until 09:00". */
  does: string;
  /** Positive when it charges. */
  powerKw: number;
  energyKwh: number;
  /** Of it, for the rest of its way; null where nothing is kept. */
  keptKwh: number | null;
  /** Percent of the capacity. */
  stateOfCharge: number;
  /** Earned from the start of the day to the end of the slot; null where it is not rented. */
  rent: number | null;
}

const leastKw = 1e-3;

export function truckStates(plan: RoutedDay, minute: number): TruckState[] {
  const { slotMinutes, slots, labels } = plan.horizon;
  const slot = Math.min(slots - 1, Math.floor(minute / slotMinutes));
  return plan.trucks.map((truck, index) => {
    const place = truckPlace(truck, minute, slotMinutes);
    const powerKw = truck.chargeKw[slot]! - truck.dischargeKw[slot]!;
    const energyKwh = energyAt(truck, minute, slotMinutes);
    const where =
      place.kind === 'driving' ? `to ${plan.terminals[place.leg.to]!.name}` : plan.terminals[place.terminal]!.name;
    const leg = truck.legs.find(({ untilSlot }) => slot < untilSlot);
    const does =
      place.kind === 'driving'
        ? 'drives'
        : place.early
          ? `waits until ${labels[leg?.untilSlot ?? slots] ?? '24:00'}`
          : powerKw > leastKw
            ? 'charges'
            : powerKw < -leastKw
              ? 'discharges'
              : 'stands';
    const rent = truck.rent?.subarray(0, slot + 1).reduce((sum, earned) => sum + earned, 0) ?? null;
    return {
      index,
      name: truck.name,
      where,
      does,
      powerKw: place.kind === 'driving' ? 0 : powerKw,
      energyKwh,
      keptKwh: truck.aheadKwh?.[slot] ?? null,
      stateOfCharge: (100 * energyKwh) / truck.capacityKwh,
      rent,
    };
  });
}

/** For those who listen: "Truck 1 at Canillo charges 982 kW, holds 64 %." */
export const truckWords = ({ name, where, does, powerKw, stateOfCharge }: TruckState): string =>
  `${name} ${where.startsWith('to ') ? '' : 'at '}${where} ${does}${
    Math.abs(powerKw) > leastKw ? ` ${formatQuantity(Math.abs(powerKw), 'kW', 3)}` : ''
  }, holds ${formatQuantity(stateOfCharge, '%', 3)}`;
