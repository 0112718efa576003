/** The command line: databases, sites and files out, whole or not at all. */
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../support/built.ts';
import { cli } from '../../support/cli.ts';
import { expect, test } from '../../support/test.ts';

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
