/**
 * Room that deviations need at the limits of the feeder. A deviation ξ_l of a component moves the squared voltage of bus j by
 *
 *   −2 Σ_b w_{l,b} (R_{jb} + X_{jb} tan φ_b) ξ_l                                   w_{l,b}: its part at bus b; R, X: shared path
 *
 * and the flow of a branch by the part of it that hangs behind, with what capacitors there give less as their voltage falls. The cars answer with a share θ ∈ [0, 1] of the total, from aggregators that
 * are not known beforehand: the change is linear in the shares, the support function convex in them, so its largest value over all shares
 * is that of a corner: nobody answers, or one aggregator takes it all. The margin is a number, exact for the linear model:
 *
 *   low_j = max(0, max over corners of δ*(change of −v_j | U_t)),  high_j and the sides of line limits likewise
 *
 * The circle of a line, ‖(P, Q) + s‖ ≤ S for every s that deviations can add, holds where it holds for the corners of those s: for whoever answers a convex
 * set of the plane (robust/planar-reach.ts), exact for polytopes, and pushed out by 4e-4 of its size for ellipsoids.
 *
 * U_t is the set in that slot; of a chance constraint its CVaR form, for a quantile is not convex. Margins enter as bounds alone, so a sweep of the protection
 * keeps one matrix.
 */
import { circleSides } from '../feeder/circle-sides.ts';
import type { FeederTree } from '../feeder/feeder.ts';
import type { PathImpedance } from '../feeder/path-impedance.ts';
import { slotReach, slotWorst } from './deviation-places.ts';
import type { V2gProblem } from './problem.ts';
import type { SiteNetwork } from './site-network.ts';

export interface SlotMargins {
  /** Squared pu [bus]. */
  low: number[];
  high: number[];
  /** MVA [bus][side]; empty where no limit is stated, or by circles. */
  line: number[][];
  /** What deviations can add to the flow of the branch to a bus, MW and Mvar [bus]: corners of a polygon; one at the origin by sides. */
  reach: (readonly [number, number])[][];
}

export function networkMargins(
  problem: V2gProblem,
  network: SiteNetwork,
  tree: FeederTree,
  path: PathImpedance,
  slot: number,
): SlotMargins {
  const none = tree.buses.map(() => 0);
  const worst = slotWorst(problem, network, tree.buses, slot);
  const still = tree.buses.map(() => [[0, 0] as const]);
  if (worst === null) return { low: none, high: none, line: tree.buses.map(() => []), reach: still };
  const byCuts = network.lineCircle === 'cuts';
  const reach = byCuts ? slotReach(problem, network, tree.buses, slot)! : null;
  const drop = (j: number) => (bus: number, kvarPerKw: number) =>
    2 * (path.rPu[j]![bus]! + path.xPu[j]![bus]! * kvarPerKw);
  const sides = circleSides(network.circleSides);
  const capacitors = tree.shuntMvar.flatMap((mvar, bus) => (mvar > 0 ? [{ bus, mvar }] : []));
  /** Reactive power through a branch: what is asked behind it, and what capacitors there give less. */
  const reactive = (j: number) => (bus: number, kvarPerKw: number) =>
    capacitors.reduce(
      (sum, at) => sum + path.feeds[j]![at.bus]! * at.mvar * drop(at.bus)(bus, kvarPerKw),
      path.feeds[j]![bus]! * kvarPerKw,
    );
  return {
    low: tree.buses.map((_, j) => (j === 0 ? 0 : worst(drop(j)))),
    high: tree.buses.map((_, j) => (j === 0 ? 0 : worst((bus, tan) => -drop(j)(bus, tan)))),
    line: tree.buses.map((_, j) =>
      j === 0 || tree.limitMva[j] === null || byCuts
        ? []
        : sides.map(({ along }) =>
            worst((bus, tan) => along[0] * path.feeds[j]![bus]! + along[1] * reactive(j)(bus, tan)),
          ),
    ),
    reach: tree.buses.map((_, j) =>
      j === 0 || tree.limitMva[j] === null || reach === null
        ? [[0, 0]]
        : reach((bus) => path.feeds[j]![bus]!, reactive(j)).outer,
    ),
  };
}
