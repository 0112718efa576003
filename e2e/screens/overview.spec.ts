/** L1: plan tomorrow, see what needs a decision, approve with a reason. */
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

test.describe('nothing there yet', () => {
  test.use({ database: 'none' });

  test('the empty desk offers the demo, loads it and can then be planned', async ({ page }) => {
    await expect(page.getByText('No site and no telemetry yet.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Load the demo' }).click();
    await expect(page.getByRole('heading', { name: /is not planned/ })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('button', { name: /Plan tomorrow/ })).toBeEnabled();
  });
});

test.describe('the demo', () => {
  test.use({ database: 'demo' });

  test('Enter on the big action plans tomorrow through four named phases; approval needs a reason and lasts', async ({
    page,
  }) => {
    const action = page.getByRole('button', { name: /Plan tomorrow/ });
    await expect(action).toBeFocused();
    await page.keyboard.press('Enter');
    const phases = page.getByRole('list', { name: /^Phases of/ });
    await expect(phases.getByRole('listitem')).toHaveCount(4);
    await expect(page.getByRole('heading', { name: /has a draft plan/ })).toBeVisible({ timeout: 60_000 });
    for (const measure of ['Worst-case cost', 'Chance of a violation', 'Reserve at its thinnest', 'EV energy met'])
      await expect(page.getByRole('img', { name: new RegExp(`^${measure}: \\S*\\d`) })).toBeVisible();

    await page.keyboard.press('Control+s');
    const approve = page.getByRole('dialog').getByRole('button', { name: 'Approve' });
    await expect(approve).toHaveAttribute('aria-disabled', 'true');
    await page.getByLabel('Reason').fill('violation chance accepted for a summer weekday');
    await approve.click();
    await expect(page.locator('[data-plan-status=approved]').first()).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: /has an approved plan/ })).toBeVisible();
  });

  test('a solve is cancelled at once with Ctrl+. and leaves no plan', async ({ page }) => {
    await expect(page.getByRole('heading', { name: /is not planned/ })).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('button', { name: /^Cancel Plan/ })).toBeVisible();
    await page.keyboard.press('Control+.');
    await expect(page.locator('footer')).toContainText(/stopping|Nothing is running/);
    await expect(page.locator('[data-run=cancelled]')).toBeVisible();
    await expect(page.getByRole('heading', { name: /is not planned/ })).toBeVisible();
  });
});

test.describe('a planned day', () => {
  test.use({ database: 'planned' });

  test('an exception leads to the screen that can settle it', async ({ page }) => {
    const first = page.locator('[data-exception-row]').first();
    await expect(first).toBeVisible();
    expect(await page.locator('[data-exception-row]').count()).toBeLessThanOrEqual(7);
    await first.getByRole('button').click();
    await expect(page.locator('main')).not.toHaveAttribute('data-screen', 'overview');
  });

  test('a measure opens the screen behind it at the same slot', async ({ page }) => {
    const sentence = page.getByText(/thinnest at \d\d:\d\d/);
    const slot = /thinnest at (\d\d:\d\d)/.exec((await sentence.textContent()) ?? '')?.[1];
    await page.getByRole('button', { name: 'Reserve at its thinnest' }).click();
    await expect(page.locator('main[data-screen=schedule]')).toBeVisible();
    await expect(page.getByRole('slider', { name: /Dispatch/ })).toHaveAttribute(
      'aria-valuetext',
      new RegExp(`^${slot}`),
    );
  });

  test('the table twin of the dispatch has a row per slot and the chart’s cursor', async ({ page }) => {
    await page.getByRole('slider', { name: /Dispatch/ }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('F6');
    const rows = page.locator('[data-pane=Dispatch] tbody tr');
    await expect(rows).toHaveCount(96);
    await expect(rows.last()).toHaveAttribute('aria-current', 'true');
    await expectAccessible(page);
  });
});
