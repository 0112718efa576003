/** The command line: plans of a day, made, re-checked, listed, set aside. */
import { cli } from '../../support/cli.ts';
import { expect, test } from '../../support/test.ts';

test.use({ database: 'small' });

test('plans a day from the demo and re-checks the plan', async ({ databaseFile }) => {
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

test('fits a set and shows its measured coverage', async ({ databaseFile }) => {
  const { code, out, error } = await cli('fit', '--db', databaseFile, '--json');
  expect(code, error).toBe(0);
  const fit = JSON.parse(out) as { components: { coverage: { pooled: { share: number } } }[] };
  expect(fit.components.length).toBeGreaterThan(1);
  for (const { coverage } of fit.components) expect(coverage.pooled.share).toBeGreaterThan(0.5);
  expect((await cli('fit', '--db', databaseFile)).out).toMatch(/\nprotection +slots covered /);
});

test.describe('a planned day', () => {
  test.use({ database: 'small-planned' });

  test('sets drafts aside and brings them back', async ({ databaseFile }) => {
    const on = ['--db', databaseFile];
    const [planned] = JSON.parse((await cli('plans', ...on, '--json')).out) as [{ id: string; day: string }];
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
});
