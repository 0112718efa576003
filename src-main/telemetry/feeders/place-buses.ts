import type { FeederData } from './feeder-data.ts';
import type { BusPlace } from './read-bus-places.ts';

const namedAtMost = 5;

/** The feeder with the places of a list. `notes`: buses of the list that the feeder does not have, and buses left without a place. */
export function placeBuses(
  data: FeederData,
  places: ReadonlyMap<string, BusPlace>,
): { data: FeederData; notes: string[] } {
  const known = new Set(data.buses.map(({ id }) => id));
  const buses = data.buses.map((bus) => ({ ...bus, ...places.get(bus.id) }));
  const foreign = [...places.keys()].filter((id) => !known.has(id));
  const left = buses.filter(({ x, y }) => !Number.isFinite(x) || !Number.isFinite(y)).map(({ id }) => id);
  return {
    data: { ...data, buses },
    notes: [
      ...(foreign.length > 0
        ? [`The list of places names ${named(foreign)}, which the feeder does not have; left out.`]
        : []),
      ...(left.length > 0 ? [`Without a place: ${named(left)}.`] : []),
    ],
  };
}

function named(ids: readonly string[]): string {
  const more = ids.length - namedAtMost;
  const shown = ids.slice(0, namedAtMost).join(', ');
  return `${ids.length === 1 ? 'bus' : 'buses'} ${more > 0 ? `${shown} and ${more} more` : shown}`;
}
