/** Trucks, terminals and grids as a form: what is typed, refused at its field, undone and sent. */
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import storage from '../../../../db/demo/mobile-storage.json';
import type { MobileStoragePayload } from '../../../../src-main/contract/mobile-storage.ts';
import { accessibilityFaults } from '../../../charts/fixtures/accessibility.ts';
import ViewHost from '../../../charts/fixtures/ViewHost.svelte';
import { fixtureTransport, refuse } from '../../../stores/fixtures/fixture-transport.ts';
import { roadsFixture } from '../../../stores/fixtures/sms-fixture.ts';
import type { Stores } from '../../../stores/stores.svelte.ts';
import '../../../styles/base.css';
import DefinitionDialog from './DefinitionDialog.svelte';

const demo = storage as MobileStoragePayload;
/** The demo's on the square town of the fixture: its roads have nodes n0 … n15. */
function townOf(): MobileStoragePayload {
  const copy = structuredClone(demo);
  copy.terminals.forEach((terminal, at) => (terminal.node = `n${at}`));
  return copy;
}

async function show(changes: Parameters<typeof fixtureTransport>[0] = {}) {
  const { nodes, links, id, name, source, licence, attribution, importedAtMs, files } = roadsFixture();
  const transport = fixtureTransport({
    'mobile.get': townOf,
    'mobile.save': () => ({ notes: ['Lakeside district has no wind.'] }),
    'roads.list': () => [{ nodes, links, id, name, source, licence, attribution, importedAtMs, files }],
    'feeders.list': () => [],
    ...changes,
  });
  let stores!: Stores;
  await render(ViewHost, { transport, view: DefinitionDialog, onready: (ready: Stores) => (stores = ready) });
  await vi.waitFor(() => expect(stores.desk.state.value).not.toBeNull());
  await stores.mobileForm.start();
  const saves = () =>
    transport.calls
      .filter((call) => call.name === 'mobile.save')
      .map(({ payload }) => (payload as { mobileStorage: MobileStoragePayload }).mobileStorage);
  return { stores, saves };
}
const dialog = page.getByRole('dialog', { name: 'Trucks, terminals and grids' });
const field = (name: string) => dialog.getByRole('textbox', { name, exact: true });
const save = dialog.getByRole('button', { name: 'Save' });
/** A choice; its name may go on with how much is wrong there. */
const part = (name: string) => dialog.getByRole('radio', { name: new RegExp(`^${name}`) }).click({ force: true });

describe('the definition as a form', () => {
  it('copies a truck, names a refused value at its field, and saves the whole', async () => {
    const { stores, saves } = await show();
    await expect.element(field('Capacity, kWh')).toHaveValue('2200');
    expect(await accessibilityFaults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Copy Truck 1' }).click();
    await expect.element(field('Name')).toHaveValue('Truck 3');
    await expect.element(field('Name')).toHaveFocus();
    await field('Energy at the start, kWh').fill('9000');
    await userEvent.keyboard('{Tab}');
    const words = 'Energy at the start must be from “Least energy” (200) to “Capacity” (2200), not 9000.';
    await expect.element(dialog.getByText(words)).toBeVisible();
    await expect.element(field('Energy at the start, kWh')).toHaveAttribute('aria-invalid', 'true');
    expect(await accessibilityFaults()).toEqual([]);
    await userEvent.keyboard('{Control>}s{/Control}');
    expect(saves()).toEqual([]);
    await field('Energy at the start, kWh').fill('500');
    await userEvent.keyboard('{Tab}');
    await expect.element(dialog.getByText(words)).not.toBeInTheDocument();
    await save.click();
    await vi.waitFor(() => expect(saves()).toHaveLength(1));
    const town = townOf();
    const copied = { ...town.trucks[0]!, id: 'truck-3', name: 'Truck 3', initialKwh: 500 };
    expect(saves()[0]).toEqual({ ...town, trucks: [...town.trucks, copied] });
    expect(stores.mobileForm.open).toBe(false);
  });

  it('undoes and redoes what was committed, and goes back to what is in use', async () => {
    const { stores } = await show();
    await field('Power, kW').fill('1500');
    await userEvent.keyboard('{Enter}');
    expect(stores.mobileForm.draft!.trucks[0]!.powerKw).toBe(1500);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(field('Power, kW')).toHaveValue('1000');
    await userEvent.keyboard('{Control>}y{/Control}');
    await expect.element(field('Power, kW')).toHaveValue('1500');
    await dialog.getByRole('button', { name: 'Remove Truck 1' }).click();
    expect(stores.mobileForm.draft!.trucks).toHaveLength(1);
    await dialog.getByRole('button', { name: 'Back to what is in use' }).click();
    expect(stores.mobileForm.draft).toEqual(townOf());
    await expect.element(save).toHaveAttribute('title', 'Nothing was changed.');
  });

  it('brings a refusal of the core to its field, and keeps edits when it is closed', async () => {
    const problem = '(La Massana) cannot be reached from any other terminal';
    const { stores } = await show({
      'mobile.save': () => refuse('bad-mobile-storage', { path: 'terminals[2].node', problem }),
    });
    await field('Wear, USD/kWh').fill('0,009');
    await userEvent.keyboard('{Tab}');
    await save.click();
    await expect.element(dialog.getByRole('radio', { name: /^La Massana/ })).toBeChecked();
    await expect.element(dialog.getByText(`Node ${problem}.`)).toBeVisible();
    await expect.element(field('Node')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
    await stores.mobileForm.start('trucks');
    await expect.element(field('Wear, USD/kWh')).toHaveValue('0.009');
  });

  it('picks a node by the names of roads, and by keys on the map', async () => {
    const { stores } = await show();
    const node = () => stores.mobileForm.draft!.terminals[0]!.node;
    await part('Terminals and stations');
    await dialog.getByRole('searchbox').fill('north east');
    await dialog.getByRole('combobox', { name: /found/ }).selectOptions('North Road and East Street (n9)');
    expect(node()).toBe('n9');
    expect(await accessibilityFaults()).toEqual([]);
    (dialog.getByRole('slider', { name: 'Roads, to pick a node from' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}{Enter}');
    expect(node()).toBe('n10');
    await field('Short name').fill('yard');
    await userEvent.keyboard('{Tab}');
    expect(new Set(stores.mobileForm.draft!.trucks.map(({ home }) => home))).toEqual(new Set(['yard']));
  });

  it('asks for menus of all grids at once, and names a rent below zero', async () => {
    const { stores, saves } = await show();
    await part('Contract and risk');
    await part('From a menu');
    await field('Accepted risk ε, 0 to 1').fill('1');
    await userEvent.keyboard('{Tab}');
    await expect.element(dialog.getByText('Accepted risk ε must be above 0 and below 1, not 1.')).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    await part('Grids');
    await expect.element(field('Rents on the menu, USD/kWh')).toHaveValue('0.05  0.1  0.15  0.2');
    await field('Rents on the menu, USD/kWh').fill('0.05 -0.1');
    await userEvent.keyboard('{Tab}');
    await expect.element(dialog.getByText('Rents on the menu no. 2 must be 0 or more, not -0.1.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Accepted risk ε' }).click();
    await expect.element(field('Accepted risk ε, 0 to 1')).toHaveFocus();
    await field('Accepted risk ε, 0 to 1').fill('0.1');
    await userEvent.keyboard('{Tab}');
    expect(stores.mobileForm.problems.map(({ path }) => path)).toEqual(['grids[0].rentMenuPerKwh[1]']);
    expect(saves()).toEqual([]);
  });

  it('begins from nothing: what only the operator knows is to be filled in', async () => {
    await show({ 'mobile.get': () => null, 'roads.list': () => [] });
    await expect.element(field('Name')).toHaveValue('Truck 1');
    await expect.element(dialog.getByText('to be filled in').first()).toBeVisible();
    await expect.element(save).toHaveAttribute('aria-disabled', 'true');
    await part('Terminals and stations');
    await expect.element(dialog.getByText(/No roads are imported yet/)).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });
});
