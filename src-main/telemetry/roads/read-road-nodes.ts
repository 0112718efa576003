/** Nodes of a road network from a table with one row each. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { badRow } from '../bad-row.ts';
import type { ByteSource } from '../source.ts';
import { columnIndex, openTable } from '../text/table.ts';
import { amountOf, idOf } from './road-cells.ts';
import type { NodeMapping } from './road-mapping.ts';
import type { RoadNode } from './road-network.ts';

/** @throws Refusal `import-column-missing`; `import-bad-row` for a repeated name or a coordinate that is no number; `cancelled`. */
export async function readRoadNodes(
  source: ByteSource,
  mapping: NodeMapping,
  signal: CancelSignal = neverCancelled,
): Promise<RoadNode[]> {
  const file = source.name;
  const { columns, blocks } = await openTable(source, { ...mapping, headerRow: 0 }, { signal });
  const { id: idColumn, x: xColumn, y: yColumn } = mapping.columns;
  const [idAt, xAt, yAt] = [idColumn, xColumn, yColumn].map((name) => columnIndex(file, columns, name)) as [
    number,
    number,
    number,
  ];
  const nodes: RoadNode[] = [];
  const seen = new Set<string>();
  for await (const { rows, rowNumbers } of blocks)
    for (const [i, cells] of rows.entries()) {
      const row = rowNumbers[i]!;
      const id = idOf(cells[idAt] ?? '', { file, row, column: idColumn });
      if (seen.has(id)) throw badRow(file, row, idColumn, id, 'the node was already given');
      seen.add(id);
      const coordinate = (at: number, column: string) =>
        amountOf(cells[at] ?? '', { file, row, column }, -Infinity, mapping.decimalMark);
      const through = Number(id) < mapping.firstThroughNode ? 'forbidden' : 'allowed';
      nodes.push({ id, x: coordinate(xAt, xColumn), y: coordinate(yAt, yColumn), through });
    }
  return nodes;
}
