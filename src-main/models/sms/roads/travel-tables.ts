/** The closure in the shape of `SmsProblem`: zero on the diagonal, null where there is no way. */
import type { Closure, Trip } from './close-terminals.ts';

export interface TravelTables {
  /** All [from][to][slot]. */
  travelSlots: (number | null)[][][];
  travelCostUsd: (number | null)[][][];
  travelEnergyMwh: (number | null)[][][];
}

export function travelTables({ trips }: Pick<Closure, 'trips'>): TravelTables {
  const table = (read: (trip: Trip) => number): (number | null)[][][] =>
    trips.map((row, from) =>
      row.map((bySlot, to) => bySlot.map((trip) => (trip === null ? (from === to ? 0 : null) : read(trip)))),
    );
  return {
    travelSlots: table((trip) => trip.slots),
    travelCostUsd: table((trip) => trip.costUsd),
    travelEnergyMwh: table((trip) => trip.energyMwh),
  };
}
