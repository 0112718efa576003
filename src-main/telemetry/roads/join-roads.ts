/** Nodes and links as one network: every link ends at known nodes. */
import { badRow } from '../bad-row.ts';
import type { RoadLink, RoadNetwork, RoadNode } from './road-network.ts';

/** @param file the file of the links. @throws Refusal `import-bad-row` for a link to a node that is not there. */
export function joinRoads(file: string, nodes: readonly RoadNode[], links: readonly RoadLink[]): RoadNetwork {
  const known = new Set(nodes.map(({ id }) => id));
  for (const { from, to, row } of links)
    for (const [column, node] of [
      ['from', from],
      ['to', to],
    ] as const)
      if (!known.has(node)) throw badRow(file, row, column, node, 'there is no such node');
  return { nodes: [...nodes], links: [...links] };
}

/** Nodes of a link table that comes without a table of nodes: no coordinates, so no map. */
export function nodesOfLinks(links: readonly RoadLink[], firstThroughNode = 1): RoadNode[] {
  const ids = new Set(links.flatMap(({ from, to }) => [from, to]));
  return [...ids].map((id) => ({
    id,
    x: NaN,
    y: NaN,
    through: Number(id) < firstThroughNode ? 'forbidden' : 'allowed',
  }));
}
