/** Going along roads stretch by stretch: straight on, round, or into another branch. A stretch is one link for both its directions. */
import type { RoadProjection } from './road-projection.ts';
import type { RoadShape } from './road-shape.ts';

/** The stretch one is on, and the node one is heading for. */
export interface RoadStep {
  link: number;
  heading: number;
}

/** [node]: a link for every stretch that ends there. */
export type Junctions = readonly (readonly number[])[];

export function junctionsOf({ x, linkFrom, linkTo }: RoadShape): Junctions {
  const junctions: number[][] = Array.from(x, () => []);
  const known = new Set<number>();
  for (let link = 0; link < linkFrom.length; link++) {
    const [from, to] = [linkFrom[link]!, linkTo[link]!];
    const key = Math.min(from, to) * x.length + Math.max(from, to);
    if (from === to || known.has(key)) continue;
    known.add(key);
    junctions[from]!.push(link);
    junctions[to]!.push(link);
  }
  return junctions;
}

/** The other end of the stretch. */
export function tailOf({ linkFrom, linkTo }: RoadShape, { link, heading }: RoadStep): number {
  return linkFrom[link] === heading ? linkTo[link]! : linkFrom[link]!;
}

/** On over the next junction, as straight as roads go; round where the road ends. */
export function stepAhead(
  roads: RoadShape,
  junctions: Junctions,
  projection: RoadProjection,
  step: RoadStep,
): RoadStep {
  const { heading } = step;
  const tail = tailOf(roads, step);
  const course = bearing(projection, tail, heading);
  const on = junctions[heading]!.map((link): RoadStep => ({ link, heading: endFrom(roads, link, heading) }))
    .filter((next) => next.heading !== tail)
    .toSorted((a, b) => turn(a) - turn(b))[0];
  return on ?? { ...step, heading: tail };

  function turn(next: RoadStep): number {
    const difference = Math.abs(bearing(projection, heading, next.heading) - course);
    return Math.min(difference, 2 * Math.PI - difference);
  }
}

/** Into the next branch, clockwise, of the junction one came from. */
export function stepAside(
  roads: RoadShape,
  junctions: Junctions,
  projection: RoadProjection,
  step: RoadStep,
): RoadStep {
  const tail = tailOf(roads, step);
  const branches = junctions[tail]!.map((link): RoadStep => ({ link, heading: endFrom(roads, link, tail) })).toSorted(
    (a, b) => bearing(projection, tail, a.heading) - bearing(projection, tail, b.heading),
  );
  const at = branches.findIndex(({ heading }) => heading === step.heading);
  return branches[(at + 1) % branches.length] ?? step;
}

const endFrom = (roads: RoadShape, link: number, node: number): number => tailOf(roads, { link, heading: node });

/** Clockwise on a drawing, whose y runs downwards; radians. */
const bearing = ({ x, y }: RoadProjection, from: number, to: number): number =>
  Math.atan2(y[to]! - y[from]!, x[to]! - x[from]!);
