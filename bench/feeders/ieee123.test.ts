import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fileSource } from '../../src-main/hosts/file-source.ts';
import { feederTree } from '../../src-main/models/feeder/feeder-tree.ts';
import { guessFeederTables } from '../../src-main/telemetry/feeders/feeder-mapping.ts';
import { readFeederTables } from '../../src-main/telemetry/feeders/read-feeder-tables.ts';
import { readOpenDssTables } from '../../src-main/telemetry/feeders/read-opendss-tables.ts';
import { powerFlow } from '../../src-main/verify/power-flow.ts';
import { feederCsv } from './feeder-csv.ts';
import { ieee123 } from './ieee123.ts';

const written = (name: string): string => fileURLToPath(new URL(`ieee123-${name}.csv`, import.meta.url));
const tables = fileURLToPath(new URL('../../../shared/data/feeder/', import.meta.url));

describe('IEEE 123 as a balanced equivalent', () => {
  const read = async () => {
    const files = { buses: await fileSource(written('buses')), branches: await fileSource(written('branches')) };
    const header = (name: string): string[] => readFileSync(written(name), 'utf8').split('\n')[0]!.split(',');
    const { mapping, doubts } = guessFeederTables(header('buses'), header('branches'));
    expect(doubts).toEqual([]);
    return readFeederTables(files, mapping);
  };
  const treeOf = ({ buses, branches }: Awaited<ReturnType<typeof read>>) =>
    feederTree({
      name: 'IEEE 123',
      slackBus: '150',
      slackVoltagePu: 1,
      voltageMinPu: 0.9,
      voltageMaxPu: 1.1,
      capacitors: buses.map(({ id, capacitorKvar = 0 }) => ({ bus: id, mvar: capacitorKvar / 1000 })),
      branches: branches
        .filter(({ state }) => state === 'closed')
        .map(({ from, to, rOhm, xOhm }) => ({
          from,
          to,
          rPu: rOhm / 4.16 ** 2,
          xPu: xOhm / 4.16 ** 2,
          limitMva: null,
        })),
    });

  it('is one tree of 130 buses with two open ties, and has a place for every bus', async () => {
    const feeder = await read();
    expect(treeOf(feeder).buses).toHaveLength(130);
    expect(feeder.buses).toHaveLength(130);
    expect(feeder.branches.filter(({ state }) => state === 'open').map(({ from, to }) => `${from}–${to}`)).toEqual([
      '151–300',
      '54–94',
    ]);
    expect(feeder.buses.filter(({ x, y }) => !Number.isFinite(x) || !Number.isFinite(y))).toEqual([]);
  });

  it('carries the published load, 3,490 kW and 1,920 kvar, and 750 kvar of capacitors', async () => {
    const { buses } = await read();
    expect(buses.reduce((sum, { loadKw }) => sum + loadKw, 0)).toBe(3490);
    expect(buses.reduce((sum, { loadKvar }) => sum + loadKvar, 0)).toBe(1920);
    expect(buses.flatMap(({ id, capacitorKvar }) => (capacitorKvar ? [`${id} ${capacitorKvar}`] : []))).toEqual([
      '83 600',
      '88 50',
      '90 50',
      '92 50',
    ]);
  });

  // No number is published for the balanced equivalent: these pin our own.
  it('loses 99.5 kW and is lowest at bus 114, beyond the regulators that it leaves at ratio 1', async () => {
    const feeder = await read();
    const tree = treeOf(feeder);
    const byId = new Map(feeder.buses.map((bus) => [bus.id, bus]));
    const flow = powerFlow(tree, 1, {
      pMw: tree.buses.map((id) => byId.get(id)!.loadKw / 1000),
      qMvar: tree.buses.map((id) => byId.get(id)!.loadKvar / 1000),
    });
    expect(flow.converged).toBe(true);
    expect(1000 * flow.lossMw).toBeCloseTo(99.51, 2);
    const lowest = Math.min(...flow.voltagePu);
    expect(lowest).toBeCloseTo(0.9445, 4);
    expect(tree.buses[flow.voltagePu.indexOf(lowest)]).toBe('114');
  });
});

describe.skipIf(!existsSync(tables))('the tables it comes from, where they are at hand', () => {
  it('give the bundled files again', async () => {
    const table = (name: string) => fileSource(join(tables, `ieee123_${name}.csv`));
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
    expect(buses).toBe(readFileSync(written('buses'), 'utf8'));
    expect(branches).toBe(readFileSync(written('branches'), 'utf8'));
  });
});
