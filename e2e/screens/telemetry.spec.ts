/** L2: what came in, and bringing more in. */
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

/** Two days of load at 15 minutes as a German portal writes them: ambiguous dates, decimal comma, energy per interval. */
function germanTable(change: (row: number, cells: string[]) => string[] = (_, cells) => cells): string {
  const rows = Array.from({ length: 192 }, (_, index) => {
    const day = index < 96 ? '01' : '02';
    const minutes = (index % 96) * 15;
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    return change(index, [`${day}.02.2023 ${time}`, `12.${String(100 + index)},25`]);
  });
  return ['Datum von;Netzlast [MWh]', ...rows.map((cells) => cells.join(';'))].join('\r\n') + '\r\n';
}

async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('button', { name: /^Import telemetry/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.getByRole('table', { name: /^First rows/ })).toBeVisible();
}

async function decideDoubts(page: Page): Promise<void> {
  const open = page.getByRole('button', { name: /^It is right/ });
  while ((await open.count()) > 0) await open.first().click();
}

test.describe('nothing there yet', () => {
  test.use({ database: 'none' });

  test('says what a file must hold, and why none can be imported before there is a site', async ({ page }) => {
    await page.keyboard.press('Control+2');
    await expect(page.getByText('No telemetry yet.')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Import telemetry/ })).toHaveAttribute('aria-disabled', 'true');
    await expectAccessible(page);
  });
});

test.describe('an import', () => {
  test.use({ database: 'demo' });

  test('a file is read, shown, decided, imported with its hash, and known when it comes again', async ({ page }) => {
    await page.keyboard.press('Control+2');
    await chooseFile(page, 'last.csv', germanTable());
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('combobox', { name: 'Order of a date' })).toHaveValue('dmy');
    await expect(dialog.getByRole('combobox', { name: 'Decimal mark' })).toHaveValue(',');
    await expect(dialog.getByRole('combobox', { name: 'Unit of the value' })).toHaveValue('MWh-per-interval');
    await expect(dialog.getByText(/48,401\sMW/).first()).toBeVisible();
    const go = dialog.getByRole('button', { name: 'Import', exact: true });
    await expect(go).toHaveAttribute('aria-disabled', 'true');
    await expectAccessible(page);
    await decideDoubts(page);
    await go.click();
    await expect(dialog.getByText('Imported.')).toBeVisible();
    await expect(dialog).toContainText(/192\s*rows read/);
    await dialog.getByRole('button', { name: 'Import another file' }).click();
    await page.locator('input[type=file]').setInputFiles({
      name: 'last.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(germanTable()),
    });
    await expect(page.getByRole('table', { name: /^First rows/ })).toBeVisible();
    await decideDoubts(page);
    await go.click();
    await expect(dialog.getByText('import-known-file')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('table', { name: /^Imported files/ }).getByRole('row')).toHaveCount(9);
    await expect(page.getByRole('row').filter({ hasText: 'last.csv' })).toContainText(/[0-9a-f]{12}…/);
  });

  test('a row that is no number is named by file, row and column, and nothing is stored', async ({ page }) => {
    await page.keyboard.press('Control+2');
    await chooseFile(
      page,
      'broken.csv',
      germanTable((row, cells) => (row === 100 ? [cells[0]!, '12x345'] : cells)),
    );
    await expect(page.getByRole('alert').filter({ hasText: /row 102.*Netzlast/ })).toBeVisible();
    await decideDoubts(page);
    await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('table', { name: /^Imported files/ })).not.toContainText('broken.csv');
  });
});

test.describe('the demo', () => {
  test.use({ database: 'demo' });

  test.beforeEach(async ({ page }) => {
    await page.keyboard.press('Control+2');
    await expect(page.getByRole('table', { name: /^Findings/ })).toBeVisible();
  });

  test('a finding is overruled with a reason, which stays', async ({ page }) => {
    const finding = page
      .getByRole('table', { name: /^Findings/ })
      .getByRole('row')
      .filter({ hasText: 'Spike' });
    await finding.getByRole('button', { name: /^Good/ }).click();
    await page.getByLabel('Reason').fill('confirmed by the grid operator');
    await page.getByRole('button', { name: 'Take as good' }).click();
    await expect(finding).toContainText('good: confirmed by the grid operator');
    await page.reload();
    await expect(finding).toContainText('good: confirmed by the grid operator');
  });

  test('keys lead from flag to flag in the year series, zoom and show all', async ({ page }) => {
    const year = page.getByRole('slider', { name: /over the year/ });
    await year.focus();
    await page.keyboard.press('p');
    await expect(year).toHaveAttribute('aria-valuetext', /2023-05-21 02:30/);
    await page.keyboard.press('p');
    await expect(year).toHaveAttribute('aria-valuetext', /2023-03-26/);
    await page.keyboard.press('0');
    await page.keyboard.press('+');
    await page.keyboard.press('Home');
    await expect(year).toHaveAttribute('aria-valuenow', '0');
  });

  test('a typed range is marked bad and becomes a finding', async ({ page }) => {
    await page.getByRole('button', { name: /^Mark a range bad/ }).click();
    await page.getByLabel(/^From/).fill('2023-03-26 02:30');
    await expect(page.getByText(/does not exist in Europe\/Berlin/)).toBeVisible();
    await page.getByLabel(/^From/).fill('2023-05-02 10:00');
    await page.getByLabel(/^Until/).fill('2023-05-02 12:00');
    await page.getByLabel('Reason').fill('meter exchange');
    await page.getByRole('button', { name: 'Mark as bad' }).click();
    const finding = page.getByRole('row').filter({ hasText: 'Marked bad' });
    await expect(finding).toContainText('2023-05-02 10:00');
    await expect(finding).toContainText('2023-05-02 12:00');
  });

  test('the export has units and offsets, and as many rows as the series has values', async ({ page, door }) => {
    test.skip(door === 'electron', 'Electron asks for the place of a download');
    const download = page.waitForEvent('download');
    await page.keyboard.press('Control+e');
    const text = await readFile(await (await download).path(), 'utf8');
    const [header, ...rows] = text.trimEnd().split(/\r?\n/);
    expect(header).toMatch(/MW/);
    expect(rows[0]).toMatch(/^2022-12-31T00:00:00\+01:00,/);
    expect(rows).toHaveLength(15_932);
  });
});
