/** Where on a network deviations are felt and answered. */
import { convexForm, type UncertaintySet } from '../../uncertainty/day-set.ts';
import { slotSlice } from '../../uncertainty/slot-slice.ts';
import { planarReach, type PlanarReach } from '../../robust/planar-reach.ts';
import { setAdversary, setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { V2gProblem } from './problem.ts';
import type { NetworkPlaces } from './site-network.ts';

export interface DemandPart {
  /** Index of the bus. */
  bus: number;
  share: number;
  kvarPerKw: number;
}

/** Where a kW more demand (or less wind) of each component is felt [component]. */
export function componentDemands(
  problem: V2gProblem,
  places: NetworkPlaces,
  buses: readonly string[],
  slot: number,
): DemandPart[][] {
  const place = new Map(buses.map((bus, index) => [bus, index]));
  const windKw = problem.wind.reduce((sum, park) => sum + park.availableKw[slot]!, 0);
  return problem.uncertainty.components.map(({ id, kind }): DemandPart[] => {
    switch (kind) {
      case 'load':
        return places.loads.map(({ bus, share, kvarPerKw }) => ({
          bus: place.get(bus)!,
          share,
          kvarPerKw: kvarPerKw ?? 0,
        }));
      case 'wind':
        return problem.wind.map((park, k) => ({
          bus: place.get(places.windBus[k]!)!,
          share: windKw > 0 ? park.availableKw[slot]! / windKw : 1 / problem.wind.length,
          kvarPerKw: 0,
        }));
      case 'aggregator': {
        const index = problem.aggregators.findIndex((aggregator) => aggregator.id === id);
        return index < 0 ? [] : [{ bus: place.get(places.aggregatorBus[index]!)!, share: 1, kvarPerKw: 0 }];
      }
    }
  });
}

/** Buses whose cars, gas units or storage may take a share of a deviation in the slot. */
export function answeringBuses(
  problem: V2gProblem,
  places: NetworkPlaces,
  buses: readonly string[],
  slot: number,
): number[] {
  if (problem.charging === 'uncoordinated' || problem.recourse === 0) return [];
  const present = new Set(
    problem.evs.flatMap((ev) =>
      ev.arrivalSlot <= slot && slot < ev.departureSlot ? [places.aggregatorBus[ev.aggregator]!] : [],
    ),
  );
  if (problem.responders === 'each-resource')
    for (const bus of [...places.gasBus, ...places.storageBus]) present.add(bus);
  return [...present].map((bus) => buses.indexOf(bus));
}

/**
 * max(0, the largest effect of the deviations of a slot), whoever answers them: the largest value over all shares is that of a corner, nobody or
 * one bus alone (network-margins.ts), which needs a convex set: a chance constraint counts by its CVaR form. `perMw`: effect of one MW more demand at a bus, with the reactive power that goes with it.
 */
export type SlotWorst = (perMw: (bus: number, kvarPerKw: number) => number) => number;

/** Null where nothing deviates. */
export function slotWorst(
  problem: V2gProblem,
  places: NetworkPlaces,
  buses: readonly string[],
  slot: number,
): SlotWorst | null {
  const slice = sliceOf(problem, slot);
  if (slice === null) return null;
  const demands = componentDemands(problem, places, buses, slot);
  const answering = answeringBuses(problem, places, buses, slot);
  return (perMw) => {
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
}

/**
 * What the deviations of a slot can add to two effects at once, such as the active and the reactive power of a line, whoever answers them and none at
 * all included: by the same corners as above, as a polygon.
 */
export type SlotReach = (first: EffectPerMw, second: EffectPerMw) => PlanarReach;
type EffectPerMw = (bus: number, kvarPerKw: number) => number;

/** Null where nothing deviates. */
export function slotReach(
  problem: V2gProblem,
  places: NetworkPlaces,
  buses: readonly string[],
  slot: number,
): SlotReach | null {
  const slice = sliceOf(problem, slot);
  if (slice === null) return null;
  const demands = componentDemands(problem, places, buses, slot);
  const answering = answeringBuses(problem, places, buses, slot);
  return (first, second) => {
    const effects = [first, second].map((perMw) => {
      const own = demands.map((parts) =>
        parts.reduce((sum, { bus, share, kvarPerKw }) => sum + share * perMw(bus, kvarPerKw), 0),
      );
      return [0, ...answering.map((bus) => perMw(bus, 0))].map((answer) => own.map((value) => (value - answer) / 1000));
    });
    const corners = effects[0]!.map((along, corner) => ({ along, across: effects[1]![corner]! }));
    return planarReach(([x, y]) => {
      let furthest: readonly [number, number] = [0, 0];
      for (const { along, across } of corners) {
        const deviation = setAdversary(
          slice,
          along.map((value, l) => x * value + y * across[l]!),
        );
        const sum = (of: readonly number[]): number => of.reduce((total, value, l) => total + value * deviation[l]!, 0);
        const point = [sum(along), sum(across)] as const;
        if (x * point[0] + y * point[1] > x * furthest[0] + y * furthest[1]) furthest = point;
      }
      return furthest;
    });
  };
}

/** The set in one slot; null where nothing deviates. */
function sliceOf({ uncertainty, slots }: V2gProblem, slot: number): UncertaintySet | null {
  const { components, protection, set } = uncertainty;
  if (components.length === 0) return null;
  if (set) return slotSlice(convexForm(set), slots, slot);
  const halfWidths = components.map(({ halfWidthKw }) => halfWidthKw[slot]!);
  return { kind: 'budget', slots: 1, halfWidths, protection, slotProtection: 1 };
}
