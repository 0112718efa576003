/** What axe finds on a page, every rule of it. Evaluated through the debugger, so the page's own policy stays as it is. */
import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

interface AxeInPage {
  axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
}

export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as AxeInPage).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
  });
  expect(found).toEqual([]);
}
