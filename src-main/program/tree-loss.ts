/**
 * What is lost on a tree of cones as a function of the columns of its program, L(z): its value and slopes, and the flows it is nearly a sum of squares of,
 *
 *   L(z) ≈ Σ_f ½ h_f F_f(z)² + linear,      F_f = Σ p_k or Σ q_k of all nodes k beyond an arc,      h_f = 2 Σ r_j / v_root
 *
 * over the arcs j with the same columns beyond them, which are one flow f. What the losses themselves add to the flows and take from the voltages is left out of the
 * squares, not of value and slopes. Source: Baran and Wu 1989.
 */
import type { AffineExpression } from './affine.ts';
import type { Column, Term } from './program.ts';
import type { TreeCones } from './tree-cones.ts';
import { treeFlow } from './tree-flow.ts';
import { treeTangent } from './tree-tangent.ts';

/** Σ terms of a flow, scaled so that its largest coefficient is one, without its constant. */
export interface TreeSquare {
  terms: Term[];
  /** h, of the scaled flow. */
  curvature: number;
}

export interface TreeLoss {
  value: number;
  /** ∂L/∂column, for each of `lossColumns`. */
  slopes: number[];
}

/** A tree whose loss is all that is stated of it. */
export interface LossTree extends TreeCones {
  loss: AffineExpression;
}

/** Columns that change what the nodes draw, ascending. */
export const lossColumns = ({ p, q }: TreeCones): Column[] =>
  [...new Set([...p, ...q].flatMap(({ terms }) => terms.map(([column]) => column)))].sort((a, b) => a - b);

/** @param valueOf columns at the point. Null where no flow exists there. */
export function treeLoss(
  part: TreeCones,
  columns: readonly Column[],
  valueOf: (column: Column) => number,
): TreeLoss | null {
  const drawn = (of: readonly AffineExpression[]): Float64Array =>
    Float64Array.from(of, ({ terms, constant }) =>
      terms.reduce((sum, [column, factor]) => sum + factor * valueOf(column), constant),
    );
  const flow = treeFlow(part.tree, part.rootSquare, { p: drawn(part.p), q: drawn(part.q) });
  if (!flow.converged) return null;
  const { perP, perQ } = treeTangent(part.tree, flow, { of: 'loss' });
  const slopes = new Map<Column, number>();
  const add = (of: readonly AffineExpression[], per: Float64Array): void =>
    of.forEach(({ terms }, node) => {
      for (const [column, factor] of terms) slopes.set(column, (slopes.get(column) ?? 0) + factor * per[node]!);
    });
  add(part.p, perP);
  add(part.q, perQ);
  return { value: flow.loss, slopes: columns.map((column) => slopes.get(column)!) };
}

/** The flows whose squares make up most of the loss; arcs without resistance or without columns beyond them have none. */
export const treeSquares = (part: TreeCones): TreeSquare[] => [part.p, part.q].flatMap((of) => squaresOf(part, of));

function squaresOf({ tree: { parent, r }, rootSquare }: TreeCones, of: readonly AffineExpression[]): TreeSquare[] {
  const beyond = of.map(({ terms }) => {
    const own = new Map<Column, number>();
    for (const [column, factor] of terms) own.set(column, (own.get(column) ?? 0) + factor);
    return own;
  });
  const flows = new Map<string, { own: Map<Column, number>; resistance: number }>();
  for (let node = beyond.length - 1; node > 0; node--) {
    const own = beyond[node]!;
    const feeding = beyond[parent[node]!]!;
    for (const [column, factor] of own) feeding.set(column, (feeding.get(column) ?? 0) + factor);
    if (own.size === 0) continue;
    const key = [...own.keys()].sort((a, b) => a - b).join();
    const flow = flows.get(key) ?? { own, resistance: 0 };
    flow.resistance += r[node]!;
    flows.set(key, flow);
  }
  return [...flows.values()].flatMap(({ own, resistance }) => {
    const largest = Math.max(...[...own.values()].map(Math.abs));
    if (!(resistance > 0) || !(largest > 0)) return [];
    const terms = [...own].map(([column, factor]): Term => [column, factor / largest]);
    return [{ terms, curvature: (2 * resistance * largest ** 2) / rootSquare }];
  });
}
