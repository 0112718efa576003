import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openAt } from '../../store/fixtures/open-at.ts';
import { memorySource } from '../../telemetry/fixtures/memory-source.ts';
import { meshOf } from '../network/mesh-of.ts';
import { importFeeder, type FeederFiles, type FeederMapping } from './import-feeder.ts';
import { lookAtFeeder, previewFeeder } from './preview-feeder.ts';

const file = (name: string, text: string) => memorySource(name, new TextEncoder().encode(text), TextDecoder);
const busText = 'bus,type,load_kw,load_kvar,base_kv\nA,3,0,0,10\nB,1,100,50,10\nC,1,200,80,20\n';
const branchText =
  'from,to,r_ohm,x_ohm,rate_a_mva,status\nA,B,0.5,0.4,1,1\nB,C,0.7,0.3,0.5,1\nA,C,1,0.8,0.15,1\nC,A,1,1,0,1\nB,A,1,1,1,0\n';
const files = (buses = busText, branches = branchText): FeederFiles => ({
  buses: file('buses.csv', buses),
  branches: file('branches.csv', branches),
});
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const about = { name: 'Small', source: 'made up', licence: 'none', attribution: '' };
/** The guess stands even where what it leads to is refused. */
const meshed = async (of: FeederFiles): Promise<FeederMapping> => ({
  ...(await lookAtFeeder(of, null)).mapping,
  topology: 'meshed',
});
const look = async (of: FeederFiles) => previewFeeder(of, await meshed(of));

describe('a meshed network', () => {
  it('may have loops, parallel lines and transformers, and says what line is loaded most', async () => {
    const preview = await look(files());
    expect(preview).toMatchObject({ topology: 'meshed', buses: 3, branches: 4, ties: 1, loadKw: 300, flow: null });
    expect(preview.notes[0]).toMatch(/served from bus A alone, loads line A–C most: 0\.\d{3} of 0\.150 MW/);
  });

  it('says when nothing of it can bind', async () => {
    const unlimited = branchText.replaceAll(/(\d),(1|0\.5|0\.15),(0|1)\n/g, '$1,0,$3\n');
    expect((await look(files(busText, unlimited))).notes[0]).toMatch(/No line states a limit/);
  });

  it('is stored as what it is, with reactances at the voltage of the bus a line comes from', async () => {
    const store = openAt(':memory:');
    try {
      const tools = { store, clock: { nowMs: () => 5, nextTurn: () => Promise.resolve() }, hash: sha256 };
      const record = await importFeeder(tools, { files: files(), mapping: await meshed(files()), ...about });
      expect(store.getFeeder(record.id)).toEqual(record);
      expect(store.listFeeders()).toMatchObject([{ id: record.id, topology: 'meshed' }]);
      const { lines, slackBus } = meshOf(record);
      expect(slackBus).toBe('A');
      expect(lines.map(({ id }) => id)).toEqual(['A–B', 'B–C', 'A–C', 'C–A (2)']);
      expect(lines.map(({ limitMw }) => limitMw)).toEqual([1, 0.5, 0.15, null]);
      expect(lines[0]!.xPu).toBeCloseTo(0.4 / 100, 15);
      expect(lines[3]!.xPu).toBeCloseTo(1 / 400, 15);
    } finally {
      store.close();
    }
  });

  it.each<[string, FeederFiles, RegExp, RegExp]>([
    [
      'an island',
      files(`${busText}D,1,1,1,10\nE,1,1,1,10\n`, `${branchText}D,E,1,1,1,1\n`),
      /bus D, E is not connected to the bus A/,
      /Close a line/,
    ],
    ['a reactance of nothing', files(busText, branchText.replace('0.7,0.3', '0.7,0')), /line B–C has a reactance of 0 pu/, /Join/], // prettier-ignore
    ['a negative reactance', files(busText, branchText.replace('0.7,0.3', '0.7,-0.3')), /line B–C has a reactance of -/, /Join/], // prettier-ignore
    ['no bus that the grid feeds', files(busText.replace('A,3', 'A,1')), /no bus is marked/, /type 3/],
    ['a bus without a branch', files(`${busText}D,1,1,1,10\n`), /bus D has no branch/, /leave the bus out/],
  ])('is refused for %s, by name', async (_, bad, problem, next) => {
    const report = await look(bad).then(
      () => null,
      (thrown: { report: { message: string; next: string } }) => thrown.report,
    );
    expect(report?.message).toMatch(problem);
    expect(report?.next).toMatch(next);
  });

  const matpower = (row: string): FeederFiles => ({
    buses: file(
      'case2.m',
      `mpc.baseMVA = 100;
mpc.bus = [
	1	3	0	0	0	0	1	1	0	230	1	1.1	0.9;
	2	1	50	10	0	0	1	1	0	138	1	1.1	0.9;
];
mpc.gen = [
	1	0	0	10	-10	1	100	1	10	0	0	0	0	0	0	0	0	0	0	0	0;
];
mpc.branch = [
	1	2	0	0.1	0	80	0	0	${row}	1	-360	360;
];`,
    ),
    branches: null,
  });

  it('takes the ratio of a transformer into its reactance, and no phase shift', async () => {
    const [line] = (await look(matpower('1.05	0'))).rows;
    expect(line!.xOhm / 230 ** 2).toBeCloseTo((0.1 * 1.05) / 100, 12);
    await expect(look(matpower('1	30'))).rejects.toThrow(/branch 1–2 shifts the phase by 30°/);
    await expect(previewFeeder(matpower('1.05	0'), { format: 'matpower' })).rejects.toThrow(/ratio 1\.05/);
  });

  it('reads the bundled ring of eight buses', async () => {
    const ring = (name: string) =>
      file(name, readFileSync(new URL(`../../../bench/feeders/ring8-${name}.csv`, import.meta.url), 'utf8'));
    const of = { buses: ring('buses'), branches: ring('branches') };
    expect(await look(of)).toMatchObject({ buses: 8, branches: 12, placed: 8, loadKw: 800 });
    await expect(previewFeeder({ buses: ring('buses'), branches: ring('branches') }, null)).rejects.toThrow(
      /closes a loop: Yard–Grid–North–Market–Yard/,
    );
  });
});
