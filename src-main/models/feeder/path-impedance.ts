/** Impedance that the ways from the substation to two buses share [bus][bus]: what power at one does to the voltage at the other. */
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
  return path;
}
