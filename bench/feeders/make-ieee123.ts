/**
 * Writes ieee123-buses.csv and ieee123-branches.csv beside this file, from a folder with the tables ieee123_lines, _linecodes, _loads
 * and _buscoords read out of the OpenDSS case: `node bench/feeders/make-ieee123.ts <folder>`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileSource } from '../../src-main/hosts/file-source.ts';
import { readOpenDssTables } from '../../src-main/telemetry/feeders/read-opendss-tables.ts';
import { feederCsv } from './feeder-csv.ts';
import { ieee123 } from './ieee123.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Give the folder of the tables.');
const table = (name: string) => fileSource(join(folder, `ieee123_${name}.csv`));
const feeder = await readOpenDssTables(
  {
    lines: await table('lines'),
    lineCodes: await table('linecodes'),
    loads: await table('loads'),
    places: await table('buscoords'),
  },
  ieee123,
);
const { buses, branches } = feederCsv(feeder);
writeFileSync(fileURLToPath(new URL('ieee123-buses.csv', import.meta.url)), buses);
writeFileSync(fileURLToPath(new URL('ieee123-branches.csv', import.meta.url)), branches);
