/** The command line as built: one JSON document on standard output, the promised exit codes, and an operator's whole day. */
import { execFile } from 'node:child_process';
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
  expect((await cli('verify', 'no-such-plan', ...on, '--json')).code).toBe(1);
});

test('fits a set and shows its measured coverage', async ({ databaseFile }) => {
  const { code, out, error } = await cli('fit', '--db', databaseFile, '--json');
  expect(code, error).toBe(0);
  const fit = JSON.parse(out) as { components: { coverage: { pooled: { share: number } } }[] };
  expect(fit.components.length).toBeGreaterThan(1);
  for (const { coverage } of fit.components) expect(coverage.pooled.share).toBeGreaterThan(0.5);
});

test('says wrong usage with code 2, refusals with code 1 and as JSON', async ({ databaseFile }, testInfo) => {
  for (const args of [
    ['nonsense'],
    ['plan', '--day', 'tomorrow'],
    ['plan', '--colour', 'red'],
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
