/** What cars do unplanned: what was learnt, what it kept, and whether plans doubt it. */
import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { fitFixture } from '../../charts/fixtures/fit.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { fixtureTransport } from '../../stores/fixtures/fixture-transport.ts';
import UncertaintyView from './UncertaintyView.svelte';

const panel = 'What cars do unplanned';
const table = (name: RegExp) => page.getByRole('table', { name });

it('shows how far cars go off plan, what that kept with its interval, and plans against it when told to', async () => {
  const { stores, transport } = await showView(
    UncertaintyView,
    fixtureTransport({ 'uncertainty.fit': (options) => ({ ...fitFixture(), options }) }),
  );
  await state('full');
  const tab = page.getByRole('radio', { name: 'Cars', exact: true });
  await tab.click();
  const campus = table(/How far cars go off plan/).getByRole('row', { name: /Campus/ });
  await expect.element(campus).toBeVisible();
  const cells = [...campus.element().querySelectorAll('th, td')].map((cell) => cell.textContent.trim());
  expect(cells).toEqual(['Campus', '75', '90', '6.50', '31', '120', '96']);
  const kept = table(/Kept on days not learnt from, promised 95 %/);
  const told = (name: RegExp) => kept.getByRole('row', { name }).element().textContent.replaceAll(/\s+/g, ' ');
  expect(told(/Campus/)).toContain('96.9, 94.2–98.5');
  expect(told(/Depot/)).toContain('too few days');
  expect(stores.settings.cars).toBe('trusted');
  await page.getByRole('radio', { name: 'May be off plan' }).click();
  expect(document.querySelector(`[data-pane="${panel}"]`)!.textContent).toContain('supply is set aside');
  expect(await accessibilityFaults()).toEqual([]);
  void stores.plan.make();
  await vi.waitFor(() =>
    expect(transport.calls.find(({ name }) => name === 'plan.make')?.payload).toMatchObject({ cars: 'doubted' }),
  );
});
