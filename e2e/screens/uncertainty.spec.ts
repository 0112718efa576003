/** L2: what could happen tomorrow, how it was learnt, and whether the set keeps its promise. */
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

const pane = (page: Page, name: string) => page.locator(`[data-pane="${name}"]`);
const fan = (page: Page, name: string) => page.getByRole('slider', { name: `${name} tomorrow` });
const cells = async (page: Page, of: string): Promise<string[][]> => {
  const rows = await page.locator(`${of} tbody tr`).all();
  return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
};
const number = (text: string | undefined): number => Number((text ?? '').replaceAll(',', '').replace('−', '-'));

test.describe('nothing there yet', () => {
  test.use({ database: 'none' });

  test('says what is missing and leads to the site, which comes first', async ({ page }) => {
    await page.keyboard.press('Control+3');
    await expect(page.getByText('Nothing to learn from yet.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Set up a site' }).click();
    await expect(page.locator('main[data-screen=overview]')).toBeVisible();
  });
});

test.describe('the demo', () => {
  test.use({ database: 'small' });

  test.beforeEach(async ({ page }) => {
    await expect(page.getByRole('heading', { name: /is not planned/ })).toBeVisible();
    await page.keyboard.press('Control+3');
    await expect(fan(page, 'Load')).toBeVisible();
  });

  test('the coverage shown equals a count over the slots of the table', async ({ page }) => {
    await fan(page, 'Load').focus();
    await page.keyboard.press('F6');
    const twin = pane(page, 'Load');
    await expect(twin.locator('tbody tr')).toHaveCount(96);
    await expectAccessible(page);
    const shares = (await cells(page, '[data-pane="Load"]')).map((row) => number(row[6]));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const component = (await cells(page, '[data-pane="Components"]')).find((row) => row[0] === 'Load')!;
    // Every slot was judged on the same days, but for a few that were flagged.
    expect(Math.abs(mean - number(component[2]))).toBeLessThan(0.3);
  });

  test('less coverage asked for makes every interval narrower, at once, by keys alone', async ({ page }) => {
    const widths = async () => (await cells(page, '[data-pane="Components"]')).map((row) => number(row[1]));
    const before = await widths();
    await fan(page, 'Load').focus();
    for (let press = 0; press < 15; press++) await page.keyboard.press('[');
    await expect(page.getByLabel(/Nominal δ/)).toHaveValue('80');
    await expect(pane(page, 'Set')).toContainText(/80\.0\s*% of occasions/);
    const after = await widths();
    expect(after).toHaveLength(before.length);
    after.forEach((width, component) => expect(width).toBeLessThanOrEqual(before[component]! + 1e-9));
    expect(after.reduce((sum, width) => sum + width, 0)).toBeLessThan(
      0.8 * before.reduce((sum, width) => sum + width, 0),
    );
    await expect(fan(page, 'Load')).toBeFocused();
  });

  test('a component is chosen in the table with the keys, and keeps the time cursor', async ({ page }) => {
    await fan(page, 'Load').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('PageUp');
    await expect(fan(page, 'Load')).toHaveAttribute('aria-valuetext', '22:45–23:00');
    await pane(page, 'Components').locator('tbody tr').first().focus();
    await page.keyboard.press('ArrowDown');
    await expect(fan(page, 'Wind')).toHaveAttribute('aria-valuetext', '22:45–23:00');
  });

  test('another method and window fit a set of their own, and the set is saved as JSON with its version', async ({
    page,
  }) => {
    const id = pane(page, 'Set').locator('code');
    const first = await id.innerText();
    await page.getByText('Normal', { exact: true }).click();
    await expect(id).not.toHaveText(first);
    const second = await id.innerText();
    await page.getByLabel(/Window/).fill('40');
    await page.getByLabel(/Window/).press('Enter');
    await expect(id).not.toHaveText(second);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export set (JSON)' }).click();
    const saved = JSON.parse(await readFile(await (await download).path(), 'utf8')) as {
      schemaVersion: number;
      id: string;
      set: { method: string; windowDays: number };
    };
    expect(saved.schemaVersion).toBeGreaterThan(0);
    expect(saved.set).toMatchObject({ method: 'prediction-normal', windowDays: 40 });
    expect(saved.id).toBe(await id.innerText());
  });

  test('the coverage shown is counted again from the samples that are exported', async ({ page }) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Samples (CSV)' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const [header, ...lines] = text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    const firstError = header!.indexOf('error in slot 1 (kW)');
    const firstPromise = header!.indexOf('promised half-width in slot 1 (kW)');
    let inside = 0;
    let judged = 0;
    for (const line of lines.filter((row) => row[0] === 'Load'))
      for (let slot = 0; slot < firstPromise - firstError; slot++) {
        const promise = line[firstPromise + slot];
        if (promise === undefined || promise === '') continue;
        judged += 1;
        if (Math.abs(Number(line[firstError + slot])) <= Number(promise)) inside += 1;
      }
    const counted = (count: number) => count.toLocaleString('en');
    await expect(pane(page, 'Load')).toContainText(`${counted(inside)} of ${counted(judged)} slots`);
  });

  test('a set learnt from working days is frozen, and another day is looked at through it', async ({ page }) => {
    await page.getByLabel('Weekdays').selectOption('working');
    await expect(pane(page, 'Set')).toContainText('Monday to Friday');
    await page.getByRole('button', { name: 'Freeze this set …' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Working days');
    await page.getByLabel('Note').fill('before the holidays');
    await page.keyboard.press('Enter');
    const frozen = pane(page, 'Frozen sets');
    await expect(frozen.getByRole('row', { name: /Working days/ })).toContainText('fits');
    const widths = async () => (await cells(page, '[data-pane="Components"]')).map((row) => row[1]);
    const before = await widths();

    await page.getByRole('button', { name: 'Day before' }).click();
    await expect(pane(page, 'Load')).toContainText('2023-06-14');
    await frozen.getByRole('row', { name: /Working days/ }).click();
    await page.getByRole('button', { name: 'Plan from "Working days"' }).click();
    await expect(pane(page, 'Set')).toContainText('fitted for 2023-06-15');
    expect(await widths()).toEqual(before);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Fit anew', exact: true }).click();
    await expect(pane(page, 'Set')).not.toContainText('Frozen as');
  });

  test('a made-up day is judged against the set at once, and pairs of errors are read by keys', async ({ page }) => {
    await page.getByText('Made-up day').click();
    await page.getByRole('button', { name: 'Add a deviation' }).click();
    await expect(page.locator('[data-answer=set]')).toContainText('holds the day');
    await page.getByLabel('More (+) or less (−)').fill('60');
    await page.keyboard.press('Tab');
    await expect(page.locator('[data-answer=set]')).toContainText('of the intervals: Load');
    await expect(page.locator('[data-answer=plan]')).toContainText('no plan for this day');
    await expectAccessible(page);

    await page.getByText('Pairs of errors').click();
    const chart = page.getByRole('slider', { name: /^Load .* against Load/ });
    await chart.focus();
    await page.keyboard.press('Home');
    await expect(chart).toHaveAttribute('aria-valuetext', /^20\d\d-\d\d-\d\d, (held out|learnt from): Load/);
    await page.keyboard.press('n');
    await expect(chart).toHaveAttribute('aria-valuetext', /outside$/);
    await expectAccessible(page);
  });
});
