/** Where on a network deviations are felt and answered. */
import { convexForm, type UncertaintySet } from '../../uncertainty/day-set.ts';
import { slotSlice } from '../../uncertainty/slot-slice.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
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
  const { components, protection, set } = problem.uncertainty;
  if (components.length === 0) return null;
  const slice: UncertaintySet = set
    ? slotSlice(convexForm(set), problem.slots, slot)
    : {
        kind: 'budget',
        slots: 1,
        halfWidths: components.map(({ halfWidthKw }) => halfWidthKw[slot]!),
        protection,
        slotProtection: 1,
      };
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
