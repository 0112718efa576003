/** The command line: the trucks of the demo over real roads. */
import { readFile, writeFile } from 'node:fs/promises';
import type { MobileStoragePayload } from '../../../src-main/contract/mobile-storage.ts';
import { cli } from '../../support/cli.ts';
import { expect, test } from '../../support/test.ts';

test('sends the trucks of the demo over real roads, obeys a demand, and gives the drivers their itinerary', async ({
  databaseFile,
}, testInfo) => {
  test.setTimeout(240_000);
  const on = ['--db', databaseFile];
  const demands = testInfo.outputPath('demands.json');
  await writeFile(
    demands,
    JSON.stringify([
      { kind: 'pin', truck: 'truck-1', terminal: 'pas', fromSlot: 10, untilSlot: 13 },
      { kind: 'forbid-truck', truck: 'truck-2' },
    ]),
  );
  const planned = await cli('plan-sms', '--overrides', demands, '--time-limit', '15', ...on, '--json');
  expect(planned.code, planned.out).toBe(0);
  const plan = JSON.parse(planned.out) as {
    id: string;
    check: { passed: boolean };
    terminals: { id: string }[];
    trucks: { terminal: number[] }[];
  };
  expect(plan.check.passed).toBe(true);
  const pas = plan.terminals.findIndex(({ id }) => id === 'pas');
  expect(plan.trucks[0]!.terminal.slice(10, 13)).toEqual([pas, pas, pas]);
  expect(new Set(plan.trucks[1]!.terminal)).toEqual(new Set([0]));
  expect((await cli('verify', plan.id, ...on)).out).toMatch(/check +passed/);
  expect((await cli('approve', plan.id, ...on)).code).toBe(2);
  expect((await cli('approve', plan.id, '--reason', 'as discussed', ...on)).out).toMatch(/ is approved\.$/m);
  expect((await cli('plans', ...on)).out).toMatch(new RegExp(`${plan.id} +2023-06-15 +approved`));
  const itinerary = testInfo.outputPath('itinerary.csv');
  expect((await cli('export', 'plan-sms', plan.id, '--to', itinerary, ...on)).code).toBe(0);
  expect(await readFile(itinerary, 'utf8')).toMatch(
    /\r\nTruck 1,\d+,stay,Pas de la Casa,Pas de la Casa,2023-06-15T\d\d:00:00\+02:00,/,
  );
  await writeFile(
    demands,
    JSON.stringify([{ kind: 'pin', truck: 'truck-1', terminal: 'moon', fromSlot: 1, untilSlot: 2 }]),
  );
  const refused = await cli('plan-sms', '--overrides', demands, ...on, '--json');
  expect(JSON.parse(refused.out)).toMatchObject({
    error: { code: 'bad-request', message: /there is no terminal "moon"/ },
  });
});

test('refuses roads and trucks that cannot be, each by its name', async ({ databaseFile }, testInfo) => {
  const on = ['--db', databaseFile, '--json'];
  const links = testInfo.outputPath('links.csv');
  await writeFile(links, 'from_node,to_node,length_km,time_min\na,b,3,4\nb,a,3,-4\n');
  const negative = await cli('import', 'roads', links, ...on);
  expect(negative.code).toBe(1);
  expect(JSON.parse(negative.out)).toMatchObject({
    error: { code: 'import-bad-row', details: { row: 3, column: 'time_min', value: '-4' } },
  });
  await writeFile(links, 'from_node,to_node,length_km,time_min\na,b,3,4\nb,a,3,4\n');
  expect(JSON.parse((await cli('import', 'roads', links, ...on)).out)).toMatchObject({ nodes: 2, links: 2 });

  const definition = testInfo.outputPath('trucks.json');
  const stored = (await cli('mobile-storage', '--db', databaseFile)).out;
  const cases: readonly [change: (storage: MobileStoragePayload) => void, path: string, words: RegExp][] = [
    [(storage) => (storage.epsilon = 1), 'epsilon', /must be above 0 and below 1, not 1/],
    [
      (storage) => (storage.terminals[1]!.node = 'nowhere'),
      'terminals[1].node',
      /nowhere, which Andorra does not have/,
    ],
    [
      (storage) =>
        (storage.roads.forbiddenClasses = ['primary', 'secondary', 'tertiary', 'residential', 'unclassified']),
      'terminals[0].node',
      /Sant Julià depot.* cannot be reached from any other terminal: move it to another node, or open a road/,
    ],
    [
      (storage) => Object.assign(storage.trucks[0]!, { end: 'pas', initialKwh: 210 }),
      'trucks[0].initialKwh',
      /10 kWh for driving, but from "depot" to "pas" it takes \d+: the truck cannot get home on its charge, so raise/,
    ],
    [(storage) => (storage.grids[0]!.rentCapPerKwh = -0.2), 'grids[0].rentCapPerKwh', /must be above 0, not -0.2/],
    [
      (storage) => {
        for (const grid of storage.grids) {
          delete grid.rentCapPerKwh;
          grid.rentMenuPerKwh = [0.05, -0.1];
        }
      },
      'grids[0].rentMenuPerKwh[1]',
      /must be 0 or more, not -0.1/,
    ],
  ];
  for (const [change, path, words] of cases) {
    const storage = JSON.parse(stored) as MobileStoragePayload;
    change(storage);
    await writeFile(definition, JSON.stringify(storage));
    const bad = await cli('mobile-storage', '--save', definition, ...on);
    expect(bad.code, path).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject({
      error: { code: 'bad-mobile-storage', message: words, next: /^Correct the field named/, details: { path } },
    });
  }
  expect((await cli('mobile-storage', '--db', databaseFile)).out).toBe(stored);
  const risk = await cli('plan-sms', '--epsilon', '0', ...on);
  expect(risk.code).toBe(2);
  expect(risk.error + risk.out).toContain('--epsilon must be above 0 and below 1, not 0.');
});
