/** What is worth knowing about the connections of a network before terminals are put on it. */
import {
  buildRoadGraph,
  type RoadGraph,
  type RoadLinkData,
  type RoadNodeData,
} from '../../models/sms/roads/road-graph.ts';

/** Sentences; none when every place can be reached from every other. @throws Refusal `routes-impossible` as `buildRoadGraph`. */
export function reachWords({
  nodes,
  links,
}: {
  nodes: readonly RoadNodeData[];
  links: readonly RoadLinkData[];
}): string[] {
  const there = buildRoadGraph(nodes, links);
  const back = buildRoadGraph(
    nodes,
    links.map((link) => ({ ...link, from: link.to, to: link.from })),
  );
  const start = busiestNode(there);
  const reached = reachedFrom(there, start);
  const leading = reachedFrom(back, start);
  const cut = nodes.filter((_, node) => reached[node] === 0 || leading[node] === 0);
  if (cut.length === 0) return [];
  const named = cut.slice(0, 3).map(({ id }) => id);
  return [
    `${cut.length} of ${nodes.length} nodes (${named.join(', ')}${cut.length > 3 ? ', …' : ''}) cannot be reached and left again from node ${nodes[start]!.id}; no terminal can stand there.`,
  ];
}

function busiestNode({ nodes, start }: RoadGraph): number {
  let best = 0;
  for (let node = 0; node < nodes.length; node++)
    if (start[node + 1]! - start[node]! > start[best + 1]! - start[best]!) best = node;
  return best;
}

function reachedFrom({ nodes, start, head }: RoadGraph, from: number): Uint8Array {
  const reached = new Uint8Array(nodes.length);
  const open = [from];
  reached[from] = 1;
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (let arc = start[node]!; arc < start[node + 1]!; arc++)
      if (reached[head[arc]!] === 0) {
        reached[head[arc]!] = 1;
        open.push(head[arc]!);
      }
  return reached;
}
