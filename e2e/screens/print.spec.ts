/** Every screen prints on one A4 landscape page that says which plan, protection and data it shows, by whom and when. */
import { readPdf } from '../support/pdf-text.ts';
import { expect, test } from '../support/test.ts';

test.use({ database: 'planned' });

const screens = [
  { name: 'Overview', key: 'Control+1', ready: /has a draft plan/, says: [/Measures/, /Worst-case cost/] },
  { name: 'Telemetry', key: 'Control+2', ready: /Findings/, says: [/Series and their days/, /Findings/] },
  { name: 'Uncertainty', key: 'Control+3', ready: /Components/, says: [/Measured coverage/, /Lakeside apartments/] },
  { name: 'Schedule', key: 'Control+4', ready: /^Dispatch/, says: [/23:00/, /CSV export/, /6 Fast chargers/] },
  { name: 'Risk', key: 'Control+5', ready: /Back-test/, says: [/Worst day/, /Back-test/] },
];

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
])
  test(`every screen prints on one page from a window of ${viewport.width} × ${viewport.height}`, async ({
    page,
    door,
  }) => {
    test.skip(door === 'electron', 'the desktop shell prints through its own dialog');
    await page.setViewportSize(viewport);
    await expect(page.getByRole('heading', { name: /has a draft plan/ })).toBeVisible();
    for (const { name, key, ready, says } of screens) {
      await page.keyboard.press(key);
      await expect(page.getByRole('heading', { name: ready }).first()).toBeVisible();
      await expect(page.locator('[data-state="loading"]')).toHaveCount(0);
      const { pages, text } = readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
      expect(pages, `pages of ${name}`).toBe(1);
      expect(text).toContain(name);
      expect(text).toMatch(/Plan \d{4}-\d\d-\d\d-[0-9a-f]{8} \(draft\), protection α = \d/);
      expect(text).toMatch(/data [0-9a-f]{12} ?, set /);
      expect(text).toMatch(/operator .+, printed \d{4}-\d\d-\d\d \d\d:\d\d[+-]\d\d:\d\d/);
      for (const words of says) expect(text, `what ${name} prints`).toMatch(words);
    }
    // What was laid out for paper is gone from the screen.
    await page.keyboard.press('Control+4');
    await expect(page.getByRole('slider', { name: /Dispatch/ })).toHaveCount(1);
  });

test('the sheet of the schedule is the table of the screen by the hour', async ({ page, door }) => {
  test.skip(door === 'electron', 'the desktop shell prints through its own dialog');
  await expect(page.getByRole('heading', { name: /has a draft plan/ })).toBeVisible();
  await page.keyboard.press('Control+4');
  await page.getByRole('slider', { name: /Dispatch/ }).focus();
  await page.keyboard.press('F6');
  const loads = await page.locator('[data-pane="Dispatch"] tbody tr td:nth-child(2)').allInnerTexts();
  expect(loads).toHaveLength(96);
  const noon = loads.slice(48, 52).reduce((sum, load) => sum + Number(load.replaceAll(',', '')) / 4, 0);
  await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
  const row = page.locator('[data-print-sheet] [data-pane="By the hour"] tbody tr').nth(12);
  await expect(row.locator('th')).toHaveText('12:00');
  expect(Math.abs(Number(await row.locator('td').first().innerText()) - noon)).toBeLessThan(1);
  await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
  await expect(page.locator('[data-print-sheet]')).toHaveCount(0);
});
