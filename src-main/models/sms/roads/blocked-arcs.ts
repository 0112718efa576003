/** Which arcs a truck may not use: roads closed by the operator, and roads whose class is forbidden to trucks. */
import { Refusal } from '../../../base/errors.ts';
import type { RoadGraph } from './road-graph.ts';

export interface RoadLimits {
  /** Places in the graph's `links`. */
  closedLinks: readonly number[];
  forbiddenClasses: readonly string[];
}

export const noLimits: RoadLimits = { closedLinks: [], forbiddenClasses: [] };

/** [arc]: 1 where blocked. @throws Refusal `routes-impossible` for a closed link that is not there. */
export function blockedArcs(graph: RoadGraph, { closedLinks, forbiddenClasses }: RoadLimits): Uint8Array {
  const closed = new Set(closedLinks);
  for (const link of closed)
    if (graph.links[link] === undefined)
      throw new Refusal('routes-impossible', { problem: `there is no link ${link} to close` });
  const forbidden = new Set(forbiddenClasses);
  return Uint8Array.from(graph.linkOf, (link) =>
    closed.has(link) || forbidden.has(graph.links[link]!.roadClass) ? 1 : 0,
  );
}
