/** An operator without the demo: the site is defined at the desk, corrected where it is wrong, and in use at once. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../support/built.ts';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

test.use({ database: 'none' });

test('a site is loaded from a file, corrected and saved, and telemetry can then be imported', async ({
  page,
}, testInfo) => {
  const example = await readFile(join(root, 'docs', 'operator', 'site-example.json'), 'utf8');
  const file = testInfo.outputPath('mine.json');
  await writeFile(file, example.replace('"Europe/Berlin"', '"Europe/Atlantis"'));
  await page.getByRole('button', { name: 'Define your own site …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Site definition' });
  const save = dialog.getByRole('button', { name: 'Save', exact: true });
  await dialog.getByLabel('Site file').setInputFiles(file);
  await expect(dialog.getByRole('listitem')).toHaveText([
    'zone must be a time zone such as Europe/Berlin, not "Europe/Atlantis"',
  ]);
  await expect(save).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);

  const definition = dialog.getByLabel('Definition (JSON)');
  await definition.fill((await definition.inputValue()).replace('Atlantis', 'Lisbon'));
  // By keyboard from the text on: Tab leaves it, and the buttons answer to Enter.
  await dialog.getByRole('button', { name: 'Check' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(save).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('header').first()).toContainText('Harbour quarter');
  await expect(page.locator('header').first()).toContainText('Europe/Lisbon');
  await expect(page.getByText('No telemetry to plan from yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Import telemetry' }).click();
  await expect(page.getByRole('dialog', { name: 'Import telemetry' })).toBeVisible();
});

test('leaving the text with Tab is possible, and Escape keeps what was written', async ({ page }) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('Site definition');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Site definition' });
  await dialog.getByRole('button', { name: 'Start from an example' }).click();
  const definition = dialog.getByLabel('Definition (JSON)');
  await definition.focus();
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('button', { name: 'Load from file …' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.locator('header').first().getByRole('button', { name: 'Site definition' }).click();
  await expect(definition).toHaveValue(/Harbour quarter/);
});
