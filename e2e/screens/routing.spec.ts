/** L2: where is each truck, why there, and which grid pays what? From no plan to one that is re-routed and approved, by keyboard. */
import type { Page } from '@playwright/test';
import { cli } from '../support/cli.ts';
import { readPdf } from '../support/pdf-text.ts';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

test.use({ database: 'demo' });

/** The first plan that a round brings is enough. */
async function useFirst(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo').getByRole('button', { name: 'Use best so far' })).toBeVisible({
    timeout: 150_000,
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('best found');
  await page.keyboard.press('Enter');
}

/** A truck more, by keyboard: copied, refused at its field, saved; the command line has it too. */
async function defineTruck(page: Page, databaseFile: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Trucks, terminals');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Trucks, terminals and grids' });
  await expect(dialog.getByLabel('Capacity, kWh')).toHaveValue('2200');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Copy Truck 1' }).press('Enter');
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Truck 3');
  await typeInto(page, 'Energy at the start, kWh', '9000');
  await expect(dialog.getByRole('alert')).toHaveText(
    'Energy at the start must be from “Least energy” (200) to “Capacity” (2200), not 9000.',
  );
  await page.keyboard.press('Control+s');
  await typeInto(page, 'Energy at the start, kWh', '400');
  // What only the roads can tell is refused when it is saved, and named at its field as well.
  await dialog.getByRole('radio', { name: /^Trucks/ }).focus();
  await page.keyboard.press('ArrowRight');
  await typeInto(page, 'Node', 'nowhere');
  await page.keyboard.press('Control+s');
  await expect(dialog.getByRole('alert')).toHaveText('Node names node nowhere, which Andorra does not have.');
  await expect(dialog.getByLabel('Node', { exact: true })).toBeFocused();
  expect((await cli('mobile-storage', '--db', databaseFile)).out).not.toContain('truck-3');
  await page.keyboard.press('Control+z');
  await expect(dialog.getByLabel('Node', { exact: true })).toHaveValue('2050328135');
  await page.keyboard.press('Control+s');
  await expect(dialog).toBeHidden();
  const { out } = await cli('mobile-storage', '--db', databaseFile, '--json');
  const { trucks } = JSON.parse(out) as { trucks: { id: string; capacityKwh: number }[] };
  expect(trucks.map(({ id }) => id)).toEqual(['truck-1', 'truck-2', 'truck-3']);
}
async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label, { exact: true }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
}

test('the trucks are defined, planned, followed over real roads, demanded otherwise, re-routed and approved', async ({
  page,
  door,
  databaseFile,
}) => {
  test.setTimeout(420_000);
  await expect(page.getByRole('heading', { name: /is not planned/ })).toBeVisible();
  await page.keyboard.press('Control+6');
  await expect(page.getByText(/^No plan of the trucks for/)).toBeVisible();
  await expectAccessible(page);
  await defineTruck(page, databaseFile);
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-pane="Search"]')).toBeVisible({ timeout: 30_000 });
  await useFirst(page);
  await expect(page.getByText('© OpenStreetMap contributors')).toBeVisible({ timeout: 150_000 });
  await expectAccessible(page);

  await expect(page.locator('[data-truck="3"]')).toBeVisible();

  // The slider, the map and the day share one time; a truck that drives is between its places.
  const slider = page.getByRole('slider', { name: 'Time of day' });
  await slider.focus();
  const places = new Set<string>();
  for (let step = 0; step < 24; step++) {
    await page.keyboard.press('PageDown');
    places.add((await page.locator('[data-truck="1"]').getAttribute('transform')) ?? '');
  }
  expect(places.size).toBeGreaterThan(1);
  await expect(page.getByRole('slider', { name: /^Map of/ })).toHaveAttribute('aria-valuetext', '23:00–24:00');
  await page.keyboard.press('t');
  await expect(page.locator('[data-pane="Truck 1"]')).toBeVisible();

  // The table twin of the day is the itinerary.
  await page.getByRole('slider', { name: /^Place against time/ }).focus();
  await page.keyboard.press('F6');
  await expect(page.locator('[data-pane="Day of the trucks"] tbody tr').first()).toContainText('Truck 1');

  // One page of paper, which says whose plan it is.
  if (door !== 'electron') {
    const { pages, text } = readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(pages).toBe(1);
    expect(text).toMatch(/Plan of trucks \d{4}-\d\d-\d\d-sms-[0-9a-f]{8} \(draft\), accepted risk/);
    expect(text).toContain('Itinerary');
    // Nothing on the sheet stands beyond its panel: paper does not scroll.
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    const cut = page.locator('[data-print-sheet] :is(.scroll, .content)');
    const overs = await cut.evaluateAll((boxes) =>
      boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent.slice(0, 40)),
    );
    expect(overs).toEqual([]);
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
  }

  // A demand, typed.
  await page.keyboard.press('Control+i');
  await page.getByLabel('Demand', { exact: true }).selectOption({ label: 'Take a truck out of service' });
  await page.getByLabel('Truck', { exact: true }).selectOption({ label: 'Truck 2' });
  await page.getByLabel('Truck', { exact: true }).press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Demands' })).toContainText('Truck 2 does not work');
  await page.keyboard.press('Control+Enter');
  await useFirst(page);
  await expect(page.getByRole('status', { name: 'Consequence' })).toContainText('owner’s profit', { timeout: 150_000 });
  await expect(page.getByRole('status', { name: 'Consequence' })).toContainText('Truck 2');
  await expectAccessible(page);
  await page.keyboard.press('Control+s');
  await page.getByLabel('Reason').fill('truck 2 is in the workshop');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The trucks’ plan is approved.')).toBeVisible();
  await expect(page.locator('[data-pane="Trucks’ plan"]')).toContainText('Approved');
});

test('own trucks are one press away, with how long their search may take', async ({ page }) => {
  await expect(page.getByRole('heading', { name: /is not planned/ })).toBeVisible();
  await page.keyboard.press('Control+6');
  await page.getByRole('radio', { name: 'Own' }).check({ force: true });
  await expect(page.getByText(/^No schedule with own trucks for/)).toBeVisible();
  await expect(page.getByLabel('Search for')).toBeVisible();
  await expect(page.getByRole('button', { name: /Plan the day with own trucks/ })).toBeVisible();
  await expectAccessible(page);
});
