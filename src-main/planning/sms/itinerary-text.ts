/** The itinerary of trucks for their drivers as CSV, one row per leg. Times are ISO 8601 with offset. */
import { slotHours, slotStart, type Horizon } from '../../base/horizon.ts';
import { zoneOf } from '../../base/zone.ts';
import { csvText, type CsvCell } from '../csv-text.ts';
import type { LegView } from './leg-view.ts';

/** Power kW, energy kWh, arrays [slot]. */
export interface ItineraryDay {
  horizon: Horizon;
  terminals: readonly { name: string }[];
  /** Where a trip's energy comes from. */
  drivesOn: 'battery' | 'elsewhere';
  trucks: readonly {
    name: string;
    legs: readonly LegView[];
    chargeKw: ArrayLike<number>;
    dischargeKw: ArrayLike<number>;
    energyKwh: ArrayLike<number>;
  }[];
}

const minuteMs = 60_000;
const header = [
  'truck',
  'leg',
  'what',
  'from',
  'to',
  'start',
  'end',
  'latest end',
  'distance (km)',
  'charge (kWh)',
  'discharge (kWh)',
  'driving (kWh)',
  'energy at the end (kWh)',
];

export function itineraryText({ horizon, terminals, drivesOn, trucks }: ItineraryDay): string {
  const zone = zoneOf(horizon.zone);
  const clock = (slot: number, minutes = 0): string =>
    zone.format(slotStart(horizon, slot) + Math.round(minutes * minuteMs));
  const rows = trucks.flatMap(({ name, legs, chargeKw, dischargeKw, energyKwh }) =>
    legs.map((leg, index): CsvCell[] => {
      const held = energyKwh[leg.untilSlot - 1]!;
      if (leg.kind === 'stay') {
        const place = terminals[leg.terminal]!.name;
        const kwh = (kw: ArrayLike<number>): number => {
          let sum = 0;
          for (let slot = leg.fromSlot; slot < leg.untilSlot; slot++) sum += kw[slot]! * slotHours(horizon);
          return sum;
        };
        const worked = [kwh(chargeKw), kwh(dischargeKw)];
        const when = [clock(leg.fromSlot), clock(leg.untilSlot)];
        return [name, index + 1, 'stay', place, place, ...when, null, null, ...worked, 0, held];
      }
      const { from, to, fromSlot, minutes, latestMinutes, lengthKm } = leg;
      const when = [clock(fromSlot), clock(fromSlot, minutes), clock(fromSlot, latestMinutes)];
      const driving = drivesOn === 'battery' ? leg.energyKwh : 0;
      const ends = [terminals[from]!.name, terminals[to]!.name];
      return [name, index + 1, 'drive', ...ends, ...when, lengthKm, 0, 0, driving, held];
    }),
  );
  return csvText(header, rows);
}
