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
 * U_t is the set in that slot; of a chance constraint its CVaR form, for a quantile is not convex. Margins enter as bounds alone, so a sweep of the protection keeps one matrix.
 */
import { circleSides } from '../feeder/circle-sides.ts';
import type { FeederTree } from '../feeder/feeder.ts';
import type { PathImpedance } from '../feeder/path-impedance.ts';
import { slotWorst } from './deviation-places.ts';
import type { V2gProblem } from './problem.ts';
import type { SiteNetwork } from './site-network.ts';

export interface SlotMargins {
  /** Squared pu [bus]. */
  low: number[];
  high: number[];
  /** MVA [bus][side]; empty where no limit is stated. */
  line: number[][];
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
  if (worst === null) return { low: none, high: none, line: tree.buses.map(() => []) };
  const drop = (j: number) => (bus: number, kvarPerKw: number) =>
    2 * (path.rPu[j]![bus]! + path.xPu[j]![bus]! * kvarPerKw);
  const sides = circleSides(network.circleSides);
  const capacitors = tree.shuntMvar.flatMap((mvar, bus) => (mvar > 0 ? [{ bus, mvar }] : []));
  /** Reactive power that capacitors behind a branch give less. */
  const withheld = (j: number, bus: number, kvarPerKw: number): number =>
    capacitors.reduce((sum, at) => sum + path.feeds[j]![at.bus]! * at.mvar * drop(at.bus)(bus, kvarPerKw), 0);
  return {
    low: tree.buses.map((_, j) => (j === 0 ? 0 : worst(drop(j)))),
    high: tree.buses.map((_, j) => (j === 0 ? 0 : worst((bus, tan) => -drop(j)(bus, tan)))),
    line: tree.buses.map((_, j) =>
      j === 0 || tree.limitMva[j] === null
        ? []
        : sides.map(({ along }) =>
            worst((bus, tan) => path.feeds[j]![bus]! * (along[0] + along[1] * tan) + along[1] * withheld(j, bus, tan)),
          ),
    ),
  };
}
