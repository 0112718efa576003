/** L2: what do I bid, what do I do if the price jumps, how sure are the odds? From an empty screen to a file of bids, by keyboard. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

test('the market is planned, read by keyboard, tried on a real day, and its bids exported', async ({ page, door }) => {
  await page.keyboard.press('Control+7');
  await expect(page.getByText(/^No market plan for/)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Worth of the day' })).toBeVisible({ timeout: 120_000 });
  await expectAccessible(page);

  const states = page.getByRole('slider', { name: 'Price states of the day' });
  await states.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(states).toHaveAttribute('aria-valuetext', /^01:00/);
  const bid = page.getByRole('slider', { name: /^Bid of 01:00/ });
  const ofState = await bid.getAttribute('aria-valuetext');
  await bid.press('ArrowUp');
  await expect(bid).not.toHaveAttribute('aria-valuetext', ofState!);
  const prices = page.locator('[data-pane="Prices and states"]');
  await page.getByRole('button', { name: 'Another day' }).click();
  await expect(prices).toContainText(/\d{4}-\d\d-\d\d/);

  test.skip(door === 'electron', 'Electron asks for the place of a download');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export bids' }).click();
  const [header, ...lines] = (await readFile(await (await download).path(), 'utf8'))
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  expect(header).toEqual(expect.arrayContaining(['delivery_start', 'buy_mwh', 'sell_mwh']));
  // A dearer hour never buys more: what an exchange asks of a curve.
  const [start, from, buy, sell] = ['delivery_start', header!.find((name) => name.startsWith('price_from'))!, 'buy_mwh', 'sell_mwh'].map((name) => header!.indexOf(name)); // prettier-ignore
  const hours = Map.groupBy(lines, (line) => line[start!]!);
  expect(hours.size).toBe(24);
  for (const [hour, bids] of hours) {
    const rising = bids.toSorted((a, b) => (a[from!] === '' ? -Infinity : Number(a[from!])) - Number(b[from!] || -Infinity)); // prettier-ignore
    const net = rising.map((line) => Number(line[buy!]) - Number(line[sell!]));
    for (const [at, mwh] of net.slice(1).entries()) expect(mwh, hour).toBeLessThanOrEqual(net[at]! + 1e-9);
  }
});
