/** Thousands of links as a handful of path texts: one per kind of line, each stretch of road drawn once for both directions. */
import type { RoadProjection } from './road-projection.ts';
import type { RoadShape } from './road-shape.ts';

/** Wide, middle, narrow and finest line, by the class of the road (OpenStreetMap's words); a class of another make is a middle one. */
export type RoadRank = 0 | 1 | 2 | 3;

const ranks: Record<string, RoadRank> = { motorway: 0, trunk: 0, primary: 0, secondary: 1, tertiary: 2 };
const finest = new Set(['unclassified', 'residential', 'living_street', 'service', 'track', 'road']);

export function roadRank(roadClass: string): RoadRank {
  const base = roadClass.replace(/_link$/, '');
  return finest.has(base) ? 3 : (ranks[base] ?? 1);
}

/**
 * Path texts by kind. Of two links over the same stretch the one of the smaller kind is drawn when they differ.
 * @param kindOf the kind of a link; null leaves it out.
 */
export function roadPaths(
  roads: RoadShape,
  { x, y }: RoadProjection,
  kindOf: (link: number) => number | null,
): Map<number, string> {
  const stretches = new Map<number, { kind: number; from: number; to: number }>();
  for (let link = 0; link < roads.linkFrom.length; link++) {
    const kind = kindOf(link);
    if (kind === null) continue;
    const [from, to] = [roads.linkFrom[link]!, roads.linkTo[link]!];
    const key = Math.min(from, to) * roads.x.length + Math.max(from, to);
    const known = stretches.get(key);
    if (!known || kind < known.kind) stretches.set(key, { kind, from, to });
  }
  const paths = new Map<number, string>();
  for (const { kind, from, to } of stretches.values()) {
    if (!Number.isFinite(x[from]) || !Number.isFinite(x[to])) continue;
    const piece = `M${pixel(x[from]!)} ${pixel(y[from]!)}L${pixel(x[to]!)} ${pixel(y[to]!)}`;
    paths.set(kind, (paths.get(kind) ?? '') + piece);
  }
  return new Map([...paths].toSorted(([a], [b]) => b - a));
}

/** A way over nodes as one line; empty without a node. */
export function wayPath(nodes: ArrayLike<number>, { x, y }: RoadProjection): string {
  let path = '';
  for (let i = 0; i < nodes.length; i++)
    path += `${i === 0 ? 'M' : 'L'}${pixel(x[nodes[i]!]!)} ${pixel(y[nodes[i]!]!)}`;
  return path;
}

/** Fine enough to be looked at closely. */
const pixel = (value: number): string => String(Math.round(value * 50) / 50);
