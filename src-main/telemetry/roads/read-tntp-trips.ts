/** TNTP trip table: `Origin o`, then records `destination : trips;`, several to a line. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import { badRow } from '../bad-row.ts';
import type { ByteSource } from '../source.ts';
import { amountOf, idOf } from './road-cells.ts';
import type { RoadTrip } from './road-network.ts';
import { readTntp } from './tntp-lines.ts';

/** Cells of zero are left out. @throws Refusal `import-bad-row`, `roads-unusable` when the sum is not `<TOTAL OD FLOW>`. */
export async function readTntpTrips(source: ByteSource, signal: CancelSignal = neverCancelled): Promise<RoadTrip[]> {
  const file = source.name;
  const { metadata, body } = await readTntp(source, signal);
  const trips: RoadTrip[] = [];
  let origin = '';
  let sum = 0;
  for (const { row, text } of body) {
    const heading = /^origin\s+(\S+)$/i.exec(text);
    if (heading) {
      origin = heading[1]!;
      continue;
    }
    if (origin === '') throw badRow(file, row, 'Origin', text, 'trips stand before the first origin');
    for (const record of text.split(';').filter((part) => part.trim() !== '')) {
      const [destination, amount, ...rest] = record.split(':');
      if (amount === undefined || rest.length > 0) throw badRow(file, row, 'trips', record, 'it is not "zone : trips"');
      const count = amountOf(amount, { file, row, column: 'trips' }, 0);
      sum += count;
      if (count > 0)
        trips.push({ origin, destination: idOf(destination!, { file, row, column: 'destination' }), trips: count });
    }
  }
  const stated = Number(metadata.get('TOTAL OD FLOW') ?? sum);
  if (!(Math.abs(sum - stated) <= 1e-4 * Math.max(1, stated)))
    throw new Refusal('roads-unusable', { file, problem: `it states ${stated} trips and has ${sum}` });
  return trips;
}
