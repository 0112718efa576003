/**
 * From a road network to what the routing model needs: the trip between any two terminals for every slot of departure, by the fastest
 * way at that hour. A trip costs the driver's wage for its minutes and uses energy for its kilometres.
 */
import { Refusal } from '../../../base/errors.ts';
import { arcsTo, earliestArrivals } from './earliest-arrivals.ts';
import { requireFirstInFirstOut } from './first-in-first-out.ts';
import type { LinkTimes } from './link-times.ts';
import { describeLink, nodeIndex, type RoadGraph } from './road-graph.ts';
import { slotsFor } from './slots-for.ts';

export interface TripCosts {
  wageUsdPerHour: number;
  /** Wear, tolls and all else that goes with distance. */
  roadUsdPerKm: number;
  energyKwhPerKm: number;
}

export interface ClosureWish {
  /** Node ids of the terminals. */
  terminals: readonly string[];
  slots: number;
  slotMinutes: number;
  /** Start of slot 0, minutes after midnight. */
  firstMinute: number;
  costs: TripCosts;
  /** [arc], from `blockedArcs`. */
  blocked: Uint8Array;
}

export interface Trip {
  minutes: number;
  /** Whole slots until the truck may be used at its destination; at least 1. */
  slots: number;
  lengthKm: number;
  energyMwh: number;
  costUsd: number;
  /** Arcs of the graph in driving order. */
  arcs: number[];
}

export interface Closure {
  /** [from][to][slot]; null on the diagonal and where there is no way. */
  trips: (Trip | null)[][][];
  /** Pairs of terminals without a way in some slot, by node id. */
  unreachable: { from: string; to: string }[];
}

/**
 * @throws Refusal `routes-impossible` for an unknown or repeated terminal, times that let a later entry overtake, or a way over a link
 *   of unknown length when distance is paid for.
 */
export function closeTerminals(graph: RoadGraph, times: LinkTimes, wish: ClosureWish): Closure {
  requireFirstInFirstOut(graph, times);
  const nodes = wish.terminals.map((id) => nodeIndex(graph, id));
  const repeated = wish.terminals.find((id, at) => wish.terminals.indexOf(id) !== at);
  if (repeated !== undefined)
    throw new Refusal('routes-impossible', { problem: `node ${repeated} is a terminal twice` });
  const trips = nodes.map(() => nodes.map((): (Trip | null)[] => new Array<Trip | null>(wish.slots).fill(null)));
  const unreachable: Closure['unreachable'] = [];
  nodes.forEach((node, from) => {
    for (let slot = 0; slot < wish.slots; slot++) {
      const minute = wish.firstMinute + slot * wish.slotMinutes;
      const arrivals = earliestArrivals(graph, times, { node, minute }, wish.blocked);
      nodes.forEach((destination, to) => {
        if (to === from) return;
        const arcs = arcsTo(graph, arrivals, destination);
        if (arcs !== null)
          trips[from]![to]![slot] = describeTrip(graph, arcs, arrivals.minute[destination]! - minute, wish);
      });
    }
    nodes.forEach((_, to) => {
      if (to !== from && trips[from]![to]!.includes(null))
        unreachable.push({ from: wish.terminals[from]!, to: wish.terminals[to]! });
    });
  });
  return { trips, unreachable };
}

/** What the way over `arcs` in so many minutes costs and uses. @throws Refusal `routes-impossible` as above. */
export function describeTrip(
  graph: RoadGraph,
  arcs: number[],
  minutes: number,
  { slotMinutes, costs }: Pick<ClosureWish, 'slotMinutes' | 'costs'>,
): Trip {
  let lengthKm = 0;
  for (const arc of arcs) lengthKm += graph.links[graph.linkOf[arc]!]!.lengthKm;
  const byDistance = costs.roadUsdPerKm !== 0 || costs.energyKwhPerKm !== 0;
  if (Number.isNaN(lengthKm) && byDistance) {
    const link = arcs
      .map((arc) => graph.links[graph.linkOf[arc]!]!)
      .find((candidate) => Number.isNaN(candidate.lengthKm))!;
    throw new Refusal('routes-impossible', { problem: `the length of ${describeLink(link)} is not known` });
  }
  return {
    minutes,
    slots: slotsFor(minutes, slotMinutes),
    lengthKm,
    energyMwh: byDistance ? (costs.energyKwhPerKm * lengthKm) / 1000 : 0,
    costUsd: (costs.wageUsdPerHour * minutes) / 60 + (byDistance ? costs.roadUsdPerKm * lengthKm : 0),
    arcs,
  };
}
