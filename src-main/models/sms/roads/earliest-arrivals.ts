/**
 * Earliest arrival at every node for one departure: Dijkstra's algorithm with the time of entering each arc. Exact where nobody is
 * overtaken (`first-in-first-out.ts`). A centroid is entered only to end there.
 */
import { minutesAt, type LinkTimes } from './link-times.ts';
import { NodeHeap } from './node-heap.ts';
import type { RoadGraph } from './road-graph.ts';

export interface Departure {
  node: number;
  /** Minutes after midnight of the first day. */
  minute: number;
}

export interface Arrivals {
  /** [node], minutes after midnight of the first day; Infinity where it cannot be reached. */
  minute: Float64Array;
  /** [node]: last arc of the way there; −1 at the departure and where it cannot be reached. */
  lastArc: Int32Array;
}

/** @param blocked [arc]: 1 where the truck may not go. */
export function earliestArrivals(
  graph: RoadGraph,
  times: LinkTimes,
  departure: Departure,
  blocked: Uint8Array,
): Arrivals {
  return searchFrom(graph, departure, blocked, (arc, minute) => minutesAt(times, arc, minute));
}

/**
 * As `earliestArrivals`, with any time of passing an arc that is not negative.
 * @param until nodes after which to stop; arrivals elsewhere are then not the earliest. Empty: all.
 */
export function searchFrom(
  graph: RoadGraph,
  departure: Departure,
  blocked: Uint8Array,
  minutesOf: (arc: number, minute: number) => number,
  until: readonly number[] = [],
): Arrivals {
  const nodeCount = graph.nodes.length;
  const minute = new Float64Array(nodeCount).fill(Infinity);
  const lastArc = new Int32Array(nodeCount).fill(-1);
  const heap = new NodeHeap(nodeCount);
  const wanted = new Set(until);
  minute[departure.node] = departure.minute;
  heap.push(departure.node, departure.minute);
  while (heap.size > 0) {
    const node = heap.pop();
    if (wanted.delete(node) && wanted.size === 0) break;
    if (graph.through[node] === 0 && node !== departure.node) continue;
    const now = minute[node]!;
    for (let arc = graph.start[node]!; arc < graph.start[node + 1]!; arc++) {
      if (blocked[arc] === 1) continue;
      const head = graph.head[arc]!;
      const arrival = now + minutesOf(arc, now);
      if (arrival >= minute[head]!) continue;
      minute[head] = arrival;
      lastArc[head] = arc;
      heap.push(head, arrival);
    }
  }
  return { minute, lastArc };
}

/** Arcs of the way found to a node, in driving order; null where it cannot be reached, empty at the departure. */
export function arcsTo(graph: RoadGraph, { minute, lastArc }: Arrivals, node: number): number[] | null {
  if (minute[node] === Infinity) return null;
  const arcs: number[] = [];
  for (let arc = lastArc[node]!; arc >= 0; arc = lastArc[graph.tail[arc]!]!) arcs.push(arc);
  return arcs.reverse();
}
