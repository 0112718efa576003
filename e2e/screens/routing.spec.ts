/** L2: where is each truck, why there, and which grid pays what? From no plan to one that is re-routed and approved, by keyboard. */
import { readPdf } from '../support/pdf-text.ts';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

test.use({ database: 'demo' });

test('the trucks are planned, followed over real roads, demanded otherwise, re-routed and approved', async ({
  page,
  door,
}) => {
  test.setTimeout(420_000);
  await expect(page.getByRole('heading', { name: /is not planned/ })).toBeVisible();
  await page.keyboard.press('Control+6');
  await expect(page.getByText(/^No plan of the trucks for/)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-pane="Search"]')).toBeVisible({ timeout: 30_000 });
  // The first plan that a round brings is enough.
  await page
    .getByRole('button', { name: /Use best so far/ })
    .first()
    .click({ timeout: 150_000 });
  await expect(page.getByText('© OpenStreetMap contributors')).toBeVisible({ timeout: 150_000 });
  await expectAccessible(page);

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
  }

  // A demand, typed.
  await page.keyboard.press('Control+i');
  await page.getByLabel('Demand', { exact: true }).selectOption({ label: 'Take a truck out of service' });
  await page.getByLabel('Truck', { exact: true }).selectOption({ label: 'Truck 2' });
  await page.getByLabel('Truck', { exact: true }).press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Demands' })).toContainText('Truck 2 does not work');
  await page.getByLabel('Search for').selectOption('30');
  await page.keyboard.press('Control+Enter');
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
