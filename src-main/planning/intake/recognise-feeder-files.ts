/** What part each of several files chosen together plays in a feeder, by its name and first line. */
import { guessFeederTables } from '../../telemetry/feeders/feeder-mapping.ts';
import { isPlaceRow, placeCells } from '../../telemetry/feeders/read-bus-places.ts';
import type { ByteSource } from '../../telemetry/source.ts';
import { headOf } from './header-of.ts';

/** 'case': a whole MATPOWER case. */
export type FeederRole = 'case' | 'buses' | 'branches' | 'coordinates';

/** In the order of the files. What is not recognised is taken for a table of buses, whose reading then says what it lacks. */
export const recogniseFeederFiles = (files: readonly ByteSource[]): Promise<FeederRole[]> =>
  Promise.all(files.map(roleOf));

async function roleOf(file: ByteSource): Promise<FeederRole> {
  const { columns: header, delimiter } = await headOf(file);
  const line = header.join(delimiter);
  if (/\.m$/i.test(file.name) || /^function\b/.test(line)) return 'case';
  const { mapping } = guessFeederTables(header, header);
  const { buses, branches } = mapping;
  if (branches.from !== '' && branches.to !== '') return 'branches';
  const cells = placeCells(line);
  if (isPlaceRow(cells)) return 'coordinates';
  const names = guessFeederTables(cells, []).mapping.buses;
  const electrical = [buses.load, buses.type, buses.baseKv];
  return names.x !== '' && names.y !== '' && electrical.every((column) => column === '') ? 'coordinates' : 'buses';
}
