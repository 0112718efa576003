/** The five states of the network screen, without accessibility faults; walking the feeder by key; a plan that breaks a voltage. */
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import type { NetworkPayload } from '../../../src-main/contract/network.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import ViewHost from '../../charts/fixtures/ViewHost.svelte';
import { deskFixture, emptyDeskFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { contributionsFixture, networkFixture } from '../../stores/fixtures/network-fixture.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import '../../styles/base.css';
import NetworkView from './NetworkView.svelte';

const planned = (deepestPu?: number) =>
  fixtureTransport({
    'network.get': () => networkFixture(deepestPu),
    'network.bus': ({ bus }) => contributionsFixture(bus),
    'plan.make': () => ({ jobId: 'plan-1' }),
  });

async function show(transport = planned()) {
  let stores!: Stores;
  await render(ViewHost, { transport, view: NetworkView, onready: (ready: Stores) => (stores = ready) });
  await vi.waitFor(() => expect(stores.desk.state.value).not.toBeNull());
  if (stores.desk.day !== null) await stores.plan.open();
  return { stores, transport };
}
const state = (name: string) =>
  vi.waitFor(() => expect(document.querySelector(`[data-state="${name}"]`)).not.toBeNull(), 4000);

describe('the network screen', () => {
  it('has fixtures that fit the contract', () => {
    expect(calls['network.get'].response.safeParse(networkFixture()).error).toBeUndefined();
    expect(calls['network.bus'].response.safeParse(contributionsFixture('C')).error).toBeUndefined();
  });

  it('empty: a plan that does not look at the network offers one that does', async () => {
    const { transport } = await show(
      fixtureTransport({ 'network.get': () => null, 'plan.make': () => ({ jobId: 'plan-1' }) }),
    );
    await state('empty');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('combobox', { name: 'Next plan' }).selectOptions('Check only');
    await page.getByRole('button', { name: 'Plan on the network' }).last().click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'plan.make')?.payload).toMatchObject({
        network: 'unconstrained',
        voltageMinPu: 0.95,
      }),
    );
  });

  it('empty: a site without a feeder is led to importing one', async () => {
    const desk = deskFixture();
    const { stores } = await show(
      fixtureTransport({ 'desk.state': () => ({ ...desk, site: { ...desk.site!, network: null } }) }),
    );
    await state('empty');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Import a feeder …' }).click();
    expect(stores.feederImport.open).toBe(true);
    await expect.element(page.getByRole('dialog', { name: 'Import a feeder' })).toBeVisible();
  });

  it('empty: without telemetry leads to the import', async () => {
    await show(fixtureTransport({ 'desk.state': () => emptyDeskFixture() }));
    await state('empty');
    await expect.element(page.getByRole('button', { name: 'Import telemetry' })).toBeVisible();
  });

  it('loading', async () => {
    await show(fixtureTransport({ 'network.get': never }));
    await state('loading');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('error: code, text and next step', async () => {
    await show(fixtureTransport({ 'network.get': () => refuse('internal', { problem: 'no such table' }) }));
    await state('error');
    await expect.element(page.getByText('no such table', { exact: false })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('full: nothing out of order, no exception colour; keys walk from bus to bus and everything follows', async () => {
    const { stores, transport } = await show();
    await state('full');
    expect(document.querySelector('[data-exception]')).toBeNull();
    expect(await accessibilityFaults()).toEqual([]);
    await vi.waitFor(() => expect(document.body.textContent).toContain('What moves bus C'));
    const diagram = page.getByRole('slider', { name: 'One-line diagram of Five buses' });
    (diagram.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}');
    await vi.waitFor(() => expect(document.body.textContent).toContain('What moves bus B'));
    expect(transport.calls.filter(({ name }) => name === 'network.bus').at(-1)?.payload).toMatchObject({ bus: 'B' });
    await userEvent.keyboard('{ArrowLeft}{ArrowDown}');
    await vi.waitFor(() => expect(stores.network.bus).toBe(4));
    const heat = page.getByRole('slider', { name: 'Voltage band used, slot by bus' });
    (heat.element() as HTMLElement).focus();
    const before = stores.cursor.slot;
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowUp}');
    expect(stores.cursor.slot).toBe(1);
    expect(stores.cursor.slot).not.toBe(before);
    expect(stores.network.bus).toBe(3);
  });

  it('draws the feeder by place or as a tree, and its open tie switches dashed and listed', async () => {
    await show();
    await state('full');
    const corners = (): number[] =>
      [...document.querySelectorAll('polyline.branch')].map((line) => line.getAttribute('points')!.split(' ').length);
    expect(document.querySelectorAll('path.tie')).toHaveLength(1);
    await expect.element(page.getByText('Open tie switches: C–D.')).toBeVisible();
    expect(corners()).toEqual([2, 2, 2, 2]);
    await page.getByRole('radio', { name: 'Tree' }).click();
    await vi.waitFor(() => expect(corners()).toEqual([3, 3, 3, 3]));
    expect(document.querySelectorAll('path.tie')).toHaveLength(1);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('every chart has a table, and its rows are chosen by key', async () => {
    const { stores } = await show();
    await state('full');
    for (const pane of ['One-line diagram', 'Voltage along the feeder', 'Losses', 'The day, bus by bus'])
      document.querySelector<HTMLButtonElement>(`[data-pane="${pane}"] [data-twin]`)!.click();
    await vi.waitFor(() =>
      expect(document.querySelectorAll('[data-pane="One-line diagram"] tbody tr')).toHaveLength(5),
    );
    expect(document.querySelectorAll('[data-pane="The day, bus by bus"] tbody tr')).toHaveLength(
      networkFixture().horizon.slots,
    );
    expect(await accessibilityFaults()).toEqual([]);
    document.querySelector<HTMLElement>('[data-pane="One-line diagram"] tbody tr[tabindex="0"]')!.focus();
    await userEvent.keyboard('{Home}{ArrowDown}');
    expect(stores.network.bus).toBe(1);
  });

  it('a plan that breaks a voltage says bus, time and what to do, by shape as well as colour', async () => {
    await show(planned(0.06));
    await state('full');
    await expect.element(page.getByText('Breaks limits')).toBeVisible();
    await expect.element(page.getByText(/Bus C at .* breaks its limit of 0\.9500/)).toBeVisible();
    expect(document.querySelectorAll('rect[data-exception="1"]').length).toBeGreaterThan(0);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('a plan that is short of losses says when and by how much, and is not said to hold', async () => {
    const view = networkFixture();
    view.lossShortKw[40] = 3.25;
    await show(fixtureTransport({ 'network.get': () => view, 'network.bus': ({ bus }) => contributionsFixture(bus) }));
    await state('full');
    await expect.element(page.getByText('Breaks limits')).toBeVisible();
    await expect.element(page.getByText(/In 1\sslot the worst deviations lose more .*3\.25\skW more\./)).toBeVisible();
    await expect.element(page.getByText(/cannot be approved/)).toBeVisible();
  });

  it('says that signals stand beside deviations where services are held', async () => {
    const view: NetworkPayload = { ...networkFixture(), worst: 'deviations-and-signals' };
    await show(fixtureTransport({ 'network.get': () => view, 'network.bus': ({ bus }) => contributionsFixture(bus) }));
    await state('full');
    await expect.element(page.getByText(/whatever the set allows and services ask for\./)).toBeVisible();
    await expect.element(page.getByText('at the worst deviations and signals of the day')).toBeVisible();
  });

  it('the linear estimate is laid over when asked for', async () => {
    await show();
    await state('full');
    expect(document.querySelectorAll('line.estimate')).toHaveLength(0);
    await page.getByRole('button', { name: 'Linear estimate' }).click();
    await vi.waitFor(() => expect(document.querySelectorAll('line.estimate')).toHaveLength(4));
  });

  it('stale: hatched when the desk moves on', async () => {
    const { stores } = await show();
    await state('full');
    stores.desk.state.set({ ...deskFixture(), tomorrow: '2023-06-16' });
    await state('stale');
    expect(document.querySelector('[data-stale]')).not.toBeNull();
  });
});
