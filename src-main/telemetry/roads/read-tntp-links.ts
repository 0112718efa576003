/**
 * TNTP network file: init node, term node, capacity, length, free-flow time, B, power, speed, toll, type, in this order.
 * Nodes are numbered from 1; those below `<FIRST THRU NODE>` are centroids without through traffic.
 */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import { badRow } from '../bad-row.ts';
import type { ByteSource } from '../source.ts';
import { amountOf } from './road-cells.ts';
import type { RoadLink } from './road-network.ts';
import { lengthUnits, timeUnits, type LengthUnit, type TimeUnit } from './road-units.ts';
import { metadataCount, readTntp, tntpCells } from './tntp-lines.ts';

export interface TntpUnits {
  time: TimeUnit;
  /** 'unknown' leaves the lengths NaN: the format does not say what they are in. */
  length: LengthUnit | 'unknown';
}

export interface TntpLinks {
  nodeCount: number;
  zoneCount: number;
  /** First node that may be passed through. */
  firstThroughNode: number;
  links: RoadLink[];
}

const columns = ['init_node', 'term_node', 'capacity', 'length', 'free_flow_time', 'b', 'power'] as const;

/** @throws Refusal `import-bad-row`, `roads-unusable` when the count of links is not the one stated; `cancelled`. */
export async function readTntpLinks(
  source: ByteSource,
  units: TntpUnits,
  signal: CancelSignal = neverCancelled,
): Promise<TntpLinks> {
  const file = source.name;
  const text = await readTntp(source, signal);
  const nodeCount = metadataCount(text, file, 'NUMBER OF NODES');
  const stated = metadataCount(text, file, 'NUMBER OF LINKS');
  const lengthFactor = units.length === 'unknown' ? NaN : lengthUnits[units.length];
  const links = text.body.map(({ row, text: line }): RoadLink => {
    const cells = tntpCells(line);
    if (cells.length < columns.length) throw badRow(file, row, columns[cells.length]!, line, 'the record is too short');
    const [from, to, capacity, length, time, factor, power] = columns.map((column, at) =>
      amountOf(cells[at]!, { file, row, column }, at < 2 ? 1 : 0),
    ) as [number, number, number, number, number, number, number];
    for (const [at, node] of [from, to].entries())
      if (!Number.isInteger(node) || node > nodeCount)
        throw badRow(file, row, columns[at]!, cells[at]!, `nodes are numbered 1 to ${nodeCount}`);
    if (capacity === 0 && factor > 0) throw badRow(file, row, 'capacity', cells[2]!, 'a link that congests needs one');
    return {
      from: String(from),
      to: String(to),
      freeFlowMinutes: time * timeUnits[units.time],
      lengthKm: length * lengthFactor,
      capacityPerHour: capacity,
      congestionFactor: factor,
      congestionPower: power,
      flowPerHour: NaN,
      name: '',
      roadClass: cells[9] ?? '',
      row,
    };
  });
  if (links.length !== stated)
    throw new Refusal('roads-unusable', { file, problem: `it states ${stated} links and has ${links.length}` });
  return {
    nodeCount,
    zoneCount: metadataCount(text, file, 'NUMBER OF ZONES'),
    firstThroughNode: metadataCount(text, file, 'FIRST THRU NODE'),
    links,
  };
}
