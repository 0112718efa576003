/** What a plan is made for besides its cost, and what each objective sacrifices: chosen, planned and read by keys. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cli } from '../support/cli.ts';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

test.use({ database: 'small-planned' });

test('an order of objectives is chosen by keys, planned for, and set beside what each sacrifices', async ({
  page,
  databaseFile,
}) => {
  await expect(page.getByRole('heading', { name: /has a draft plan/ })).toBeVisible();
  // Without its feeder the day is small enough to be solved for every objective.
  const { network: _, ...site } = JSON.parse((await cli('site', '--db', databaseFile)).out) as Record<string, unknown>;
  const definition = join(dirname(databaseFile), 'no-feeder.json');
  await writeFile(definition, JSON.stringify(site));
  expect(await cli('site', '--save', definition, '--db', databaseFile)).toMatchObject({ code: 0 });
  await page.keyboard.press('Control+5');
  const panel = page.locator('[data-pane="What each objective sacrifices"]');
  await panel.getByRole('radio', { name: 'Cost', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('radio', { name: 'One after another' })).toBeChecked();
  await expect(panel.getByRole('combobox', { name: 'First' })).toHaveValue('cost');
  const share = panel.getByRole('spinbutton', { name: /for at most/ });
  await share.fill('1');
  await page.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'Plan for it' }).focus();
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('made for: Cost, then largest deviation for at most 1 %', { timeout: 120_000 });
  await panel.getByRole('button', { name: 'Solve for each objective' }).focus();
  await page.keyboard.press('Enter');
  const table = panel.getByRole('table', { name: /best in one objective/ });
  await expect(table.getByRole('row')).toHaveCount(6, { timeout: 120_000 });
  const amount = async (row: RegExp, column: number): Promise<number> =>
    Number((await table.getByRole('row', { name: row }).locator('td').nth(column).innerText()).replaceAll(',', ''));
  // Columns after the name: cost, generation, loss, deviation, renewables. Each is best in its own row.
  expect(await amount(/^Largest deviation/, 3)).toBeLessThan(await amount(/^Cost/, 3));
  expect(await amount(/^Largest deviation/, 0)).toBeGreaterThan(await amount(/^Cost/, 0));
  await table.getByRole('rowheader', { name: 'Largest deviation' }).click();
  await expect(panel).toContainText(/Largest deviation at its best sacrifices [\d,.]+/);
  await page.keyboard.press('ArrowUp');
  await expect(panel).toContainText(/Power loss at its best/);
  await expectAccessible(page);
});
