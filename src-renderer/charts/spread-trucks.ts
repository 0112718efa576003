/** Trucks on the road that would cover one another, or one that stands, are drawn beside the place they are at. */
export interface TruckSpot {
  x: number;
  y: number;
  driving: boolean;
  /** Where it really is, when it had to be drawn beside that. */
  at?: { x: number; y: number };
}

/** Of a truck's drawing about its spot: number, state of charge, and a little air. */
const glyph = { left: -17, right: 17, top: -10, bottom: 16 };

/** Beside, below, above, then the corners and farther out; in pixels, nearest first. */
const shifts: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 28],
  [0, -28],
  [36, 0],
  [-36, 0],
  [36, 28],
  [-36, 28],
  [36, -28],
  [-36, -28],
  [0, 56],
  [0, -56],
  [72, 0],
  [-72, 0],
];

/** Half of the square that marks a terminal. */
const marker = 9;

/**
 * Those that stand keep their row; the others, first to last, take the nearest place that is free of trucks, and of terminals where
 * one has to be moved.
 */
export function spreadTrucks(
  spots: readonly TruckSpot[],
  terminals: readonly { x: number; y: number }[] = [],
): TruckSpot[] {
  const taken = spots.filter(({ driving }) => !driving);
  const covers = (x: number, y: number): number =>
    taken.reduce((sum, other) => {
      const across = glyph.right - glyph.left - Math.abs(other.x - x);
      const down = glyph.bottom - glyph.top - Math.abs(other.y - y);
      return sum + (across > 0 && down > 0 ? across * down : 0);
    }, 0);
  const hides = (x: number, y: number): boolean =>
    terminals.some(
      (place) =>
        place.x + marker > x + glyph.left &&
        place.x - marker < x + glyph.right &&
        place.y + marker > y + glyph.top &&
        place.y - marker < y + glyph.bottom,
    );
  return spots.map((spot) => {
    if (!spot.driving) return spot;
    const places = shifts.map(([dx, dy]) => ({ x: spot.x + dx, y: spot.y + dy }));
    const found =
      places.find(({ x, y }, shift) => covers(x, y) === 0 && (shift === 0 || !hides(x, y))) ??
      places.find(({ x, y }) => covers(x, y) === 0) ??
      places.reduce((best, place) => (covers(place.x, place.y) < covers(best.x, best.y) ? place : best));
    const moved = found.x !== spot.x || found.y !== spot.y;
    const drawn: TruckSpot = { ...spot, ...found, ...(moved ? { at: { x: spot.x, y: spot.y } } : {}) };
    taken.push(drawn);
    return drawn;
  });
}
