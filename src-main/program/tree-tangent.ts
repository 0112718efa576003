/**
 * How what flows on a tree of cones (tree-flow.ts) changes with what its nodes draw, to first order, by the adjoint of its equations at one of
 * their solutions. Residuals of the arc to j, fed by i and feeding k, with their multipliers:
 *
 *   a: P_j − r ℓ_j − Σ P_k − p_j     b: Q_j − x ℓ_j − Σ Q_k + s_j v_j − q_j     c: v_j − v_i + 2 (r P_j + x Q_j) − (r² + x²) ℓ_j     e: ℓ_j v_i − P_j² − Q_j²
 *
 * The multipliers solve Σ multiplier · ∂residual = ∂g for the function g in question; then ∂g/∂p_j = a_j and ∂g/∂q_j = b_j. Where every e_j ≥ 0
 * they are also those of the relaxed cones ℓ v ≥ P² + Q²: the tight point is optimal there, g convex, and its tangent below it everywhere.
 */
import type { ConeTree, TreeDemand, TreeFlow } from './tree-flow.ts';

/** A linear function of what flows. */
export type TreeFunction =
  | { of: 'loss' }
  /** −v of a node: a lower limit of v is an upper limit of it. */
  | { of: 'sag'; node: number }
  | { of: 'rise'; node: number }
  /** along · (P, Q) of the arc to a node. */
  | { of: 'arc'; node: number; along: readonly [p: number, q: number] };

/** value + Σ perP (p − p̂) + Σ perQ (q − q̂) at the demand p̂, q̂. */
export interface TreeTangent {
  value: number;
  /** [node] */
  perP: Float64Array;
  perQ: Float64Array;
  /** It is nowhere above the function. */
  below: boolean;
}

const tolerance = 1e-14;
const mostSweeps = 100;
const rounding = 1e-12;

export function treeValue({ p, q, squaredVoltage, loss }: TreeFlow, what: TreeFunction): number {
  switch (what.of) {
    case 'loss':
      return loss;
    case 'sag':
      return -squaredVoltage[what.node]!;
    case 'rise':
      return squaredVoltage[what.node]!;
    case 'arc':
      return what.along[0] * p[what.node]! + what.along[1] * q[what.node]!;
  }
}

/** @param flow of the demand, converged. */
export function treeTangent({ parent, r, x, s }: ConeTree, flow: TreeFlow, what: TreeFunction): TreeTangent {
  const { p, q, squaredCurrent, squaredVoltage } = flow;
  const count = parent.length;
  const [a, b, c, e] = [1, 2, 3, 4].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let change = Infinity;
  for (let sweep = 0; sweep < mostSweeps && change > tolerance; sweep++) {
    change = 0;
    c.fill(0);
    if (what.of === 'sag') c[what.node] = -1;
    if (what.of === 'rise') c[what.node] = 1;
    for (let j = count - 1; j > 0; j--) {
      c[j]! -= s[j]! * b[j]!;
      c[parent[j]!]! += c[j]! - squaredCurrent[j]! * e[j]!;
    }
    for (let j = 1; j < count; j++) {
      const up = parent[j]!;
      const [along, across] = what.of === 'arc' && what.node === j ? what.along : [0, 0];
      const first = along + a[up]! - 2 * r[j]! * c[j]!;
      const second = across + b[up]! - 2 * x[j]! * c[j]!;
      const own = (what.of === 'loss' ? r[j]! : 0) + (r[j]! ** 2 + x[j]! ** 2) * c[j]!;
      const room = squaredVoltage[up]! - 2 * (r[j]! * p[j]! + x[j]! * q[j]!);
      const cone = (own + r[j]! * first + x[j]! * second) / room;
      const reactive = second + 2 * q[j]! * cone;
      change = Math.max(change, Math.abs(cone - e[j]!), Math.abs(s[j]! * (reactive - b[j]!)));
      e[j] = cone;
      a[j] = first + 2 * p[j]! * cone;
      b[j] = reactive;
    }
  }
  return { value: treeValue(flow, what), perP: a, perQ: b, below: e.every((value) => value >= -rounding) };
}

/** The demand at which the flow still exists, nearest to the one wished for on the way from nothing. */
export function reachable(demand: TreeDemand, exists: (demand: TreeDemand) => boolean): TreeDemand {
  const scaled = (share: number): TreeDemand => ({
    p: Float64Array.from(demand.p, (value) => share * value),
    q: Float64Array.from(demand.q, (value) => share * value),
  });
  let [low, high] = [0, 1];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (exists(scaled(middle))) low = middle;
    else high = middle;
  }
  return scaled(low);
}
