/** Where the buses of a feeder stand by their own places, within a square of side 1, and which of their names can be written. */
export interface FeederPlaces {
  /** [bus], from the left and from the top. */
  across: number[];
  down: number[];
  /** Height over width of what they cover; 0 where all stand on one level. */
  aspect: number;
}

/** Null when a bus has no place, or all have the same: then only a tree can be drawn. */
export function feederPlaces(x: ArrayLike<number>, y: ArrayLike<number>): FeederPlaces | null {
  const [xs, ys] = [Array.from(x), Array.from(y)];
  if (xs.length === 0 || ![...xs, ...ys].every(Number.isFinite)) return null;
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.max(...xs) - left, Math.max(...ys) - bottom];
  if (wide === 0 && high === 0) return null;
  return {
    across: xs.map((one) => (wide > 0 ? (one - left) / wide : 0.5)),
    down: ys.map((one) => (high > 0 ? 1 - (one - bottom) / high : 0.5)),
    aspect: wide > 0 ? high / wide : Infinity,
  };
}

/** A mark and its name above it, pixels. */
export interface NamedSpot {
  x: number;
  y: number;
  name: string;
}

const letterWidth = 6.6;
const nameHeight = 12;

/** Which spots have room for their names, asked in the order given by `first`: no name covers another or a mark. */
export function readableNames(spots: readonly NamedSpot[], first: readonly number[], markRadius: number): Set<number> {
  const boxOf = ({ x, y, name }: NamedSpot) => {
    const half = (letterWidth * name.length) / 2 + 1;
    const bottom = y - markRadius - 2;
    return { left: x - half, right: x + half, top: bottom - nameHeight, bottom };
  };
  const taken: ReturnType<typeof boxOf>[] = [];
  const shown = new Set<number>();
  for (const index of first) {
    const box = boxOf(spots[index]!);
    const covers = taken.some(
      (other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom,
    );
    const hides = spots.some(
      ({ x, y }, other) =>
        other !== index &&
        x + markRadius > box.left &&
        x - markRadius < box.right &&
        y + markRadius > box.top &&
        y - markRadius < box.bottom,
    );
    if (covers || hides) continue;
    taken.push(box);
    shown.add(index);
  }
  return shown;
}
