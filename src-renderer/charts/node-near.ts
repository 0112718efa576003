import type { RoadProjection } from './road-projection.ts';

/** The node nearest to a point within `reach` pixels; null when there is none. Nodes without a place are passed over. */
export function nodeNear({ x, y }: RoadProjection, px: number, py: number, reach: number): number | null {
  let best: number | null = null;
  let least = reach;
  for (let node = 0; node < x.length; node++) {
    const distance = Math.hypot(x[node]! - px, y[node]! - py);
    if (distance <= least) [best, least] = [node, distance];
  }
  return best;
}
