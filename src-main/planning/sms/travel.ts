/**
 * Trips between the terminals of mobile storage for every slot of departure, each in time with the confidence asked for, and what
 * a truck drives. Times under load by the hour; a road that might be left earlier by who enters later holds everyone back instead.
 */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import type { Horizon } from '../../base/horizon.ts';
import { blockedArcs } from '../../models/sms/roads/blocked-arcs.ts';
import { closeTerminals, type ClosureWish } from '../../models/sms/roads/close-terminals.ts';
import { forbidOvertaking } from '../../models/sms/roads/first-in-first-out.ts';
import {
  congestedTimes,
  loadedAllDay,
  minutesAt,
  workingDayFactor,
  type LinkTimes,
} from '../../models/sms/roads/link-times.ts';
import { requireReachable } from '../../models/sms/roads/require-reachable.ts';
import { buildRoadGraph, nodeIndex, type RoadGraph } from '../../models/sms/roads/road-graph.ts';
import { travelTables, type TravelTables } from '../../models/sms/roads/travel-tables.ts';
import { tripsWithConfidence, type ConfidentTrip } from '../../models/sms/roads/trips-with-confidence.ts';
import type { RoadsRecord } from './mobile-ports.ts';
import type { MobileStorage } from './mobile-storage.ts';

/** One trip of a plan as it is driven. Terminals, nodes and links by index. */
export interface Way {
  from: number;
  to: number;
  fromSlot: number;
  minutes: number;
  latestMinutes: number;
  confidence: number;
  /** Links that may be late at once; absent in plans made before it was kept. */
  lateLinks?: number;
  lengthKm: number;
  energyKwh: number;
  cost: number;
  /** Nodes passed, and minutes after departure at each. */
  nodes: number[];
  minutesAt: number[];
  links: number[];
}

export interface Travel {
  tables: TravelTables;
  /** [from][to], km at the start of the day; NaN where there is no way. */
  distanceKm: number[][];
  /** [terminal]: place of its node in the network. */
  terminalNodes: number[];
  wayOf(from: number, to: number, fromSlot: number): Way;
}

export interface TravelWish {
  storage: MobileStorage;
  roads: RoadsRecord;
  horizon: Pick<Horizon, 'slots' | 'slotMinutes'>;
  arrivalConfidence: number;
  /** Beside those of the storage. */
  closedLinks: readonly { from: string; to: string }[];
}

/** What a terminal and a truck need of the roads, without the hours of the day. */
export interface RoadPlan {
  graph: RoadGraph;
  times: LinkTimes;
  wish: ClosureWish;
}

export function roadPlan({ storage, roads, horizon, closedLinks }: Omit<TravelWish, 'arrivalConfidence'>): RoadPlan {
  const { nodes, links } = roads.network;
  const graph = buildRoadGraph(nodes, links);
  const { hourlyFlow, peakFlowRatio, forbiddenClasses } = storage.roads;
  const unknownLink = { ...loadedAllDay.unknownLink, flowRatio: peakFlowRatio };
  const times = congestedTimes(graph, { flowFactor: hourlyFlow ?? workingDayFactor, unknownLink });
  const closed = [...storage.roads.closedLinks, ...closedLinks].flatMap((link) => linksBetween(roads, link));
  const { wagePerHour, roadPerKm, energyKwhPerKm, energyPerKwh } = storage.travel;
  return {
    graph,
    times: forbidOvertaking(times),
    wish: {
      terminals: storage.terminals.map(({ node }) => node),
      slots: horizon.slots,
      slotMinutes: horizon.slotMinutes,
      firstMinute: 0,
      costs: { wageUsdPerHour: wagePerHour, roadUsdPerKm: roadPerKm + energyKwhPerKm * energyPerKwh, energyKwhPerKm },
      blocked: blockedArcs(graph, { closedLinks: closed, forbiddenClasses }),
    },
  };
}

/**
 * `nextTurn` is awaited between slots of departure: routing with confidence takes seconds.
 * @throws Refusal `routes-impossible` naming terminals without a way between them; `cancelled`.
 */
export async function travelOf(
  wish: TravelWish,
  nextTurn: () => Promise<void>,
  signal: CancelSignal = neverCancelled,
): Promise<Travel> {
  const { graph, times, wish: closure } = roadPlan(wish);
  const { storage, horizon, arrivalConfidence } = wish;
  const nominal = closeTerminals(graph, times, closure);
  requireReachable(nominal);
  const deviationMinutes = Float64Array.from(
    graph.linkOf,
    (link) => storage.roads.lateShare * graph.links[link]!.freeFlowMinutes,
  );
  const trips = nominal.trips.map((row) => row.map((): (ConfidentTrip | null)[] => []));
  for (let slot = 0; slot < horizon.slots; slot++) {
    await nextTurn();
    if (signal.cancelled) throw new Refusal('cancelled', { what: 'Routing' });
    const ofSlot = tripsWithConfidence(
      graph,
      times,
      { trips: nominal.trips.map((row) => row.map((bySlot) => [bySlot[slot]!])) },
      {
        ...closure,
        slots: 1,
        firstMinute: closure.firstMinute + slot * horizon.slotMinutes,
        confidence: arrivalConfidence,
        deviationMinutes,
      },
    );
    ofSlot.forEach((row, from) => row.forEach((bySlot, to) => trips[from]![to]!.push(bySlot[0]!)));
  }
  return {
    tables: travelTables({ trips }),
    distanceKm: trips.map((row, from) => row.map((bySlot, to) => (from === to ? 0 : (bySlot[0]?.lengthKm ?? NaN)))),
    terminalNodes: closure.terminals.map((id) => nodeIndex(graph, id)),
    wayOf: (from, to, fromSlot) => {
      const trip = trips[from]![to]![fromSlot];
      if (!trip) throw new Error(`there is no trip from terminal ${from} to ${to} in slot ${fromSlot}`);
      return describeWay(graph, times, trip, { from, to, fromSlot }, fromSlot * horizon.slotMinutes);
    },
  };
}

function describeWay(
  graph: RoadGraph,
  times: LinkTimes,
  trip: ConfidentTrip,
  place: Pick<Way, 'from' | 'to' | 'fromSlot'>,
  departure: number,
): Way {
  const nodes = [graph.tail[trip.arcs[0]!]!];
  const passed = [0];
  let minute = departure;
  for (const arc of trip.arcs) {
    minute += minutesAt(times, arc, minute);
    nodes.push(graph.head[arc]!);
    passed.push(minute - departure);
  }
  return {
    ...place,
    minutes: trip.minutes,
    latestMinutes: trip.latestMinutes,
    confidence: trip.confidence,
    lateLinks: trip.budget,
    lengthKm: trip.lengthKm,
    energyKwh: 1000 * trip.energyMwh,
    cost: trip.costUsd,
    nodes,
    minutesAt: passed,
    links: trip.arcs.map((arc) => graph.linkOf[arc]!),
  };
}

/** Every parallel link of the pair. @throws Refusal `routes-impossible` when there is none. */
function linksBetween({ network }: RoadsRecord, { from, to }: { from: string; to: string }): number[] {
  const found = network.links.flatMap((link, index) => (link.from === from && link.to === to ? [index] : []));
  if (found.length === 0)
    throw new Refusal('routes-impossible', { problem: `there is no link from node ${from} to node ${to} to close` });
  return found;
}
