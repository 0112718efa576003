/** What of the roads lies under a pointer. */
import type { RoadProjection } from './road-projection.ts';
import type { RoadShape } from './road-shape.ts';

/** Distance in pixels of a point from the stretch between two nodes. */
export function distanceTo({ x, y }: RoadProjection, from: number, to: number, px: number, py: number): number {
  const [dx, dy] = [x[to]! - x[from]!, y[to]! - y[from]!];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - x[from]!) * dx + (py - y[from]!) * dy) / length));
  return Math.hypot(px - x[from]! - share * dx, py - y[from]! - share * dy);
}

/** The nearest link within `reach` pixels; null when there is none. */
export function linkAt(
  roads: RoadShape,
  projection: RoadProjection,
  px: number,
  py: number,
  reach: number,
): number | null {
  let best: number | null = null;
  let least = reach;
  for (let link = 0; link < roads.linkFrom.length; link++) {
    const distance = distanceTo(projection, roads.linkFrom[link]!, roads.linkTo[link]!, px, py);
    if (distance <= least) [best, least] = [link, distance];
  }
  return best;
}

/** The nearest stretch of a way within `reach` pixels, in pixels; Infinity when there is none. */
export function distanceToWay(nodes: ArrayLike<number>, projection: RoadProjection, px: number, py: number): number {
  let least = Infinity;
  for (let i = 1; i < nodes.length; i++)
    least = Math.min(least, distanceTo(projection, nodes[i - 1]!, nodes[i]!, px, py));
  return least;
}
