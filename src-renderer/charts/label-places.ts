import type { Layer } from './stack.ts';

/** Where a stacked area is thick enough over a stretch to carry its name; areas that never are get none. */
const minimumPixels = 15;
const pixelsPerLetter = 6.2;

export function labelPlaces(
  areas: readonly { id: string; name: string; layer: Layer }[],
  x: (edge: number) => number,
  y: (value: number) => number,
): { id: string; name: string; x: number; y: number }[] {
  return areas.flatMap(({ id, name, layer }) => {
    const slots = layer.lower.length;
    const needed = Math.ceil((name.length * pixelsPerLetter + 8) / Math.max(0.1, x(1) - x(0)));
    let best = { inside: minimumPixels, x: 0, y: 0 };
    for (let from = 0; from + needed <= slots; from++) {
      // Screen y grows downwards; the label needs the same free band over its whole width.
      let ceiling = -Infinity;
      let floor = Infinity;
      for (let slot = from; slot < from + needed; slot++) {
        const ends = [y(layer.lower[slot]!), y(layer.upper[slot]!)] as const;
        ceiling = Math.max(ceiling, Math.min(...ends));
        floor = Math.min(floor, Math.max(...ends));
      }
      if (floor - ceiling > best.inside)
        best = { inside: floor - ceiling, x: x(from + needed / 2), y: (ceiling + floor) / 2 + 4 };
    }
    return best.inside > minimumPixels ? [{ id, name, x: best.x, y: best.y }] : [];
  });
}
