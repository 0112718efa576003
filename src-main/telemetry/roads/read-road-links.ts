/** Links of a road network from a table with one row each. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import { badRow } from '../bad-row.ts';
import type { ByteSource } from '../source.ts';
import { columnIndex, openTable } from '../text/table.ts';
import { amountOf, idOf, wordOf } from './road-cells.ts';
import type { LinkColumns, LinkMapping } from './road-mapping.ts';
import type { RoadLink } from './road-network.ts';
import { lengthUnits, speedUnits, timeUnits } from './road-units.ts';

/**
 * A link without a column for a quantity has NaN there; without a column for time its time is length ÷ speed.
 * @throws Refusal `import-column-missing`; `import-bad-row` for a negative time, a speed of zero, a capacity of zero where it
 *   congests, or text in another encoding; `roads-unusable` when times cannot be had at all; `cancelled`.
 */
export async function readRoadLinks(
  source: ByteSource,
  mapping: LinkMapping,
  signal: CancelSignal = neverCancelled,
): Promise<RoadLink[]> {
  const file = source.name;
  const named = mapping.columns;
  if (named.time === '' && (named.length === '' || named.speed === ''))
    throw new Refusal('roads-unusable', { file, problem: 'it has neither times nor lengths with speeds' });
  const { columns, blocks } = await openTable(source, { ...mapping, headerRow: 0 }, { signal });
  const positions = new Map<string, number>();
  for (const [field, column] of Object.entries(named))
    if (column !== '' || field === 'from' || field === 'to') positions.set(field, columnIndex(file, columns, column));
  const links: RoadLink[] = [];
  for await (const { rows, rowNumbers } of blocks)
    for (const [i, cells] of rows.entries()) {
      const cellOf = (field: keyof LinkColumns): string => cells[positions.get(field) ?? -1] ?? '';
      links.push(readLink(file, rowNumbers[i]!, mapping, cellOf));
    }
  return links;
}

function readLink(
  file: string,
  row: number,
  mapping: LinkMapping,
  cellOf: (field: keyof LinkColumns) => string,
): RoadLink {
  const named = mapping.columns;
  const amount = (field: keyof LinkColumns, unit = 1): number =>
    named[field] === ''
      ? NaN
      : unit * amountOf(cellOf(field), { file, row, column: named[field] }, 0, mapping.decimalMark);
  const word = (field: 'name' | 'roadClass'): string =>
    named[field] === '' ? '' : wordOf(cellOf(field), { file, row, column: named[field] });
  const lengthKm = amount('length', lengthUnits[mapping.lengthUnit]);
  let freeFlowMinutes = amount('time', timeUnits[mapping.timeUnit]);
  if (named.time === '') {
    const speedKmh = amount('speed', speedUnits[mapping.speedUnit]);
    if (speedKmh === 0) throw badRow(file, row, named.speed, cellOf('speed'), 'a road must have a speed above zero');
    freeFlowMinutes = (60 * lengthKm) / speedKmh;
  }
  const link: RoadLink = {
    from: idOf(cellOf('from'), { file, row, column: named.from }),
    to: idOf(cellOf('to'), { file, row, column: named.to }),
    freeFlowMinutes,
    lengthKm,
    capacityPerHour: amount('capacity'),
    congestionFactor: amount('congestionFactor'),
    congestionPower: amount('congestionPower'),
    flowPerHour: amount('flow'),
    name: word('name'),
    roadClass: word('roadClass'),
    row,
  };
  if (link.capacityPerHour === 0 && link.congestionFactor > 0)
    throw badRow(file, row, named.capacity, cellOf('capacity'), 'a link that congests needs one');
  return link;
}
