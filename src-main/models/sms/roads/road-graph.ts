/**
 * A road network in compressed arrays: the arcs leaving node v are start[v] … start[v + 1] − 1. Parallel links, links from a node to
 * itself and links of no time are kept; centroids are nodes where a trip may begin or end but that it may not pass.
 */
import { Refusal } from '../../../base/errors.ts';

export interface RoadNodeData {
  id: string;
  x: number;
  y: number;
  through: 'allowed' | 'forbidden';
}

/** Time under load: freeFlowMinutes · (1 + congestionFactor · (flow / capacity)^congestionPower); NaN where not known. */
export interface RoadLinkData {
  from: string;
  to: string;
  freeFlowMinutes: number;
  lengthKm: number;
  capacityPerHour: number;
  congestionFactor: number;
  congestionPower: number;
  flowPerHour: number;
  name: string;
  roadClass: string;
}

export interface RoadGraph {
  nodes: readonly RoadNodeData[];
  links: readonly RoadLinkData[];
  indexOf: ReadonlyMap<string, number>;
  /** [node], length nodes + 1. */
  start: Int32Array;
  /** [arc]: node it leads to, node it leaves, and its place in `links`. */
  head: Int32Array;
  tail: Int32Array;
  linkOf: Int32Array;
  /** [node]: 1 where a trip may pass through. */
  through: Uint8Array;
}

/** @throws Refusal `routes-impossible` for a repeated node, a link to an unknown node, or a time that is negative or missing. */
export function buildRoadGraph(nodes: readonly RoadNodeData[], links: readonly RoadLinkData[]): RoadGraph {
  const indexOf = new Map<string, number>();
  for (const { id } of nodes) {
    if (indexOf.has(id)) throw impossible(`node ${id} is given twice`);
    indexOf.set(id, indexOf.size);
  }
  const nodeOf = (link: RoadLinkData, id: string): number => {
    const index = indexOf.get(id);
    if (index === undefined) throw impossible(`${describeLink(link)} ends at node ${id}, which is not there`);
    return index;
  };
  const start = new Int32Array(nodes.length + 1);
  const tails = links.map((link) => nodeOf(link, link.from));
  for (const tail of tails) start[tail + 1]! += 1;
  for (let node = 0; node < nodes.length; node++) start[node + 1]! += start[node]!;
  const next = start.slice();
  const head = new Int32Array(links.length);
  const tail = new Int32Array(links.length);
  const linkOf = new Int32Array(links.length);
  links.forEach((link, index) => {
    if (!(link.freeFlowMinutes >= 0 && link.freeFlowMinutes < Infinity))
      throw impossible(`${describeLink(link)} takes ${link.freeFlowMinutes} minutes`);
    const arc = next[tails[index]!]!++;
    head[arc] = nodeOf(link, link.to);
    tail[arc] = tails[index]!;
    linkOf[arc] = index;
  });
  const through = Uint8Array.from(nodes, (node) => (node.through === 'allowed' ? 1 : 0));
  return { nodes, links, indexOf, start, head, tail, linkOf, through };
}

/** @throws Refusal `routes-impossible` */
export function nodeIndex(graph: RoadGraph, id: string): number {
  const index = graph.indexOf.get(id);
  if (index === undefined) throw impossible(`there is no node ${id}`);
  return index;
}

export function describeLink({ from, to, name }: RoadLinkData): string {
  return `link ${from} → ${to}${name === '' ? '' : ` (${name})`}`;
}

function impossible(problem: string): Refusal {
  return new Refusal('routes-impossible', { problem });
}
