/** The legs of all trucks as rows of a table. Energies of what is not done are null, not 0. */
import { endLabel } from '../../charts/slot-axis.ts';
import type { RoutedDay } from './routed-day.ts';

export interface ItineraryRow {
  key: string;
  truck: number;
  leg: number;
  name: string;
  start: string;
  end: string;
  what: string;
  lengthKm: number | null;
  minutes: number | null;
  latestMinutes: number | null;
  chargeKwh: number | null;
  dischargeKwh: number | null;
  energyKwh: number;
}

export function itineraryRows(plan: RoutedDay): ItineraryRow[] {
  const { horizon, terminals } = plan;
  const edge = (slot: number): string => horizon.labels[slot] ?? endLabel(horizon);
  const hours = horizon.slotMinutes / 60;
  return plan.trucks.flatMap(({ name, legs, chargeKw, dischargeKw, energyKwh }, truck) =>
    legs.map((leg, index): ItineraryRow => {
      const energy = (kw: Float64Array): number | null =>
        leg.kind === 'drive' ? null : hours * kw.subarray(leg.fromSlot, leg.untilSlot).reduce((sum, x) => sum + x, 0);
      const drive = leg.kind === 'drive' ? leg : null;
      return {
        key: `${truck} ${index}`,
        truck,
        leg: index,
        name,
        start: edge(leg.fromSlot),
        end: edge(leg.untilSlot),
        what: leg.kind === 'drive' ? `drives to ${terminals[leg.to]!.name}` : terminals[leg.terminal]!.name,
        lengthKm: drive?.lengthKm ?? null,
        minutes: drive?.minutes ?? null,
        latestMinutes: drive?.latestMinutes ?? null,
        chargeKwh: energy(chargeKw),
        dischargeKwh: energy(dischargeKw),
        energyKwh: energyKwh[leg.untilSlot - 1]!,
      };
    }),
  );
}
