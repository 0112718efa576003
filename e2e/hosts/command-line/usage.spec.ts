/** The command line: one JSON document on standard output, the promised exit codes, and no trace of a mistake. */
import { spawn } from 'node:child_process';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtMain } from '../../support/built.ts';
import { cli, plainEnvironment } from '../../support/cli.ts';
import { expect, test } from '../../support/test.ts';

test('ends quietly when its reader has read enough', async ({ databaseFile }) => {
  for (const command of [['plans', '--db', databaseFile], ['--help']]) {
    const child = spawn(process.execPath, [builtMain('cli'), ...command], {
      env: plainEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Closed before the first line is written, as `head` may have gone before the last.
    child.stdout.destroy();
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ command, code, complaint }).toEqual({ command, code: 0, complaint: '' });
  }
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
