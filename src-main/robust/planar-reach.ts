/**
 * A convex set of the plane, known by its furthest point in each direction, as a polygon around it. Between two points a and b of its border, n the normal of
 * their chord: where the furthest point in direction n lies beyond the chord by no more than a tolerance there is nothing more to find; else it is a
 * further point. A polygon is found exactly. Of a curved set the polygon through the border points is pushed out by what was left beyond each
 * chord, so that it holds the set.
 */

export type PlanePoint = readonly [number, number];

export interface PlanarReach {
  /** Corners of a polygon that holds the set, each once. */
  outer: PlanePoint[];
  /** Points of the set, the corners of a polygon within it. */
  inner: PlanePoint[];
}

interface Border {
  point: PlanePoint;
  /** A direction in which it is furthest. */
  towards: PlanePoint;
}

/** Parts of the size of the set by which the two polygons may differ. */
const tolerance = 4e-4;
const mostDepth = 6;

const dot = (a: PlanePoint, b: PlanePoint): number => a[0] * b[0] + a[1] * b[1];

/** @param furthest the point of the set that lies furthest in a direction. */
export function planarReach(furthest: (towards: PlanePoint) => PlanePoint): PlanarReach {
  const axes: PlanePoint[] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ];
  const first = axes.map((towards): Border => ({ point: furthest(towards), towards }));
  const size = Math.max(...first.map(({ point }) => Math.hypot(...point)));
  const inner: PlanePoint[] = [];
  const outer: PlanePoint[] = [];
  const between = (a: Border, b: Border, depth: number): void => {
    const chord: PlanePoint = [b.point[0] - a.point[0], b.point[1] - a.point[1]];
    const length = Math.hypot(...chord);
    if (length <= 1e-9 * size) return;
    const normal: PlanePoint = [chord[1] / length, -chord[0] / length];
    const point = furthest(normal);
    const beyond = dot(normal, point) - dot(normal, a.point);
    if (beyond > tolerance * size && depth < mostDepth) {
      const middle: Border = { point, towards: normal };
      between(a, middle, depth + 1);
      between(middle, b, depth + 1);
      return;
    }
    inner.push(a.point);
    if (beyond > 1e-9 * size) outer.push(...pushedOut(a, b, normal, dot(normal, point)));
    else outer.push(a.point, b.point);
  };
  first.forEach((border, k) => between(border, first[(k + 1) % 4]!, 0));
  if (inner.length === 0) return { inner: [first[0]!.point], outer: [first[0]!.point] };
  return { inner, outer: once(outer) };
}

const once = (points: readonly PlanePoint[]): PlanePoint[] => [
  ...new Map(points.map((point) => [point.join(' '), point])).values(),
];

/** Where the line that nothing of the set lies beyond meets those of the two border points. */
function pushedOut(a: Border, b: Border, normal: PlanePoint, most: number): PlanePoint[] {
  return [a, b].map((border): PlanePoint => {
    const [u, v] = [border.towards, normal];
    const cross = u[0] * v[1] - u[1] * v[0];
    const [p, q] = [dot(u, border.point), most];
    return Math.abs(cross) < 1e-12 ? border.point : [(p * v[1] - q * u[1]) / cross, (u[0] * q - v[0] * p) / cross];
  });
}
