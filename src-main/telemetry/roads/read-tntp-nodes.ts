/** TNTP node file: a line of column names, then node, x, y (longitude and latitude in the published files). */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { badRow } from '../bad-row.ts';
import type { ByteSource } from '../source.ts';
import { amountOf, idOf } from './road-cells.ts';
import type { RoadNode } from './road-network.ts';
import { readLines, tntpCells } from './tntp-lines.ts';

/** @param firstThroughNode nodes numbered below it are centroids. @throws Refusal `import-bad-row`; `cancelled`. */
export async function readTntpNodes(
  source: ByteSource,
  firstThroughNode: number,
  signal: CancelSignal = neverCancelled,
): Promise<RoadNode[]> {
  const file = source.name;
  const lines = (await readLines(source, signal)).filter(({ text }) => text !== '' && !text.startsWith('~'));
  const data = /^[a-z]/i.test(lines[0]?.text ?? '') ? lines.slice(1) : lines;
  return data.map(({ row, text }) => {
    const cells = tntpCells(text);
    if (cells.length < 3) throw badRow(file, row, cells.length < 2 ? 'X' : 'Y', text, 'the record is too short');
    const id = idOf(cells[0]!, { file, row, column: 'Node' });
    return {
      id,
      x: amountOf(cells[1]!, { file, row, column: 'X' }, -Infinity),
      y: amountOf(cells[2]!, { file, row, column: 'Y' }, -Infinity),
      through: Number(id) < firstThroughNode ? 'forbidden' : 'allowed',
    };
  });
}
