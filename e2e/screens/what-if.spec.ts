/** What if: a bound typed, its consequence seen, an impossible wish eased, and the what-if kept as the plan; by keyboard. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

const pane = (page: Page) => page.locator('[data-pane="What if"]');
const label = (page: Page, name: string | RegExp) => pane(page).getByLabel(name, { exact: true });
const consequence = (page: Page) => pane(page).getByRole('status', { name: 'Consequence' });

async function change(page: Page, of: string | RegExp, number: string, value: string | null) {
  const choice = await label(page, 'Of').locator('option', { hasText: of }).first().innerText();
  await label(page, 'Of').selectOption({ label: choice });
  await label(page, 'Number').selectOption({ label: number });
  await label(page, 'From').fill('18:00');
  await label(page, 'Until').fill('20:00');
  if (value !== null)
    await pane(page)
      .getByLabel(/^Value/)
      .fill(value);
  await label(page, 'Until').press('Enter');
}

test.use({ database: 'small-planned' });

test.beforeEach(async ({ page }) => {
  await expect(page.getByRole('heading', { name: /has a draft plan/ })).toBeVisible();
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('slider', { name: /Dispatch/ })).toBeVisible();
  await page.keyboard.press('Control+i');
  await expect(label(page, 'Of')).toBeVisible();
});

test('a typed limit is solved with Ctrl+Enter, says what it costs, and becomes the plan with a reason', async ({
  page,
}) => {
  await change(page, /Gas/, 'Greatest output', '300');
  await expect(page.locator('[data-pane="Dispatch"] [data-draft-mark]')).toHaveCount(1);
  await page.keyboard.press('Control+Enter');
  await expect(consequence(page)).toBeVisible({ timeout: 120_000 });
  await expect(consequence(page)).toContainText(/\+[\d.]+\s*EUR/);
  await expect(page.locator('main')).toContainText(/What-if of plan/);
  await expectAccessible(page);
  // A change that is not solved cannot be approved by accident.
  await page.locator('main').click({ position: { x: 4, y: 4 } });
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-draft-mark]')).toHaveCount(0);
  await page.keyboard.press('Control+y');
  await expect(consequence(page)).toBeVisible();
  await page.getByRole('button', { name: /Keep as the plan/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('maintenance in the evening');
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.locator('main [data-plan-status=approved]')).toBeVisible();
  await expect(pane(page)).toHaveCount(0);
  // The button that was pressed is gone with its pane; the keyboard still stands in the screen.
  await expect(page.locator('main:focus, main :focus')).toHaveCount(1);
});

test('an impossible wish names what conflicts; one press on the least change gives a plan', async ({ page }) => {
  await change(page, /Gas/, 'Out of service', null);
  await change(page, /Grid/, 'Import limit', '100');
  await page.keyboard.press('Control+Enter');
  await expect(pane(page).locator('[data-state="infeasible"]')).toBeVisible({ timeout: 100_000 });
  await expectAccessible(page);
  await pane(page)
    .getByRole('button', { name: /^Relax: Raise/ })
    .first()
    .press('Enter');
  await expect(consequence(page)).toBeVisible({ timeout: 120_000 });
  await pane(page).getByRole('button', { name: 'Discard the what-if' }).click();
  await expect(page.locator('main')).not.toContainText(/What-if of plan/);
});
