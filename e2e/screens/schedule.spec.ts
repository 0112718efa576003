/** L2: who supplies each slot, do the cars leave charged, where is reserve thin? */
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

const pane = (page: Page, name: string) => page.locator(`[data-pane="${name}"]`);
const dispatch = (page: Page) => page.getByRole('slider', { name: /Dispatch/ });
const number = (text: string | undefined): number => Number((text ?? '').replaceAll(',', '').replace('−', '-'));

test.describe('the demo', () => {
  test.use({ database: 'small' });

  test('without a plan says so and plans the day', async ({ page }) => {
    await expect(page.getByRole('heading', { name: /is not planned/ })).toBeVisible();
    await page.keyboard.press('Control+4');
    await expect(page.getByText(/^No plan for \d{4}-\d\d-\d\d yet\.$/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: /Plan this day/ }).click();
    await expect(dispatch(page)).toBeVisible({ timeout: 60_000 });
  });
});

test.describe('a planned day', () => {
  test.use({ database: 'planned' });

  test.beforeEach(async ({ page }) => {
    await expect(page.getByRole('heading', { name: /has a draft plan/ })).toBeVisible();
    await page.keyboard.press('Control+4');
    await expect(dispatch(page)).toBeVisible();
  });

  test('supply meets demand in every slot of the table', async ({ page }) => {
    await dispatch(page).focus();
    await page.keyboard.press('F6');
    const rows = pane(page, 'Dispatch').locator('tbody tr');
    await expect(rows).toHaveCount(96);
    const header = await pane(page, 'Dispatch').locator('thead th').allInnerTexts();
    const column = (name: string) => header.findIndex((label) => label.startsWith(name));
    for (const at of [0, 30, 60, 95]) {
      const row = await rows.nth(at).locator('th, td').allInnerTexts();
      expect(number(row[column('Committed demand')])).toBeGreaterThanOrEqual(number(row[column('Load')]) - 0.1);
      expect(number(row[column('Reserve available')])).toBeGreaterThanOrEqual(number(row[column('Reserve required')]));
    }
  });

  test('the exported table is the table on the screen', async ({ page }) => {
    await dispatch(page).focus();
    await page.keyboard.press('F6');
    const screen = await pane(page, 'Dispatch').locator('tbody tr').nth(40).locator('th, td').allInnerTexts();
    const header = await pane(page, 'Dispatch').locator('thead th').allInnerTexts();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const [names, ...lines] = text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    expect(lines).toHaveLength(96);
    const line = lines[40]!;
    expect(line[0]).toMatch(/^\d{4}-\d\d-\d\dT10:00:00[+-]\d\d:\d\d$/);
    const saved = Number(line[names!.indexOf('load (kW)')]);
    const shown = number(screen[header.findIndex((label) => label.startsWith('Load'))]);
    expect(Math.abs(saved - shown)).toBeLessThan(0.06);
  });

  test('the cost items sum to the total', async ({ page }) => {
    const rows = await pane(page, 'Cost').locator('tbody tr').all();
    const amounts = await Promise.all(rows.map(async (row) => number(await row.locator('td').first().innerText())));
    const total = amounts.pop()!;
    expect(Math.abs(amounts.reduce((sum, amount) => sum + amount, 0) - total)).toBeLessThan(0.002 * total);
  });

  test('one cursor: the keys of the dispatch move the aggregators, the slot card and the storage', async ({ page }) => {
    await dispatch(page).focus();
    await page.keyboard.press('Home');
    for (let hour = 0; hour < 7; hour++) await page.keyboard.press('PageDown');
    await expect(page.getByRole('slider', { name: /Aggregators/ })).toHaveAttribute('aria-valuetext', /07:00–07:15$/);
    await expect(pane(page, 'Slot 07:00–07:15')).toBeVisible();
    await expect(page.locator('figure[data-chart^="Dispatch"] [aria-live]')).toContainText('07:00–07:15');
  });

  test('a range dragged with the pointer adds up over the table, and Esc clears it', async ({ page }) => {
    const box = (await dispatch(page).boundingBox())!;
    const middleOf = (slot: number) => box.x + 56 + ((box.width - 70) * (slot + 0.5)) / 96;
    await page.mouse.move(middleOf(72), box.y + 80);
    await page.mouse.down();
    await page.mouse.move(middleOf(76), box.y + 80);
    await page.mouse.move(middleOf(79), box.y + 80);
    await page.mouse.up();
    const range = pane(page, 'Range 18:00–20:00');
    await expect(range).toBeVisible();
    const shown = number(await range.locator('tbody td').first().innerText());
    await expectAccessible(page);
    await dispatch(page).focus();
    await page.keyboard.press('F6');
    const loads = await pane(page, 'Dispatch').locator('tbody tr td:nth-child(2)').allInnerTexts();
    const summed = loads.slice(72, 80).reduce((sum, load) => sum + number(load) / 4, 0);
    expect(Math.abs(summed - shown)).toBeLessThan(1);
    await page.keyboard.press('F6');
    await dispatch(page).focus();
    await page.keyboard.press('Escape');
    await expect(pane(page, 'Whole day')).toBeVisible();
  });

  test('a promise leads to its slot and aggregator', async ({ page }) => {
    const row = pane(page, 'Departure promises').locator('tbody tr').first();
    const [time, aggregator] = await row.locator('th, td').allInnerTexts();
    await row.click();
    const text = await page.getByRole('slider', { name: /Aggregators/ }).getAttribute('aria-valuetext');
    expect(text).toContain(aggregator!);
    expect(text).toMatch(new RegExp(`–${time}$`));
  });

  test('MW and MWh everywhere, and back', async ({ page }) => {
    const load = pane(page, 'Cost').page().locator('[data-pane^="Slot"] dd').first();
    const inKw = await load.innerText();
    expect(inKw).toMatch(/kW$/);
    await page.getByRole('radio', { name: 'MW' }).check({ force: true });
    await expect(load).toHaveText(/MW$/);
    expect(number((await load.innerText()).split(/\s/)[0])).toBeCloseTo(number(inKw.split(/\s/)[0]) / 1000, 3);
    await expect(pane(page, 'Departure promises').locator('thead')).toContainText('MWh');
  });

  test('approval by the button of the screen needs a reason', async ({ page }) => {
    await page.getByRole('button', { name: 'Approve …' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: 'Approve', exact: true })).toHaveAttribute('aria-disabled', 'true');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(page.locator('main [data-plan-status=draft]')).toBeVisible();
    await page.getByRole('button', { name: 'Approve …' }).click();
    await dialog.getByLabel('Reason').fill('agreed with the shift');
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(page.locator('main [data-plan-status=approved]')).toBeVisible();
  });
});
