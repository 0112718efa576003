/** The command line as built: one JSON document on standard output, the promised exit codes, and an operator's whole day. */
import { execFile, spawn } from 'node:child_process';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtMain, root } from '../support/built.ts';
import { expect, test } from '../support/test.ts';

interface Ended {
  code: number;
  out: string;
  error: string;
}
// Playwright forces colours on its children; together with NO_COLOR Node would warn about that on standard error.
const { FORCE_COLOR: _colour, NO_COLOR: _plain, ...env } = process.env;

function cli(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [builtMain('cli'), ...args],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (problem, out, error) => {
        resolve({ code: typeof problem?.code === 'number' ? problem.code : problem ? -1 : 0, out, error });
      },
    );
  });
}

test('plans a day from the demo and re-checks the plan', async ({ databaseFile }) => {
  test.setTimeout(120_000);
  const on = ['--db', databaseFile];
  const planned = await cli('plan', ...on, '--json');
  expect(planned.code, planned.error).toBe(0);
  const plan = JSON.parse(planned.out) as { id: string; day: string; check: { passed: boolean }; gasKw?: unknown };
  expect(plan.check.passed).toBe(true);
  const verified = await cli('verify', plan.id, ...on, '--json');
  expect(JSON.parse(verified.out)).toMatchObject({ planId: plan.id, passed: true });
  const text = await cli('quality', ...on);
  expect(text).toMatchObject({ code: 0, error: '' });
  expect(text.out).toContain('load-actual');
  expect(text.out, 'market time with its offset').toMatch(/2022-12-31 00:00\+01:00 .*2023-06-15 00:00\+02:00/);
  const listed = await cli('plans', ...on);
  expect(listed.out).toMatch(new RegExp(`\n${plan.id} +${plan.day} +draft .* passed\n`));
  expect(JSON.parse((await cli('plans', ...on, '--json')).out)).toMatchObject([{ id: plan.id, passed: true }]);
  expect(JSON.parse((await cli('plans', '--day', '2001-01-01', ...on, '--json')).out)).toEqual([]);
  const unknown = await cli('verify', 'no-such-plan', ...on);
  expect(unknown).toMatchObject({ code: 1, out: '' });
  expect(unknown.error).toContain('"plans" on the command line');
});

test('ends quietly when its reader has read enough', async ({ databaseFile }) => {
  for (const command of [['plans', '--db', databaseFile], ['--help']]) {
    const child = spawn(process.execPath, [builtMain('cli'), ...command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    // Closed before the first line is written, as `head` may have gone before the last.
    child.stdout.destroy();
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ command, code, complaint }).toEqual({ command, code: 0, complaint: '' });
  }
});

test('sets drafts aside and brings them back', async ({ databaseFile }) => {
  test.setTimeout(120_000);
  const on = ['--db', databaseFile];
  const planned = JSON.parse((await cli('plan', ...on, '--json')).out) as { id: string; day: string };
  const listed = async (...options: string[]) =>
    (JSON.parse((await cli('plans', ...options, ...on, '--json')).out) as { id: string }[]).map(({ id }) => id);
  const both = await cli('set-aside', planned.id, '--drafts-of', planned.day, ...on);
  expect(both).toMatchObject({ code: 2, out: '' });
  const aside = await cli('set-aside', '--drafts-of', planned.day, ...on, '--json');
  expect(JSON.parse(aside.out)).toEqual({ planIds: [planned.id] });
  expect(await listed()).toEqual([]);
  expect(await listed('--all')).toEqual([planned.id]);
  const told = (await cli('plans', ...on)).out;
  expect(told).toMatch(/^No plan of the day is listed\.\n\nOne plan takes [\d.]+ MB of a database of [\d.]+ MB\./);
  expect(told).toContain('set aside: 1');
  expect((await cli('set-aside', '--undo', planned.id, ...on)).out).toBe('One plan brought back.\n');
  expect(await listed()).toEqual([planned.id]);
  await cli('approve', planned.id, '--reason', 'as discussed', ...on);
  const refused = await cli('set-aside', planned.id, ...on);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.error).toContain('is approved');
});

test('fits a set and shows its measured coverage', async ({ databaseFile }) => {
  const { code, out, error } = await cli('fit', '--db', databaseFile, '--json');
  expect(code, error).toBe(0);
  const fit = JSON.parse(out) as { components: { coverage: { pooled: { share: number } } }[] };
  expect(fit.components.length).toBeGreaterThan(1);
  for (const { coverage } of fit.components) expect(coverage.pooled.share).toBeGreaterThan(0.5);
  expect((await cli('fit', '--db', databaseFile)).out).toMatch(/\nprotection +slots covered /);
});

test('says wrong usage with code 2, refusals with code 1 and as JSON', async ({ databaseFile }, testInfo) => {
  for (const args of [
    ['nonsense'],
    ['plan', '--day', 'tomorrow'],
    ['plan', '--colour', 'red'],
    ['plan', '--protection', '99'],
    ['plan', '--protection=-1'],
    ['sweep', '--protections', '0,99'],
    ['import', 'price', 'price.csv', '--map', '{"kind":"load-actual"}'],
    ['import', 'price', 'price.csv', '--map', '{"colour":"red"}'],
    ['import', 'load-actual'],
    ['solve'],
    ['sweep', '--protections', '1,x'],
  ]) {
    const ended = await cli(...args, ...(args[0] === 'nonsense' ? [] : ['--db', databaseFile]));
    expect(ended.code, args.join(' ')).toBe(2);
    expect(ended.out).toBe('');
  }
  const refused = await cli('solve', '/no/such/case.json', '--json');
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.out)).toMatchObject({
    error: { code: 'not-found', message: expect.any(String), next: expect.any(String) },
  });
  const broken = testInfo.outputPath('broken.json');
  await writeFile(broken, '{"queries": 3}');
  expect((await cli('solve', broken)).code).toBe(1);
  expect((await cli('--help')).code).toBe(0);
  expect((await cli('import', '--help')).out).toContain('--map');
});

test('imports a file, knows it again, and names the row it cannot read', async ({ databaseFile }, testInfo) => {
  const file = testInfo.outputPath('price.csv');
  const row = (hour: number, price: string) => `2031-05-04T${String(hour).padStart(2, '0')}:00:00Z,${price}`;
  const rows = Array.from({ length: 24 }, (_, hour) => row(hour, (40 + hour).toFixed(2)));
  await writeFile(file, ['time,price [EUR/MWh]', ...rows].join('\n'));
  const map = JSON.stringify({
    zone: 'in-text',
    unit: 'EUR/MWh',
    columns: { time: 'time', value: 'price [EUR/MWh]' },
    seriesName: 'Test price',
  });
  const on = ['--db', databaseFile, '--json'];
  const first = await cli('import', 'price', file, '--map', map, ...on);
  expect(first.code, first.out).toBe(0);
  const again = await cli('import', 'price', file, '--map', map, ...on);
  expect(again.code).toBe(1);
  expect(JSON.parse(again.out)).toMatchObject({ error: { code: 'import-known-file' } });
  await writeFile(file, ['time,price [EUR/MWh]', ...rows.slice(0, 5), row(5, 'n/a?'), ...rows.slice(6)].join('\n'));
  const bad = await cli('import', 'price', file, '--map', map, ...on);
  expect(bad.code).toBe(1);
  expect(JSON.parse(bad.out)).toMatchObject({
    error: { code: 'import-bad-row', details: { row: expect.any(Number) } },
  });
});

test('takes a doubt for decided only where --map names its field', async ({ databaseFile }, testInfo) => {
  const file = testInfo.outputPath('plugs.csv');
  const stays = [
    '1,Harbour,0021-03-04 18:00:00,0021-03-05 07:30:00,9.5',
    '2,Quay,0021-03-05 19:10:00,0021-03-06 06:00:00,4',
  ];
  await writeFile(file, ['session_ID,Garage_ID,Start_plugin,End_plugout,El_kWh', ...stays].join('\n'));
  const on = ['--db', databaseFile];
  const bare = await cli('import', 'sessions', file, ...on);
  expect(bare).toMatchObject({ code: 1, out: '' });
  expect(bare.error).toMatch(/\ncolumns\.station +Garage_ID\n/);
  expect(bare.error).toContain(`--map '{"dateOrder":"ymd","zone":"Europe/Berlin"}'`);
  for (const [map, open] of [
    ['{}', ['dateOrder', 'zone']],
    ['{"unit":"kWh","columns":{}}', ['dateOrder', 'zone']],
    ['{"zone":"Europe/Oslo"}', ['dateOrder']],
  ] as const) {
    const refused = await cli('import', 'sessions', file, '--map', map, ...on, '--json');
    expect(refused, map).toMatchObject({ code: 1, error: '' });
    const { error } = JSON.parse(refused.out) as {
      error: { code: string; details: { choices: { field: string }[]; mapping: object; map: object } };
    };
    expect(error).toMatchObject({
      code: 'import-mapping-uncertain',
      details: { mapping: { zone: expect.any(String) } },
    });
    expect(error.details.choices.map(({ field }) => field)).toEqual(open);
    expect(error.details.map).toMatchObject({ ...(JSON.parse(map) as object), dateOrder: 'ymd' });
  }
  const guess = JSON.parse((await cli('import', 'sessions', file, '--preview', ...on, '--json')).out) as {
    mapping: object;
  };
  const whole = await cli(
    'import',
    'sessions',
    file,
    '--map',
    JSON.stringify(guess.mapping),
    '--preview',
    ...on,
    '--json',
  );
  expect(JSON.parse(whole.out)).toMatchObject({ certain: true, mapping: guess.mapping });
  const forecast = testInfo.outputPath('forecast.csv');
  await writeFile(
    forecast,
    'time,load_mw\n2031-05-04T00:00:00Z,5.5\n2031-05-04T01:00:00Z,6.5\n2031-05-04T02:00:00Z,7.5\n',
  );
  const other = await cli('import', 'load-actual', forecast, ...on, '--json');
  expect(JSON.parse(other.out)).toMatchObject({ error: { details: { map: { kind: 'load-actual' } } } });
  expect((await cli('import', 'load-actual', forecast, '--map', '{"kind":"load-actual"}', ...on)).code).toBe(0);
  const decided = ['--map', '{"zone":"Europe/Berlin","dateOrder":"ymd"}'];
  const shown = await cli('import', 'sessions', file, ...decided, '--preview', ...on);
  expect(shown.out).toContain('The reading is certain.');
  const done = await cli('import', 'sessions', file, ...decided, ...on, '--json');
  expect(done.code, done.out).toBe(0);
  expect((JSON.parse(done.out) as { notes: string[] }).notes).toContain(
    '2 stations belong to no aggregator ("Harbour", "Quay"); name them in the site definition',
  );
});

test('refuses what is no telemetry in one sentence', async ({ databaseFile }, testInfo) => {
  const letter = testInfo.outputPath('letter.csv');
  await writeFile(letter, 'Dear all,\n\nthis is a letter, with commas, and no table.\nRegards\n');
  const shares = testInfo.outputPath('shares.csv');
  await writeFile(shares, 'Arrival time,private,public\n00:00,1.09,0.52\n00:15,1.17,0.56\n00:30,1.02,0.49\n');
  for (const [file, sentence] of [
    [letter, 'letter.csv cannot be read: it is no table: no line names columns and none holds a time.'],
    [
      shares,
      'shares.csv cannot be read: "Arrival time" holds times of day without a date: a distribution over the day, not a record of what happened.',
    ],
  ] as const) {
    const refused = await cli('import', 'sessions', file, '--db', databaseFile);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.error.split('\n')).toEqual([
      sentence,
      'Choose a file in which every row has a date and a time.',
      '',
    ]);
  }
  // A reading given whole is tried even where nothing can be guessed.
  const whole = {
    ...{
      encoding: 'utf-8',
      delimiter: ',',
      decimalMark: '.',
      headerRow: 0,
      zone: 'UTC',
      dateOrder: 'ymd',
      unit: 'kWh',
    },
    ...{ stepMinutes: null, subtractColumn: '', seriesName: 'shares', source: 'shares.csv' },
    columns: { time: 'Arrival time', endTime: 'Departure', energy: 'private' },
  };
  const tried = await cli('import', 'sessions', shares, '--map', JSON.stringify(whole), '--db', databaseFile, '--json');
  expect(JSON.parse(tried.out)).toMatchObject({
    error: { code: 'import-column-missing', details: { column: 'Departure' } },
  });
});

test('makes no database of a mistyped name', async ({}, testInfo) => {
  const folder = testInfo.outputPath('mistyped');
  const file = join(folder, 'desk.db');
  const given = testInfo.outputPath('price.csv');
  await writeFile(given, 'time,price [EUR/MWh]\n2031-05-04T00:00:00Z,40\n');
  for (const args of [
    ['site'],
    ['import', 'price', given],
    ['quality'],
    ['fit'],
    ['plan'],
    ['sweep'],
    ['plans'],
    ['verify', 'some-plan'],
  ]) {
    const refused = await cli(...args, '--db', file, '--json');
    expect(refused.code, args.join(' ')).toBe(1);
    expect(JSON.parse(refused.out)).toMatchObject({
      error: { code: 'not-found', message: `There is no database "${file}".`, details: { what: 'database' } },
    });
  }
  await expect(access(folder)).rejects.toThrow();
  expect((await cli('init', '--db', file)).code).toBe(0);
  await access(file);
});

test("makes a database for a site of one's own, prints it, and refuses a bad one by its place", async ({}, testInfo) => {
  const example = join(root, 'docs', 'operator', 'site-example.json');
  const on = ['--db', testInfo.outputPath('own.db')];
  const made = await cli('init', '--site', example, ...on, '--json');
  expect(made.code, made.out).toBe(0);
  expect(JSON.parse(made.out)).toMatchObject({ site: { name: 'Harbour quarter', components: 4 }, tomorrow: null });
  const text = await readFile(example, 'utf8');
  expect(JSON.parse((await cli('site', ...on)).out)).toEqual(JSON.parse(text));
  const bad = testInfo.outputPath('bad.json');
  await writeFile(bad, text.replace('"maxKw": 900', '"maxKw": 9'));
  const refused = await cli('site', '--save', bad, ...on, '--json');
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'bad-site', details: { path: 'gas[0].maxKw' } } });
  const none = testInfo.outputPath('none.db');
  expect((await cli('init', '--site', bad, '--db', none)).code).toBe(1);
  await expect(access(none)).rejects.toThrow();
  expect((await cli('init', '--demo', '--site', example, ...on)).code).toBe(2);
});

test('writes files whole and never over another unless told, and keeps a record of its work', async ({
  databaseFile,
}, testInfo) => {
  const on = ['--db', databaseFile];
  const copy = testInfo.outputPath('copy.db');
  const first = await cli('backup', copy, ...on, '--json');
  expect(first.code, first.out).toBe(0);
  const { bytes } = JSON.parse(first.out) as { bytes: number };
  expect(await readFile(copy)).toHaveLength(bytes);
  const again = await cli('backup', copy, ...on, '--json');
  expect(again.code).toBe(1);
  expect(JSON.parse(again.out)).toMatchObject({ error: { code: 'file-exists' } });
  expect((await cli('backup', copy, '--force', ...on)).code).toBe(0);

  const csv = testInfo.outputPath('load.csv');
  const exported = await cli('export', 'telemetry', 'load-actual', '--to', csv, ...on, '--json');
  expect(JSON.parse(exported.out)).toMatchObject({ file: csv });
  expect((await readFile(csv, 'utf8')).split('\r\n')[0]).toContain('(MW)');
  expect(await cli('export', 'telemetry', 'load-actual', '--to', csv, ...on)).toMatchObject({ code: 1, out: '' });
  expect(await cli('export', 'telemetry', 'nothing', ...on)).toMatchObject({ code: 2, out: '' });
  expect(await cli('export', 'plan', 'nothing', ...on)).toMatchObject({ code: 1, out: '' });

  const runs = JSON.parse((await cli('runs', '--limit', '3', ...on, '--json')).out) as { runs: unknown[] };
  expect(runs.runs).toMatchObject([
    { kind: 'backup', outcome: 'done', result: copy },
    { kind: 'backup', outcome: 'failed', error: { code: 'file-exists' } },
    { kind: 'backup', outcome: 'done', asked: { file: copy, existing: 'keep' } },
  ]);
  expect(await cli('runs', '--limit', '0', ...on)).toMatchObject({ code: 2, out: '' });
});

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
  for (const [change, path] of [
    [['"epsilon": 0.05', '"epsilon": 1'], 'epsilon'],
    [['"node": "51404486"', '"node": "nowhere"'], 'terminals[1].node'],
    [['"rentCapPerKwh": 0.2', '"rentCapPerKwh": -0.2'], 'grids[0].rentCapPerKwh'],
  ] as const) {
    const [from, to] = change;
    await writeFile(definition, stored.replace(from, to));
    const bad = await cli('mobile-storage', '--save', definition, ...on);
    expect(JSON.parse(bad.out), path).toMatchObject({ error: { code: 'bad-mobile-storage', details: { path } } });
  }
  expect((await cli('mobile-storage', '--db', databaseFile)).out).toBe(stored);
  expect((await cli('plan-sms', '--epsilon', '0', ...on)).code).toBe(2);
});
