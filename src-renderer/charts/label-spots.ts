/** Where names go on a map: beside their place, inside the drawing, over nothing that is already there. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
export interface Labelled {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface LabelSpot extends Box {
  /** Which side of the text lies towards its place. */
  anchor: 'start' | 'middle' | 'end';
}

const offset = 14;

/** Times every label is placed anew among all others, which makes room the order of placing left none of. */
const rounds = 4;

/** One spot per label; where no spot is free, the one that covers least. @param taken what must stay free */
export function labelSpots(labels: readonly Labelled[], taken: readonly Box[], bounds: Box): LabelSpot[] {
  const placed: LabelSpot[] = [];
  for (let round = 0; round < rounds; round++)
    labels.forEach((label, index) => {
      const others = [...taken, ...placed.filter((_, other) => other !== index)];
      placed[index] = freestBox(spotsAround(label), others, bounds);
    });
  return placed;
}

/** The first box that covers nothing taken and lies within the bounds; where none does, the one that covers least. */
export function freestBox<Spot extends Box>(spots: readonly Spot[], taken: readonly Box[], bounds: Box): Spot {
  const cost = (spot: Box): number => sum(taken.map((box) => overlap(spot, box))) + 2 * outside(spot, bounds);
  const free = spots.find((spot) => cost(spot) === 0);
  return free ?? spots.reduce((least, spot) => (cost(spot) < cost(least) ? spot : least));
}

/** Right, left, below, above, then the corners. */
function spotsAround({ x, y, width, height }: Labelled): LabelSpot[] {
  const at = (left: number, top: number, anchor: LabelSpot['anchor']): LabelSpot => ({
    left,
    top,
    right: left + width,
    bottom: top + height,
    anchor,
  });
  const [right, left] = [x + offset, x - offset - width];
  const [above, below] = [y - offset - height, y + offset];
  const [centre, middle] = [x - width / 2, y - height / 2];
  return [
    at(right, middle, 'start'),
    at(left, middle, 'end'),
    at(centre, below, 'middle'),
    at(right, below - 6, 'start'),
    at(left, below - 6, 'end'),
    at(centre, above, 'middle'),
    at(right, above + 6, 'start'),
    at(left, above + 6, 'end'),
  ];
}

/** Pixels of area that two boxes share. */
export const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/** Pixels of area beyond the bounds. */
const outside = (a: Box, bounds: Box): number => (a.right - a.left) * (a.bottom - a.top) - overlap(a, bounds);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
