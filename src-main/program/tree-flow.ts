/**
 * Second-order cones along a tree, all tight: given what every node draws, the numbers of the arcs that feed them follow. For the arc to node j from
 * node i, with weights r and x, and s of the node that gives q in step with v,
 *
 *   outwards in:  P_j = p_j + r ℓ_j + Σ P_k,  Q_j = q_j − s_j v_j + x ℓ_j + Σ Q_k        ℓ_j v_i = P_j² + Q_j²
 *   inwards out:  v_j = v_i − 2 (r P_j + x Q_j) + (r² + x²) ℓ_j
 *
 * solved by sweeps to and from the root. Source: Baran and Wu 1989.
 */

/** Nodes in an order in which each comes after the one that feeds it; node 0 is the root. What belongs to an arc stands at the node it feeds. */
export interface ConeTree {
  /** Index of the feeding node; −1 for the root. */
  parent: readonly number[];
  r: readonly number[];
  x: readonly number[];
  s: readonly number[];
}

/** What each node draws [node]. */
export interface TreeDemand {
  p: ArrayLike<number>;
  q: ArrayLike<number>;
}

/** [node]; 0 at the root, but for its v. */
export interface TreeFlow {
  /** False where no flow exists: the numbers mean nothing. */
  converged: boolean;
  p: Float64Array;
  q: Float64Array;
  squaredCurrent: Float64Array;
  squaredVoltage: Float64Array;
  /** Σ r ℓ */
  loss: number;
}

const tolerance = 1e-13;
const mostSweeps = 200;

/** @param rootSquare v of the root. */
export function treeFlow({ parent, r, x, s }: ConeTree, rootSquare: number, demand: TreeDemand): TreeFlow {
  const count = parent.length;
  const p = new Float64Array(count);
  const q = new Float64Array(count);
  const squaredCurrent = new Float64Array(count);
  const squaredVoltage = new Float64Array(count).fill(rootSquare);
  let change = Infinity;
  for (let sweep = 0; sweep < mostSweeps && change > tolerance; sweep++) {
    p.fill(0);
    q.fill(0);
    for (let j = count - 1; j > 0; j--) {
      const up = parent[j]!;
      p[j]! += demand.p[j]! + r[j]! * squaredCurrent[j]!;
      q[j]! += demand.q[j]! - s[j]! * squaredVoltage[j]! + x[j]! * squaredCurrent[j]!;
      if (up === 0) continue;
      p[up]! += p[j]!;
      q[up]! += q[j]!;
    }
    change = 0;
    for (let j = 1; j < count; j++) {
      const above = squaredVoltage[parent[j]!]!;
      const current = (p[j]! ** 2 + q[j]! ** 2) / above;
      const voltage = above - 2 * (r[j]! * p[j]! + x[j]! * q[j]!) + (r[j]! ** 2 + x[j]! ** 2) * current;
      change = Math.max(change, Math.abs(current - squaredCurrent[j]!), Math.abs(voltage - squaredVoltage[j]!));
      squaredCurrent[j] = current;
      squaredVoltage[j] = voltage;
    }
    if (!Number.isFinite(change) || squaredVoltage.some((square) => square <= 0)) break;
  }
  return {
    converged: change <= tolerance && squaredVoltage.every((square) => square > 0),
    p,
    q,
    squaredCurrent,
    squaredVoltage,
    loss: squaredCurrent.reduce((sum, current, j) => sum + r[j]! * current, 0),
  };
}
