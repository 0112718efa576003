import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import NothingYet from './NothingYet.svelte';

test.each([
  [true, 'Import telemetry', 'telemetry', 'Import prices first.'],
  [false, 'Set up a site', 'overview', 'Import prices first. Before that, load the demo or define your own site.'],
] as const)('with a site (%s) the way on is "%s"', async (hasSite, label, screen, said) => {
  const ongo = vi.fn();
  const { container } = await render(NothingYet, { screen: 'Market', text: 'Import prices first.', hasSite, ongo });
  expect(container.querySelector('[data-state=empty] p')!.textContent).toBe(said);
  await page.getByRole('button', { name: label }).click();
  expect(ongo.mock.calls).toEqual([[screen]]);
});
