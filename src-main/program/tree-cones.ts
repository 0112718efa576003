/**
 * Cones along a tree as one part of a program, their inner columns left out. With p(x), q(x) what the nodes draw and the flow of tree-flow.ts,
 *
 *   Σ r ℓ ≤ loss(x),   least_j ≤ v_j ≤ most_j,   along · (P_j, Q_j) ≤ most of each side,   ‖(P_j, Q_j) + s‖ ≤ radius_j for each shift s
 *
 * Columns for P, Q, ℓ and v of every arc, each with its cone, would say the same: a program of many times the rows, and tangents of every cone. Here a
 * tangent is that of the loss (or of a limit) as a function of p and q alone: projection by the multipliers of the inner problem (Benders 1962;
 * Geoffrion 1972). Loss, sag and arcs are convex in p and q where the relaxed cones are tight, so their tangents cut nothing off; v_j ≤ most_j is
 * not, and its tangents keep to the safe side.
 */
import { evaluate, type AffineExpression } from './affine.ts';
import type { Tangent } from './cone.ts';
import type { Column, Term } from './program.ts';
import { treeFlow, type ConeTree, type TreeDemand, type TreeFlow } from './tree-flow.ts';
import { reachable, treeTangent, treeValue, type TreeFunction } from './tree-tangent.ts';

export interface TreeCones {
  name: string;
  tree: ConeTree;
  /** v of the root. */
  rootSquare: number;
  /** [node] */
  p: readonly AffineExpression[];
  q: readonly AffineExpression[];
  /** Null: what is lost is not asked for. */
  loss: AffineExpression | null;
  /** [node]; infinite where there is none. The root's is not looked at. */
  least: readonly number[];
  most: readonly number[];
  sides: readonly { node: number; along: readonly [p: number, q: number]; most: number }[];
  circles: readonly { node: number; radius: number; shifts: readonly (readonly [p: number, q: number])[] }[];
  /** By how much any of it may be exceeded in a solution. */
  tolerance: number;
}

interface Limit {
  what: TreeFunction;
  bound: AffineExpression;
}

/** The largest excess over a limit at the column values of a solution; infinite where no flow exists. */
export function treeViolation(part: TreeCones, columns: ArrayLike<number>): number {
  const flow = flowAt(part, demandAt(part, columns));
  if (!flow.converged) return Infinity;
  return limitsAt(part, flow).reduce((most, limit) => Math.max(most, excess(flow, limit, columns)), -Infinity);
}

/**
 * Tangents at the column values of a solution of all that they exceed, and at a steadier point where those too cut the solution off.
 * @param steady column values, or null.
 * @param share of the tolerance beyond which something counts as exceeded.
 */
export function treeTangents(
  part: TreeCones,
  columns: ArrayLike<number>,
  steady: ArrayLike<number> | null,
  share: number,
): Tangent[] {
  const drawn = demandAt(part, columns);
  const flow = flowAt(part, drawn);
  if (!flow.converged) {
    const within = reachable(drawn, (demand) => flowAt(part, demand).converged);
    return tightest(part, flowAt(part, within)).map((limit) => tangent(part, within, flowAt(part, within), limit));
  }
  const broken = limitsAt(part, flow).filter((limit) => excess(flow, limit, columns) > share * part.tolerance);
  const own = broken.map((limit) => tangent(part, drawn, flow, limit));
  if (steady === null || broken.length === 0) return own;
  const between = demandAt(part, steady);
  const other = flowAt(part, between);
  if (!other.converged) return own;
  const also = broken.map((limit) => tangent(part, between, other, limit));
  return [...own, ...also.filter((row) => beyond(row, columns) > 0)];
}

/** The tangent of the loss where every column is nothing: a program that the loss alone bounds is bounded by it. */
export function treeStart(part: TreeCones): Tangent[] {
  const drawn = demandAt(part, { length: 0 });
  const flow = flowAt(part, drawn);
  const { loss } = part;
  return flow.converged && loss ? [tangent(part, drawn, flow, { what: { of: 'loss' }, bound: loss })] : [];
}

/** Rows that hold what every node draws within `reach` of a solution. */
export function treeBox(
  part: TreeCones,
  columns: ArrayLike<number>,
  reach: number,
): { terms: Term[]; lower: number; upper: number }[] {
  return [...part.p, ...part.q]
    .filter(({ terms }) => terms.length > 0)
    .map((drawn) => {
      const at = evaluate(drawn, columns) - drawn.constant;
      return { terms: [...drawn.terms], lower: at - reach, upper: at + reach };
    });
}

const demandAt = ({ p, q }: TreeCones, columns: ArrayLike<number>): TreeDemand => ({
  p: Float64Array.from(p, (part) => valueAt(part, columns)),
  q: Float64Array.from(q, (part) => valueAt(part, columns)),
});

/** Columns that are not given are nothing. */
const valueAt = ({ terms, constant }: AffineExpression, columns: ArrayLike<number>): number =>
  terms.reduce((sum, [column, factor]) => sum + factor * (columns[column] ?? 0), constant);

const flowAt = ({ tree, rootSquare }: TreeCones, demand: TreeDemand): TreeFlow => treeFlow(tree, rootSquare, demand);

function limitsAt({ loss, least, most, sides, circles }: TreeCones, { p, q }: TreeFlow): Limit[] {
  const constant = (value: number): AffineExpression => ({ terms: [], constant: value });
  const limits: Limit[] = loss ? [{ what: { of: 'loss' }, bound: loss }] : [];
  for (let node = 1; node < least.length; node++) {
    if (Number.isFinite(least[node]!)) limits.push({ what: { of: 'sag', node }, bound: constant(-least[node]!) });
    if (Number.isFinite(most[node]!)) limits.push({ what: { of: 'rise', node }, bound: constant(most[node]!) });
  }
  for (const { node, along, most: upper } of sides)
    limits.push({ what: { of: 'arc', node, along }, bound: constant(upper) });
  for (const { node, radius, shifts } of circles) {
    let along: readonly [number, number] = [1, 0];
    let least = Infinity;
    for (const [first, second] of shifts) {
      const size = Math.hypot(p[node]! + first, q[node]! + second);
      if (size === 0) continue;
      const towards = [(p[node]! + first) / size, (q[node]! + second) / size] as const;
      const room = radius - size;
      if (room < least) [least, along] = [room, towards];
    }
    // What the longest shift leaves of the radius in its direction.
    if (least < Infinity)
      limits.push({
        what: { of: 'arc', node, along },
        bound: constant(along[0] * p[node]! + along[1] * q[node]! + least),
      });
  }
  return limits;
}

/** What stops a flow from going where none exists: the loss, or where that is not asked for the voltage nearest its least, or else a line. */
function tightest(part: TreeCones, flow: TreeFlow): Limit[] {
  const limits = limitsAt(part, flow);
  const first = limits.find(({ what }) => what.of === 'loss');
  if (first) return [first];
  const room = ({ what, bound }: Limit): number => bound.constant - treeValue(flow, what);
  return limits.toSorted((a, b) => room(a) - room(b)).slice(0, 1);
}

const excess = (flow: TreeFlow, { what, bound }: Limit, columns: ArrayLike<number>): number =>
  treeValue(flow, what) - evaluate(bound, columns);

/** tangent(p(x), q(x)) ≤ bound(x), scaled so that its largest coefficient is one. */
function tangent(part: TreeCones, at: TreeDemand, flow: TreeFlow, { what, bound }: Limit): Tangent {
  const { value, perP, perQ } = treeTangent(part.tree, flow, what);
  const coefficients = new Map<Column, number>();
  const add = ({ terms }: AffineExpression, factor: number): void => {
    for (const [column, coefficient] of terms)
      coefficients.set(column, (coefficients.get(column) ?? 0) + factor * coefficient);
  };
  let upper = bound.constant - value;
  add(bound, -1);
  for (let node = 1; node < perP.length; node++) {
    add(part.p[node]!, perP[node]!);
    add(part.q[node]!, perQ[node]!);
    upper -=
      perP[node]! * (part.p[node]!.constant - at.p[node]!) + perQ[node]! * (part.q[node]!.constant - at.q[node]!);
  }
  const terms = [...coefficients].filter(([, coefficient]) => coefficient !== 0);
  const largest = Math.max(0, ...terms.map(([, coefficient]) => Math.abs(coefficient)));
  const scale = largest > 0 ? 1 / largest : 1;
  return { terms: terms.map(([column, coefficient]): Term => [column, scale * coefficient]), upper: scale * upper };
}

const beyond = ({ terms, upper }: Tangent, columns: ArrayLike<number>): number =>
  terms.reduce((sum, [column, coefficient]) => sum + coefficient * columns[column]!, 0) - upper;
