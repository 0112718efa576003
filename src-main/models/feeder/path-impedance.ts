/**
 * Impedance that the ways from the substation to two buses share [bus][bus]: what power at one does to the voltage at the other. Where capacitors stand
 * a voltage that falls takes some of what they give with it, and falls further:
 *
 *   Δv = −2 (R Δp + X Δq) + 2 X b Δv   ⇒   Δv = −2 (I − 2 X b)⁻¹ (R Δp + X Δq)               b: capacitors, Mvar at 1 pu
 *
 * so R and X are given with that factor.
 */
import type { FeederTree } from './feeder.ts';

export interface PathImpedance {
  rPu: Float64Array[];
  xPu: Float64Array[];
  /** Whether power taken at the second bus flows through the branch that feeds the first [bus][bus]. */
  feeds: Uint8Array[];
}

export function pathImpedance(tree: FeederTree): PathImpedance {
  const count = tree.buses.length;
  const zeros = (): Float64Array[] => tree.buses.map(() => new Float64Array(count));
  const path: PathImpedance = { rPu: zeros(), xPu: zeros(), feeds: tree.buses.map(() => new Uint8Array(count)) };
  // Buses come after the one that feeds them: the shared way of j and any earlier k is that of j's parent and k.
  for (let j = 1; j < count; j++) {
    const parent = tree.parent[j]!;
    for (let k = 0; k < j; k++) {
      path.rPu[j]![k] = path.rPu[k]![j] = path.rPu[parent]![k]!;
      path.xPu[j]![k] = path.xPu[k]![j] = path.xPu[parent]![k]!;
    }
    path.rPu[j]![j] = path.rPu[parent]![parent]! + tree.rPu[j]!;
    path.xPu[j]![j] = path.xPu[parent]![parent]! + tree.xPu[j]!;
    for (let up = j; up > 0; up = tree.parent[up]!) path.feeds[up]![j] = 1;
  }
  return tree.shuntMvar.some((mvar) => mvar > 0) ? withCapacitors(path, tree.shuntMvar) : path;
}

/** One capacitor after the other, each by the formula of Sherman and Morrison. */
function withCapacitors(path: PathImpedance, mvar: readonly number[]): PathImpedance {
  let { rPu, xPu } = path;
  mvar.forEach((b, at) => {
    if (b === 0) return;
    const factor = (2 * b) / (1 - 2 * b * xPu[at]![at]!);
    const added = (of: Float64Array[]): Float64Array[] =>
      of.map((row, j) => row.map((own, k) => own + factor * xPu[j]![at]! * of[at]![k]!));
    [rPu, xPu] = [added(rPu), added(xPu)];
  });
  return { ...path, rPu, xPu };
}
