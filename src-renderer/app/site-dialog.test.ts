import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { createClient } from '../../src-main/contract/client.ts';
import { siteText } from '../../src-main/contract/read-site.ts';
import { emptyDeskFixture } from '../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, refuse } from '../stores/fixtures/fixture-transport.ts';
import { siteFixture } from '../stores/fixtures/site-fixture.ts';
import { expectAccessible } from '../stores/fixtures/stage.ts';
import { createStores } from '../stores/stores.svelte.ts';
import '../styles/base.css';
import App from './App.svelte';

const dialog = page.getByRole('dialog', { name: 'Site definition' });
const text = page.getByLabelText('Definition (JSON)');
const save = dialog.getByRole('button', { name: 'Save', exact: true });
const check = dialog.getByRole('button', { name: 'Check' });

async function opened(answers: Parameters<typeof fixtureTransport>[0] = {}) {
  const transport = fixtureTransport(answers);
  const stores = createStores(createClient(transport));
  await render(App, { stores });
  await page.getByRole('banner').getByRole('button', { name: 'Site definition' }).click();
  await expect.element(dialog).toBeVisible();
  const saves = () => transport.calls.filter(({ name }) => name === 'site.save').map(({ payload }) => payload);
  return { stores, transport, saves };
}

const changed = (from: string, to: string): string => siteText(siteFixture()).replace(from, to);

test('shows the site in use; a change is checked and saved, and the desk is told', async () => {
  const { saves } = await opened({ 'site.save': ({ site }) => ({ name: site.name, notes: ['Prices are missing.'] }) });
  await expect.element(text).toHaveValue(siteText(siteFixture()));
  await expect.element(dialog.getByText('This is the site in use.')).toBeVisible();
  await expect.element(save).toHaveAttribute('title', 'Nothing was changed.');
  await text.fill(changed('"maxKw": 900', '"maxKw": 950'));
  await expect.element(save).toHaveAttribute('title', 'Check the definition first.');
  await check.click();
  await expectAccessible(document.querySelector('[role=dialog]')!);
  await save.click();
  await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
  const [gas] = siteFixture().gas;
  expect(saves()).toEqual([{ site: siteFixture({ gas: [{ ...gas!, maxKw: 950 }] }) }]);
  await expect.element(page.getByText('The site is now Riverside microgrid. Prices are missing.')).toBeVisible();
});

test('what is wrong is listed with its place, and nothing can be saved until it is right', async () => {
  const { saves } = await opened();
  await expect.element(text).toHaveValue(siteText(siteFixture()));
  await text.fill(changed('"maxKw": 900', '"maxKw": 50').replace('"lossShare": 0.03', '"lossShare": 3'));
  await check.click();
  await expect.element(dialog.getByText('2 things are wrong.')).toBeVisible();
  const listed = [...document.querySelectorAll('[role=dialog] li')].map((item) => item.textContent);
  expect(listed).toEqual([
    'gas[0].maxKw must be at least minKw (100), not 50',
    'lossShare must be from 0 to 0.99, not 3',
  ]);
  await expect.element(save).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(document.querySelector('[role=dialog]')!);
  await text.fill('{ "name": ');
  await check.click();
  await expect.element(dialog.getByText(/is not JSON/)).toBeVisible();
  (save.element() as HTMLElement).click();
  expect(saves()).toEqual([]);
  await dialog.getByRole('button', { name: 'Back to the site in use' }).click();
  await expect.element(text).toHaveValue(siteText(siteFixture()));
});

test('edits outlive the dialog; what the core refuses stands at its place', async () => {
  await opened({
    'site.save': () => refuse('bad-site', { path: 'series.price', problem: 'names series 7, which is not there' }),
  });
  await expect.element(text).toHaveValue(siteText(siteFixture()));
  const edit = changed('"price": null', '"price": 7');
  await text.fill(edit);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
  await userEvent.keyboard('{Control>}k{/Control}');
  await page.getByRole('combobox').fill('Site definition');
  await userEvent.keyboard('{Enter}');
  await expect.element(text).toHaveValue(edit);
  await check.click();
  await save.click();
  await expect.element(dialog.getByText(/names series 7, which is not there/)).toBeVisible();
});

test('without a site: an example or a file is the beginning', async () => {
  const { saves } = await opened({ 'desk.state': () => emptyDeskFixture(), 'site.get': () => null });
  await expect.element(dialog.getByText('There is no site yet.')).toBeVisible();
  await expect.element(text).toHaveValue('');
  await expectAccessible(document.querySelector('[role=dialog]')!);
  await dialog.getByRole('button', { name: 'Start from an example' }).click();
  await expect.element(dialog.getByText('Nothing is wrong. It can be saved.')).toBeVisible();
  const own = siteFixture({ name: 'Mill lane' });
  const file = new File([siteText(own)], 'mill.json', { type: 'application/json' });
  await userEvent.upload(dialog.getByLabelText('Site file'), file);
  await expect.element(text).toHaveValue(siteText(own));
  await save.click();
  await expect.poll(saves).toEqual([{ site: own }]);
});
