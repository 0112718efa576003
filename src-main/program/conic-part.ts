/** What a program may hold beside rows and columns: convex parts that a solver of rows meets by tangents. */
import { axisTangents, coneViolation, tangentAt, type SecondOrderCone, type Tangent } from './cone.ts';
import { treeBox, treeStart, treeTangents, treeViolation, type TreeCones } from './tree-cones.ts';

export type ConicPart = SecondOrderCone | TreeCones;

const isTree = (part: ConicPart): part is TreeCones => 'tree' in part;

/** Positive where the part is broken at the column values of a solution. */
export const partViolation = (part: ConicPart, columns: ArrayLike<number>): number =>
  isTree(part) ? treeViolation(part, columns) : coneViolation(part, columns);

/**
 * Tangents of a broken part that the solution lies beyond: its own, and that at a steadier point. Without a norm the bound itself is broken.
 * @param share of its tolerance by which it must be exceeded.
 */
export function partTangents(
  part: ConicPart,
  columns: Float64Array,
  { steady, share }: { steady: Float64Array | null; share: number },
): Tangent[] {
  if (isTree(part)) return treeTangents(part, columns, steady, share);
  const own = tangentAt(part, columns);
  if (own === null) return axisTangents(part);
  const other = steady && tangentAt(part, steady);
  return other && beyond(other, columns) > part.tolerance / 2 ? [own, other] : [own];
}

/** Tangents to begin with; those of a single cone are left until they are asked for. */
export const firstTangents = (part: ConicPart): Tangent[] => (isTree(part) ? treeStart(part) : []);

/** Enough to bound a program that its conic parts alone bound. */
export const boundingTangents = (part: ConicPart): Tangent[] => (isTree(part) ? treeStart(part) : axisTangents(part));

/** Rows that keep the curved quantities of a part within `reach` of a solution; none for a single cone. */
export const partBox = (part: ConicPart, columns: ArrayLike<number>, reach: number) =>
  isTree(part) ? treeBox(part, columns, reach) : [];

/** By how much a point lies beyond a tangent. */
const beyond = ({ terms, upper }: Tangent, columns: ArrayLike<number>): number =>
  terms.reduce((sum, [column, coefficient]) => sum + coefficient * columns[column]!, 0) - upper;
