/** What stands at buses, as terms of columns: what the networks see of a schedule. */
import type { Term } from '../../program/program.ts';
import type { EvDevice } from './ev.ts';
import type { GasDevice } from './gas.ts';
import type { V2gProblem } from './problem.ts';
import type { StayDevice } from './stays.ts';
import type { StorageDevice } from './storage.ts';
import { given, type TruckDevice } from './trucks.ts';
import type { WindDevice } from './wind.ts';

/** Active power given by each device in a slot, kW: terms of its columns [device]. */
export interface DeviceTerms {
  wind: (slot: number) => Term[][];
  gas: (slot: number) => Term[][];
  storage: (slot: number) => Term[][];
  aggregator: (slot: number) => Term[][];
  /** Trucks that stand at a bus. */
  trucks: (slot: number) => { bus: string; terms: Term[] }[];
}

/** What each device gives at its bus; losses on the way are the network's own. */
export function deviceTerms(
  { aggregators, trucks: fleet, stays: rented }: V2gProblem,
  parts: {
    gas: GasDevice;
    wind: WindDevice;
    storage: StorageDevice;
    evs: EvDevice;
    trucks: TruckDevice;
    stays: StayDevice;
  },
): DeviceTerms {
  const { gas, wind, storage, evs, trucks, stays } = parts;
  const stands = trucks.stands.flat().flatMap((stand) => {
    const { kind, bus } = fleet!.places[stand.place]!;
    return kind === 'station' && bus !== undefined ? [{ bus, slot: stand.slot, terms: given(stand) }] : [];
  });
  const standsIn = Map.groupBy(stands, ({ slot }) => slot);
  return {
    trucks: (slot) => [
      ...(standsIn.get(slot) ?? []),
      ...(rented ?? []).flatMap(({ bus }, k) => (bus === undefined ? [] : [{ bus, terms: stays.given(k, slot) }])),
    ],
    wind: (slot) => wind.columns.map((own): Term[] => [[own[slot]!, 1]]),
    gas: (slot) => gas.columns.map(({ output }): Term[] => [[output[slot]!, 1]]),
    storage: (slot) =>
      storage.columns.map(({ charge, discharge }): Term[] => [
        [discharge[slot]!, 1],
        [charge[slot]!, -1],
      ]),
    aggregator: (slot) =>
      aggregators.map((_, index) =>
        evs.columns.flatMap((own): Term[] =>
          own.ev.aggregator !== index || slot < own.from || slot >= own.until
            ? []
            : [
                [own.discharge[slot - own.from]!, 1],
                [own.charge[slot - own.from]!, -1],
              ],
        ),
      ),
  };
}
