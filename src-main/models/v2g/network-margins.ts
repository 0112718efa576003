/**
 * Room that deviations need at the limits of the feeder. A deviation ξ_l of a component moves the squared voltage of bus j by
 *
 *   −2 Σ_b w_{l,b} (R_{jb} + X_{jb} tan φ_b) ξ_l                                   w_{l,b}: its part at bus b; R, X: shared path
 *
 * and the flow of a branch by the part of it that hangs behind. The cars answer with a share θ ∈ [0, 1] of the total, from aggregators that
 * are not known beforehand: the change is linear in the shares, the support function convex in them, so its largest value over all shares
 * is that of a corner: nobody answers, or one aggregator takes it all. The margin is a number, exact for the linear model:
 *
 *   low_j = max(0, max over corners of δ*(change of −v_j | U_t)),  high_j and the sides of line limits likewise
 *
 * U_t is the set in that slot. Margins enter as bounds alone, so a sweep of the protection keeps one matrix.
 */
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import { slotSlice } from '../../uncertainty/slot-slice.ts';
import { circleSides } from '../feeder/circle-sides.ts';
import type { FeederTree } from '../feeder/feeder.ts';
import type { PathImpedance } from '../feeder/path-impedance.ts';
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
  const { components, protection, set } = problem.uncertainty;
  if (components.length === 0) return { low: none, high: none, line: tree.buses.map(() => []) };
  const slice: UncertaintySet = set
    ? slotSlice(set, problem.slots, slot)
    : {
        kind: 'budget',
        slots: 1,
        halfWidths: components.map(({ halfWidthKw }) => halfWidthKw[slot]!),
        protection,
        slotProtection: 1,
      };
  const demands = componentDemands(problem, network, tree, slot);
  const answering = answeringBuses(problem, network, tree, slot);
  // Per MW of each component, and of an answer at each bus.
  const worst = (perMw: (bus: number, kvarPerKw: number) => number): number => {
    const own = demands.map((parts) =>
      parts.reduce((sum, { bus, share, kvarPerKw }) => sum + share * perMw(bus, kvarPerKw), 0),
    );
    const corners = [0, ...answering.map((bus) => perMw(bus, 0))];
    return Math.max(
      0,
      ...corners.map((answer) =>
        setWorstCase(
          slice,
          own.map((value) => (value - answer) / 1000),
        ),
      ),
    );
  };
  const drop = (j: number) => (bus: number, kvarPerKw: number) =>
    2 * (path.rPu[j]![bus]! + path.xPu[j]![bus]! * kvarPerKw);
  const sides = circleSides(network.circleSides);
  return {
    low: tree.buses.map((_, j) => (j === 0 ? 0 : worst(drop(j)))),
    high: tree.buses.map((_, j) => (j === 0 ? 0 : worst((bus, tan) => -drop(j)(bus, tan)))),
    line: tree.buses.map((_, j) =>
      j === 0 || tree.limitMva[j] === null
        ? []
        : sides.map(({ along }) => worst((bus, tan) => path.feeds[j]![bus]! * (along[0] + along[1] * tan))),
    ),
  };
}

interface DemandPart {
  bus: number;
  share: number;
  kvarPerKw: number;
}

/** Where a kW more demand (or less wind) of each component is felt [component]. */
export function componentDemands(
  problem: V2gProblem,
  network: SiteNetwork,
  tree: FeederTree,
  slot: number,
): DemandPart[][] {
  const place = new Map(tree.buses.map((bus, index) => [bus, index]));
  const windKw = problem.wind.reduce((sum, park) => sum + park.availableKw[slot]!, 0);
  return problem.uncertainty.components.map(({ id, kind }): DemandPart[] => {
    switch (kind) {
      case 'load':
        return network.loads.map(({ bus, share, kvarPerKw }) => ({ bus: place.get(bus)!, share, kvarPerKw }));
      case 'wind':
        return problem.wind.map((park, k) => ({
          bus: place.get(network.windBus[k]!)!,
          share: windKw > 0 ? park.availableKw[slot]! / windKw : 1 / problem.wind.length,
          kvarPerKw: 0,
        }));
      case 'aggregator': {
        const index = problem.aggregators.findIndex((aggregator) => aggregator.id === id);
        return index < 0 ? [] : [{ bus: place.get(network.aggregatorBus[index]!)!, share: 1, kvarPerKw: 0 }];
      }
    }
  });
}

/** Buses whose cars, gas units or storage may take a share of a deviation in the slot. */
export function answeringBuses(problem: V2gProblem, network: SiteNetwork, tree: FeederTree, slot: number): number[] {
  if (problem.charging === 'uncoordinated' || problem.recourse === 0) return [];
  const present = new Set(
    problem.evs.flatMap((ev) =>
      ev.arrivalSlot <= slot && slot < ev.departureSlot ? [network.aggregatorBus[ev.aggregator]!] : [],
    ),
  );
  if (problem.responders === 'each-resource')
    for (const bus of [...network.gasBus, ...network.storageBus]) present.add(bus);
  return [...present].map((bus) => tree.buses.indexOf(bus));
}
