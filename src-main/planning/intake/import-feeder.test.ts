import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { openAt } from '../../store/fixtures/open-at.ts';
import { memorySource } from '../../telemetry/fixtures/memory-source.ts';
import { importFeeder, type FeederFiles } from './import-feeder.ts';
import { lookAtFeeder, previewFeeder } from './preview-feeder.ts';
import { recogniseFeederFiles } from './recognise-feeder-files.ts';

const file = (name: string, text: string) => memorySource(name, new TextEncoder().encode(text), TextDecoder);
const busText = 'bus,type,load_kw,load_kvar,base_kv\nA,3,0,0,10\nB,1,100,50,10\nC,1,200,80,10\n';
const branchText = 'from,to,r_ohm,x_ohm,status\nA,B,0.5,0.4,1\nB,C,0.7,0.3,1\nA,C,1,1,0\n';
const files = (buses = busText, branches = branchText): FeederFiles => ({
  buses: file('buses.csv', buses),
  branches: file('branches.csv', branches),
});
const demo = (name: string): string => readFileSync(new URL(`../../../db/demo/${name}`, import.meta.url), 'utf8');
const ieee33 = () => files(demo('ieee33-buses.csv'), demo('ieee33-branches.csv'));
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const about = { name: 'Small', source: 'made up', licence: 'none', attribution: '' };

const matpower = `function mpc = case3
mpc.baseMVA = 10; % MVA
mpc.bus = [ %% (Pd and Qd are in kW and kvar here)
	1	3	0	0	0	0	1	1	0	10	1	1	1;
	2	1	100	50	0	0	1	1	0	10	1	1.1	0.9;
	3	1	200	80	0	0	1	1	0	10	1	1.1	0.9;
];
mpc.gen = [
	1	0	0	10	-10	1.02	100	1	10	0	0	0	0	0	0	0	0	0	0	0	0;
];
mpc.branch = [
	1	2	0.5	0.4	0	3	0	0	0	0	1	-360	360;
	2	3	0.7	0.3	0	0	0	0	0	0	1	-360	360;
	1	3	1	1	0	0	0	0	0	0	0	-360	360;
];
CONVERSION`;
const conversion = `Vbase = mpc.bus(1, BASE_KV) * 1e3;
mpc.branch(:, [BR_R BR_X]) = mpc.branch(:, [BR_R BR_X]) / (Vbase^2 / Sbase);
mpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD]) / 1e3;`;
const caseFile = (end: string): FeederFiles => ({
  buses: file('case3.m', matpower.replace('CONVERSION', end)),
  branches: null,
});

describe('previewFeeder', () => {
  it('reads the bundled IEEE 33 feeder to its published loss and voltage, ties kept open', async () => {
    const preview = await previewFeeder(ieee33(), null);
    expect(preview).toMatchObject({ doubts: [], buses: 33, branches: 32, ties: 5, baseKv: 12.66, loadKw: 3715 });
    expect(preview.notes).toEqual([
      'With the loads of the file it loses 202.68 kW and is lowest at bus 18 with 0.9131 pu.',
    ]);
  });

  it('doubts units that no column names', async () => {
    const { doubts, mapping } = await previewFeeder(
      files(busText.replace('load_kw', 'pd'), branchText.replace('r_ohm,x_ohm', 'r,x')),
      null,
    );
    expect(doubts.join(' ')).toMatch(/"pd".*taken as MW.*"r".*per unit on 100 MVA/);
    expect(mapping).toMatchObject({ loadUnit: 'MW', impedanceUnit: 'pu', baseMva: 100 });
  });

  it('takes impedances per unit by their base', async () => {
    const guess = await previewFeeder(files(busText, branchText.replace('r_ohm,x_ohm', 'r_pu,x_pu')), null);
    expect(guess.rows[0]!.rOhm).toBeCloseTo(0.5 * 100, 12);
  });

  it('reads a MATPOWER case as its own conversions say', async () => {
    const physical = await previewFeeder(caseFile(conversion), null);
    expect(physical).toMatchObject({ buses: 3, branches: 2, ties: 1, baseKv: 10, loadKw: 300, loadKvar: 130 });
    expect(physical.rows[0]).toEqual({ from: '1', to: '2', rOhm: 0.5, xOhm: 0.4, state: 'closed' });
    const perUnit = await previewFeeder(caseFile(''), null).catch((thrown: unknown) => String(thrown));
    // 100 MW through 5 Ω at 10 kV: no flow exists, and the preview says what to look at.
    expect(perUnit).toMatchObject({ loadKw: 300_000, notes: [expect.stringMatching(/no solution; check the units/)] });
  });

  it.each<[string, FeederFiles, RegExp, RegExp]>([
    ['a loop', files(busText, branchText.replace('1,1,0', '1,1,1')), /closes a loop: .*A.*/, /Open one branch/],
    [
      'an island',
      files(`${busText}D,1,1,1,10\nE,1,1,1,10\n`, `${branchText}D,E,1,1,1\n`),
      /bus D, E is not connected to the substation A/,
      /bus or branch/,
    ],
    [
      'a negative resistance',
      files(busText, branchText.replace('0.7', '-0.7')),
      /branch B–C has a resistance/,
      /branch/,
    ],
    ['no base voltage', files(busText.replace('200,80,10', '200,80,')), /bus C has no base voltage/, /bus C in kV/],
    [
      'a base voltage of zero',
      files(busText.replace('200,80,10', '200,80,0')),
      /bus C has a base voltage of 0 kV/,
      /kV/,
    ],
    ['two base voltages', files(busText.replace('200,80,10', '200,80,0.4')), /bus C .* 0.4 kV, .* A of 10 kV/, /Refer/],
    ['no substation', files(busText.replace('A,3', 'A,1')), /no bus is marked/, /type 3/],
    ['two substations', files(busText.replace('B,1', 'B,3')), /buses A and B are both/, /type 3/],
    [
      'a bus behind an open tie',
      files(busText, branchText.replace('0.7,0.3,1', '0.7,0.3,0')),
      /bus C hangs on/,
      /status 1/,
    ],
    ['a bus without a branch', files(`${busText}D,1,1,1,10\n`), /bus D has no branch/, /leave the bus out/],
    ['a branch to nowhere', files(busText, `${branchText}B,X,1,1,1\n`), /row 5, column "to".*found "X"/, /row/],
    ['a bus twice', files(`${busText}B,1,1,1,10\n`), /row 5, column "bus": bus B occurs twice/, /row/],
    [
      'a table alone',
      { buses: file('buses.csv', busText), branches: null },
      /no table mpc.bus|no table mpc.gen/,
      /case/,
    ],
  ])('refuses %s by name and says what to do', async (_, bad, problem, next) => {
    const report = await previewFeeder(bad, null).then(
      () => null,
      (thrown: { report: { message: string; next: string } }) => thrown.report,
    );
    expect(report?.message).toMatch(problem);
    expect(report?.next).toMatch(next);
  });
});

describe('lookAtFeeder', () => {
  it('gives a refusal as a value with the mapping that led to it, which a base voltage for all buses then mends', async () => {
    const bare = files(busText.replaceAll(',10\n', ',\n'));
    const refused = await lookAtFeeder(bare, null);
    expect(refused.reading).toBeNull();
    expect(refused.refused).toMatchObject({
      code: 'bad-feeder',
      message: expect.stringMatching(/bus A has no base voltage/),
    });
    const { mapping } = refused;
    if (mapping.format !== 'csv') throw new Error('tables were given');
    const mended = await lookAtFeeder(bare, { ...mapping, baseKv: 10 });
    expect(mended.reading).toMatchObject({ buses: 3, baseKv: 10, placed: 0 });
    expect(mended.reading?.flow?.lowestBus).toBe('C');
  });

  it('reads tables parted by semicolons with decimal commas', async () => {
    const german = (text: string): string => text.replaceAll(',', ';').replaceAll('.', ',');
    const { mapping, reading } = await lookAtFeeder(files(german(busText), german(branchText)), null);
    expect(mapping).toMatchObject({ delimiter: ';', decimalMark: ',' });
    expect(reading?.rows[0]).toMatchObject({ rOhm: 0.5, xOhm: 0.4 });
  });

  it.each<[string, string]>([
    ['with a header', 'bus,x,y\nA,0,0\nB,10,5\nX,1,1\n'],
    ['without', 'A 0 0\nB 10 5\nX 1 1\n'],
  ])('places buses from a list %s, and says what of it does not fit', async (_, text) => {
    const placed = { ...files(), coordinates: file('places.csv', text) };
    const { mapping, reading } = await lookAtFeeder(placed, null);
    expect(reading).toMatchObject({ placed: 2 });
    expect(reading?.notes.slice(1)).toEqual([
      'The list of places names bus X, which the feeder does not have; left out.',
      'Without a place: bus C.',
    ]);
    const store = openAt(':memory:');
    const tools = { store, clock: { nowMs: () => 5, nextTurn: () => Promise.resolve() }, hash: sha256 };
    const { network, files: read } = await importFeeder(tools, { files: placed, mapping, ...about });
    expect(network.buses.map(({ x, y }) => [x, y])).toEqual([[0, 0], [10, 5], [null, null]]); // prettier-ignore
    expect(read.map(({ name }) => name)).toEqual(['buses.csv', 'branches.csv', 'places.csv']);
    store.close();
  });

  it('refuses a list of places by row', async () => {
    const refusedBy = async (text: string): Promise<string | undefined> =>
      (await lookAtFeeder({ ...files(), coordinates: file('places.csv', text) }, null)).refused?.message;
    expect(await refusedBy('bus,x,y\nA,0,0\nA,1,1\n')).toMatch(/row 3, column "bus": bus A has two places/);
    expect(await refusedBy('bus,x,y\nA,0,here\n')).toMatch(/row 2, column "y": it is not a number/);
    expect(await refusedBy('bus,east\nA,0\n')).toMatch(/no column "x"/);
  });

  it('takes the places a MATPOWER case carries beside its tables', async () => {
    const places = `${conversion}\nmpc.bus_coords = [\n 1 0 0;\n 2 3.5 1;\n];\n`;
    expect((await lookAtFeeder(caseFile(places), null)).reading?.placed).toBe(2);
  });
});

describe('recogniseFeederFiles', () => {
  it('knows each file by its first line, in any order', async () => {
    const given = [
      file('a.csv', branchText),
      file('b.csv', 'bus;x;y\nA;0;0\n'),
      file('c.txt', '1 200.5 3\n2 100 4\n'),
      file('d.csv', `${busText.replace('base_kv', 'base_kv,x,y')}`),
      file('case33.m', matpower),
      file('whole.txt', matpower),
    ];
    expect(await recogniseFeederFiles(given)).toEqual([
      'branches',
      'coordinates',
      'coordinates',
      'buses',
      'case',
      'case',
    ]);
  });
});

describe('capacitors', () => {
  const capacitors = (text: string, end = conversion): FeederFiles => ({
    buses: file('case3.m', matpower.replace('CONVERSION', end).replace('100	50	0	0', `100	50	0	${text}`)),
    branches: null,
  });
  it('come with a column of the buses, and with Bs of a MATPOWER case, and lift the voltage', async () => {
    const rows = busText
      .replace('load_kvar,', 'load_kvar,capacitor_kvar,')
      .replaceAll(/^(\w,\d,\d+,\d+),/gm, '$1,0,')
      .replace('200,80,0', '200,80,120');
    const [without, { flow }] = [await previewFeeder(files(), null), await previewFeeder(files(rows), null)];
    expect(flow!.lowestPu).toBeGreaterThan(without.flow!.lowestPu);
    const given = await previewFeeder(capacitors('0.12'), null);
    const bare = await previewFeeder(capacitors('0'), null);
    expect(given.flow!.lossKw).toBeLessThan(bare.flow!.lossKw);
    expect(given.loadKvar).toBe(130);
  });

  it('are refused where they would take', async () => {
    await expect(previewFeeder(capacitors('-0.1'), null)).rejects.toThrow(/bus 2 has a shunt reactor of 0\.1 Mvar/);
    const rows = busText.replace('load_kvar,', 'load_kvar,capacitor_kvar,').replaceAll(/^(\w,\d,\d+,\d+),/gm, '$1,-5,');
    await expect(previewFeeder(files(rows), null)).rejects.toThrow(/column "capacitor_kvar".*it is negative/);
  });
});

describe('importFeeder', () => {
  const withTools = async (action: (tools: Parameters<typeof importFeeder>[0]) => Promise<void>): Promise<void> => {
    const store = openAt(':memory:');
    try {
      await action({ store, clock: { nowMs: () => 5, nextTurn: () => Promise.resolve() }, hash: sha256 });
    } finally {
      store.close();
    }
  };

  it('stores a feeder once and gives it back whole', () =>
    withTools(async (tools) => {
      const { mapping } = await previewFeeder(files(), null);
      const first = await importFeeder(tools, { files: files(), mapping, ...about });
      const again = await importFeeder(tools, { files: files(), mapping, ...about });
      expect(again.id).toBe(first.id);
      expect(tools.store.listFeeders().map(({ id }) => id)).toEqual([first.id]);
      expect(tools.store.getFeeder(first.id)).toEqual(first);
      expect(tools.store.getFeeder(null)).toEqual(first);
      const { entries } = tools.store.listAudit({ offset: 0, limit: 9 });
      expect(entries).toMatchObject([{ act: 'feeder.import', subject: 'Small', detail: { id: first.id } }]);
      expect(tools.store.getFeeder('feeder-none')).toBeNull();
      expect(first.network.branches.at(-1)).toMatchObject({ from: 'A', to: 'C', state: 'open' });
    }));

  it('stores nothing when it is cancelled', () =>
    withTools(async (tools) => {
      const { mapping } = await previewFeeder(files(), null);
      const cancel = new CancelSource();
      cancel.cancel();
      await expect(importFeeder(tools, { files: files(), mapping, ...about }, cancel)).rejects.toThrow(/cancelled/);
      expect(tools.store.listFeeders()).toEqual([]);
    }));
});
