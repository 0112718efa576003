/** L2: how likely is a limit broken, and what does more safety cost? */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

test.use({ database: 'small-planned' });

const curve = (page: Page) => page.getByRole('slider', { name: /Chance of a violation/ });
const number = (text: string | undefined): number => Number((text ?? '').replaceAll(',', '').replace('−', '-'));

test.beforeEach(async ({ page }) => {
  await expect(page.getByRole('heading', { name: /has a draft plan/ })).toBeVisible();
  await page.keyboard.press('Control+5');
  await expect(page.getByText(/^No curve of budget for/)).toBeVisible();
});

async function solveCurve(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'α step 1' }).check({ force: true });
  await page.keyboard.press('Escape');
  await page
    .locator('[data-pane="Curve settings"]')
    .getByRole('button', { name: /Solve the curve/ })
    .click();
  await expect(page.getByText(/^(\d+) of \1\ssizes solved$/)).toBeVisible({ timeout: 90_000 });
}

test('the curve: cost never falls as α rises, and a chance is said as count, percent and words', async ({ page }) => {
  await solveCurve(page);
  await expect(page.getByText(/^\d+ of 50 days like this run short\.$/).first()).toBeVisible();
  await expect(page.locator('[data-pane^="At α"]')).toContainText(
    /\d of [\d,]+\s*simulated days, between [\d.]+\s*% and/,
  );
  await expectAccessible(page);
  await curve(page).focus();
  await page.keyboard.press('F6');
  const rows = await page.locator('[data-pane="Chance and cost"] tbody tr').all();
  const points = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
  // 0 to 3: load, wind and one aggregator.
  expect(points).toHaveLength(4);
  points.slice(1).forEach((point, i) => {
    expect(number(point[0])).toBeGreaterThan(number(points[i]![0]));
    expect(number(point[1])).toBeGreaterThanOrEqual(number(points[i]![1]) - 1);
  });
  await expectAccessible(page);
});

test('Enter on the curve makes a new draft at the chosen protection', async ({ page }) => {
  await solveCurve(page);
  await curve(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(curve(page)).toHaveAttribute('aria-valuetext', 'α 2');
  await page.keyboard.press('Enter');
  await expect(page.locator('footer')).toContainText('Nothing is running', { timeout: 120_000 });
  await page.keyboard.press('Control+4');
  await expect(page.locator('[data-pane=Plan]')).toContainText(/α 2 of \d/);
});

test('a sweep is cancelled and keeps what it solved', async ({ page }) => {
  await page.getByRole('radio', { name: 'α step 0.25' }).check({ force: true });
  await page
    .locator('[data-pane="Curve settings"]')
    .getByRole('button', { name: /Solve the curve/ })
    .click();
  await expect(page.getByText(/^[1-9]\d* of \d+\ssizes solved$/)).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Control+.');
  await expect(page.locator('footer')).toContainText(/stopping|Nothing is running/);
  await expect(page.locator('footer')).toContainText('Nothing is running', { timeout: 120_000 });
  await expect(page.getByText(/^[1-9]\d* of \d+\ssizes solved$/)).toBeVisible();
  await expect(curve(page)).toBeVisible();
});

test('the back-test says in one plain sentence on how many real days the plan would have run short', async ({
  page,
}) => {
  await page.getByRole('button', { name: /^Replay/ }).click();
  const sentence = page.getByText(
    /^On (none|\d+) of the last \d+ real days (this plan would|would this plan) have run short\.$/,
  );
  await expect(sentence).toBeVisible({ timeout: 60_000 });
  const counted = /^On (\w+) of the last (\d+)/.exec(await sentence.innerText())!;
  const marks = page.locator('[data-pane="Back-test"] svg[role=img] circle');
  await expect(page.locator('[data-pane="Back-test"] circle.short')).toHaveCount(
    counted[1] === 'none' ? 0 : Number(counted[1]),
  );
  expect(await marks.count()).toBeGreaterThanOrEqual(Number(counted[2]));
  await expectAccessible(page);
});

test('the worst day names its hour and limit, and follows the time cursor', async ({ page }) => {
  const worst = page.locator('[data-pane="Worst day"]');
  await expect(worst).toContainText(/At \d\d:\d\d–\d\d:\d\d the first limit breaks|breaks no limit/);
  const chart = page.getByRole('slider', { name: 'Deviation on the worst day' });
  await chart.focus();
  await page.keyboard.press('End');
  await expect(chart).toHaveAttribute('aria-valuetext', '23:45–24:00');
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('slider', { name: /Dispatch/ })).toHaveAttribute('aria-valuetext', '23:45–24:00');
});

test('every number leads to what it was computed from, and on to its place, by keys alone', async ({ page }) => {
  await expect(page.locator('[data-pane="Back-test"]')).toContainText(/of the last \d+ real days/);
  const untraced = await page
    .locator('main [data-quantity]')
    .evaluateAll((numbers) =>
      numbers
        .filter((number) => number.closest('[data-traced]') === null && number.textContent.trim() !== '–')
        .map((number) => number.closest('[data-pane]')?.getAttribute('data-pane') ?? ''),
    );
  expect(untraced).toEqual([]);
  const plan = page.locator('[data-pane="The plan on the desk"]');
  await plan.getByRole('button', { name: /cost of the plan/ }).focus();
  await page.keyboard.press('Enter');
  const told = page.locator('[data-explanation]');
  await expect(told).toContainText('Hash of its inputs');
  const items = await told
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => row.lastElementChild?.textContent ?? ''));
  const amounts = items.map(number);
  const sum = amounts.slice(0, -1).reduce((all, amount) => all + amount, 0);
  expect(Math.abs(sum - amounts.at(-1)!)).toBeLessThan(2);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(plan.getByRole('button', { name: /cost of the plan/ })).toBeFocused();
});

test('the worst day of the set is replayed to the robust cost of the plan', async ({ page }) => {
  await page.getByRole('radio', { name: 'Of the set' }).check({ force: true });
  const worst = page.locator('[data-pane="Worst day"]');
  await expect(worst).toContainText(/Nearest to breaking is .* at \d\d:\d\d–\d\d:\d\d: the worst day takes/);
  await worst.getByRole('button', { name: 'Replay it' }).click();
  await expect(worst).toContainText('No limit breaks');
  await expect(worst).toContainText('exactly the robust cost of the plan');
  await expect(worst.locator('[data-exception]')).toHaveCount(0);
  await expectAccessible(page);
});

test('what is doubted of a device is kept with the site, planned for, and priced', async ({ page }) => {
  const doubts = page.locator('[data-pane="Output and efficiency"]');
  await doubts.getByRole('spinbutton', { name: /^Gas engine 1, may be missing/ }).fill('5');
  await page.keyboard.press('Tab');
  await doubts.getByRole('button', { name: 'Save with the site' }).click();
  await expect(doubts).toContainText('Plans hold while the worst of what is doubted below happens.');
  await doubts.getByRole('button', { name: 'Plan with these' }).click();
  await expect(doubts).toContainText('the doubt costs', { timeout: 120_000 });
  await doubts.getByRole('button', { name: /cost of the doubt/ }).click();
  await expect(page.locator('[data-explanation]')).toContainText('With all of it known');
  await expect(page.locator('[data-explanation] tbody')).toContainText('Gas engine 1');
  await expectAccessible(page);
});
