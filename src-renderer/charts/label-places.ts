import type { Values } from './paths.ts';
import type { Layer } from './stack.ts';

const minimumPixels = 15;
const pixelsPerLetter = 6.2;
/** Distance a label keeps from a line, counted from its middle. */
const clearance = 4;

/**
 * Where each stacked area is thick enough, over the width of its name and clear of the lines drawn on top, to carry that name.
 * An area that never is gets no place; the legend names it all the same.
 */
export function labelPlaces(
  areas: readonly { id: string; name: string; layer: Layer }[],
  lines: readonly Values[],
  x: (edge: number) => number,
  y: (value: number) => number,
): { id: string; name: string; x: number; y: number }[] {
  return areas.flatMap(({ id, name, layer }) => {
    const slots = layer.lower.length;
    const needed = Math.ceil((name.length * pixelsPerLetter + 8) / Math.max(0.1, x(1) - x(0)));
    let best = { inside: minimumPixels, x: 0, y: 0 };
    for (let from = 0; from + needed <= slots; from++)
      for (const [ceiling, floor] of freeBands(layer, lines, from, from + needed, y))
        if (floor - ceiling > best.inside)
          best = { inside: floor - ceiling, x: x(from + needed / 2), y: (ceiling + floor) / 2 + 4 };
    return best.inside > minimumPixels ? [{ id, name, x: best.x, y: best.y }] : [];
  });
}

/** Bands of screen y (growing downwards) inside the layer that no line enters anywhere in slots [from, to). */
function freeBands(
  layer: Layer,
  lines: readonly Values[],
  from: number,
  to: number,
  y: (value: number) => number,
): [number, number][] {
  let ceiling = -Infinity;
  let floor = Infinity;
  for (let slot = from; slot < to; slot++) {
    const ends = [y(layer.lower[slot]!), y(layer.upper[slot]!)] as const;
    ceiling = Math.max(ceiling, Math.min(...ends));
    floor = Math.min(floor, Math.max(...ends));
  }
  let bands: [number, number][] = [[ceiling, floor]];
  for (const line of lines) {
    let high = Infinity;
    let low = -Infinity;
    for (let slot = from; slot < to; slot++) {
      high = Math.min(high, y(line[slot]!) - clearance);
      low = Math.max(low, y(line[slot]!) + clearance);
    }
    bands = bands.flatMap(([top, bottom]): [number, number][] =>
      low <= top || high >= bottom
        ? [[top, bottom]]
        : [
            [top, high],
            [low, bottom],
          ],
    );
  }
  return bands;
}
