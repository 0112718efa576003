/** How terminals and trucks share the drawing: trucks stand in a row above their terminal, names go where nothing else is. */
import { labelSpots, overlap, type Box, type LabelSpot } from './label-spots.ts';
import type { RoadProjection } from './road-projection.ts';
import type { RoadPlace, TruckDay } from './road-shape.ts';
import { spreadTrucks, type TruckSpot } from './spread-trucks.ts';
import { drivingPoint, truckPlace } from './truck-place.ts';

export const truckStep = 34;
/** Of a standing truck from its place: above it, or below where another place lies there. */
const above = -26;
const below = 22;

/** [place], pixels by which trucks stand off it, downwards. */
export function dockLifts(places: readonly RoadPlace[], most: readonly number[], { x, y }: RoadProjection): number[] {
  return places.map(({ node }, index) => {
    const half = Math.max(1, most[index]!) * (truckStep / 2) + 9;
    const isHit = places.some(
      (other, at) =>
        at !== index && Math.abs(x[other.node]! - x[node]!) < half && Math.abs(y[other.node]! - y[node]! - above) < 24,
    );
    return isHit ? below : above;
  });
}

/** Where every truck is drawn at the minute: none over another. @param lifts as `dockLifts` gives them */
export function truckSpots(
  trucks: readonly TruckDay[],
  places: readonly RoadPlace[],
  lifts: readonly number[],
  minute: number,
  slotMinutes: number,
  projection: RoadProjection,
): TruckSpot[] {
  const at = trucks.map((truck) => truckPlace(truck, minute, slotMinutes));
  const spots = at.map((place, index): TruckSpot => {
    if (place.kind === 'driving') return { ...drivingPoint(place, projection), driving: true };
    const beside = at.flatMap((other, k) =>
      other.kind === 'standing' && other.terminal === place.terminal ? [k] : [],
    );
    const node = places[place.terminal]!.node;
    const shift = (beside.indexOf(index) - (beside.length - 1) / 2) * truckStep;
    return { x: projection.x[node]! + shift, y: projection.y[node]! + lifts[place.terminal]!, driving: false };
  });
  return spreadTrucks(
    spots,
    places.map(({ node }) => ({ x: projection.x[node]!, y: projection.y[node]! })),
  );
}

/** Most trucks that ever stand at each place at once: room that its own and other names leave free. */
export function mostTrucks(trucks: readonly TruckDay[], places: readonly RoadPlace[], slots: number): number[] {
  return places.map((_, terminal) => {
    let most = 0;
    for (let slot = 0; slot < slots; slot++) {
      const here = trucks.filter(({ legs }) =>
        legs.some((leg) => {
          if (slot < leg.fromSlot || slot >= leg.untilSlot) return false;
          return leg.kind === 'stay' ? leg.terminal === terminal : leg.to === terminal || leg.from === terminal;
        }),
      );
      most = Math.max(most, here.length);
    }
    return most;
  });
}

const letterWidth = 6.6;

/** One spot for the two lines of every place's label, or for its name alone where two lines would cover another's. @param second longest text the second line may hold */
export function placeLabels(
  places: readonly RoadPlace[],
  second: readonly string[],
  most: readonly number[],
  lifts: readonly number[],
  { x, y }: RoadProjection,
  width: number,
  height: number,
): LabelSpot[] {
  const taken: Box[] = places.flatMap(({ node }, index) => {
    const half = Math.max(1, most[index]!) * (truckStep / 2);
    const [px, py] = [x[node]!, y[node]!];
    const marker = { left: px - 9, right: px + 9, top: py - 9, bottom: py + 9 };
    const dock = { left: px - half, right: px + half, top: py + lifts[index]! - 10, bottom: py + lifts[index]! + 16 };
    return most[index] === 0 ? [marker] : [marker, dock];
  });
  const labelled = (lines: readonly string[]) =>
    places.map(({ node, name }, index) => ({
      x: x[node]!,
      y: y[node]!,
      width: letterWidth * Math.max(name.length, lines[index]!.length) + 4,
      height: lines[index] === '' ? 15 : 28,
    }));
  const bounds = { left: 2, top: 2, right: width - 2, bottom: height - 22 };
  const whole = labelSpots(labelled(second), taken, bounds);
  const isCrowded = (spot: Box, index: number): boolean =>
    whole.some((other, at) => at !== index && overlap(spot, other) > 0);
  if (!whole.some(isCrowded)) return whole;
  // Names that would cover one another give up their second line before they give up being read.
  const first = second.map((line, index) => (isCrowded(whole[index]!, index) ? '' : line));
  return labelSpots(labelled(first), taken, bounds);
}
