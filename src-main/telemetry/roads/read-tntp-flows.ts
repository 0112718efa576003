/** TNTP flow file of a loaded network: from, to, volume, cost. Puts the volumes beside the links they belong to. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { badRow } from '../bad-row.ts';
import type { ByteSource } from '../source.ts';
import { amountOf } from './road-cells.ts';
import type { RoadLink } from './road-network.ts';
import { readLines, tntpCells } from './tntp-lines.ts';

/** Parallel links take the records of their pair in order. @throws Refusal `import-bad-row` for a pair without a link (left). */
export async function readTntpFlows(
  source: ByteSource,
  links: readonly RoadLink[],
  signal: CancelSignal = neverCancelled,
): Promise<RoadLink[]> {
  const file = source.name;
  const loaded = links.map((link) => ({ ...link }));
  const waiting = new Map<string, RoadLink[]>();
  for (const link of loaded) {
    const key = `${link.from} ${link.to}`;
    waiting.set(key, [...(waiting.get(key) ?? []), link]);
  }
  for (const { row, text } of await readLines(source, signal)) {
    if (!/^\d/.test(text)) continue;
    const cells = tntpCells(text);
    const link = waiting.get(`${cells[0]} ${cells[1]}`)?.shift();
    if (!link) throw badRow(file, row, 'From', text, 'the network has no such link');
    link.flowPerHour = amountOf(cells[2] ?? '', { file, row, column: 'Volume' }, 0);
  }
  return loaded;
}
