/** The five states of the uncertainty screen, without accessibility faults, and what its keys and controls do. */
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { fitFixture } from '../../charts/fixtures/fit.ts';
import ViewHost from '../../charts/fixtures/ViewHost.svelte';
import { deskFixture, emptyDeskFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import '../../styles/base.css';
import UncertaintyView from './UncertaintyView.svelte';

const fitted = () => fixtureTransport({ 'uncertainty.fit': (options) => ({ ...fitFixture(), options }) });

async function show(transport = fitted()) {
  let stores!: Stores;
  const screen = await render(ViewHost, {
    transport,
    view: UncertaintyView,
    onready: (ready: Stores) => (stores = ready),
  });
  return { screen, stores, transport };
}
const state = (name: string) =>
  vi.waitFor(() => expect(document.querySelector(`[data-state="${name}"]`)).not.toBeNull(), 4000);

describe('the uncertainty screen', () => {
  it('has a fixture that fits the contract', () => {
    expect(calls['uncertainty.fit'].response.safeParse(fitFixture()).error).toBeUndefined();
  });

  it('empty: without telemetry it says what is missing', async () => {
    await show(fixtureTransport({ 'desk.state': () => emptyDeskFixture() }));
    await state('empty');
    await expect.element(page.getByRole('button', { name: 'Import telemetry' })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('empty: too few days are named with how many are needed', async () => {
    await show(
      fixtureTransport({
        'uncertainty.fit': () => refuse('too-little-history', { days: 7, kind: 'Load', needed: 10 }),
      }),
    );
    await state('empty');
    await expect
      .element(page.getByText('Only 7 usable days of Load history; at least 10 are needed.', { exact: false }))
      .toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('loading: a skeleton of the final layout after a second', async () => {
    await show(fixtureTransport({ 'uncertainty.fit': never }));
    await state('loading');
    await vi.waitFor(() => expect(document.querySelector('.skeleton .fan')).not.toBeNull(), 3000);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('error: code, text and next step', async () => {
    await show(
      fixtureTransport({ 'uncertainty.fit': () => refuse('internal', { problem: 'the quantile of nothing' }) }),
    );
    await state('error');
    await expect.element(page.getByText('the quantile of nothing', { exact: false })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('full: fans, coverage beside nominal, and an exception only where they disagree', async () => {
    const { stores } = await show();
    await state('full');
    await expect.element(page.getByRole('slider', { name: 'Load tomorrow' })).toBeVisible();
    expect(document.querySelectorAll('section [data-exception="1"]')).toHaveLength(1);
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('row', { name: /Wind/ }).click();
    await expect.element(page.getByRole('slider', { name: 'Wind tomorrow' })).toBeVisible();
    await expect.element(page.getByText('Measured below nominal')).toBeVisible();
    await expect.element(page.getByText('worse than naive')).toBeVisible();
    expect(stores.fit.componentId).toBe('wind');
    const { coverage } = fitFixture().components.find((one) => one.id === 'wind')!;
    const counted = coverage.perSlot.reduce((sum, share) => sum + share.hits, 0);
    await expect.element(page.getByText(`${counted.toLocaleString('en')} of`, { exact: false }).first()).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('stale: hatched with age and reason when the settings have changed and the new fit fails', async () => {
    const { stores, transport } = await show();
    await state('full');
    transport.answer({ 'uncertainty.fit': () => refuse('internal', { problem: 'no' }) });
    await stores.fit.change({ nominal: 0.8 });
    await state('stale');
    expect(document.querySelector('[data-stale]')?.textContent).toContain('could not be fitted again');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('[ and ] in the chart change the nominal coverage by one point; while a fit runs only the newest wish waits', async () => {
    let finish: (() => void)[] = [];
    const { stores, transport } = await show();
    await state('full');
    transport.answer({
      'uncertainty.fit': async (options) => {
        await new Promise<void>((resolve) => finish.push(resolve));
        return { ...fitFixture(), options };
      },
    });
    const nominals = () =>
      transport.calls
        .filter((call) => call.name === 'uncertainty.fit')
        .map((call) => (call.payload as { nominal: number }).nominal);
    (page.getByRole('slider', { name: 'Load tomorrow' }).element() as HTMLElement).focus();
    await userEvent.keyboard(']');
    await vi.waitFor(() => expect(nominals()).toEqual([0.95, 0.96]));
    for (let press = 0; press < 6; press++) await userEvent.keyboard('[[');
    expect(stores.settings.fit.nominal).toBe(0.9);
    expect(nominals()).toEqual([0.95, 0.96]);
    for (const done of finish) done();
    finish = [];
    await vi.waitFor(() => expect(nominals()).toEqual([0.95, 0.96, 0.9]));
    await vi.waitFor(() => expect(finish).toHaveLength(1));
    finish[0]!();
    await vi.waitFor(() => expect(stores.fit.current.value?.options.nominal).toBe(0.9));
  });

  it('moves one cursor for all its charts, and shows the same slot in the table', async () => {
    const { stores } = await show();
    await state('full');
    (page.getByRole('slider', { name: 'Measured coverage' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{PageDown}');
    expect(stores.cursor.slot).toBe(4);
    await expect
      .element(page.getByRole('slider', { name: 'Load tomorrow' }))
      .toHaveAttribute('aria-valuetext', '01:00–01:15');
    document.querySelector<HTMLButtonElement>('[data-pane="Load"] [data-twin]')!.click();
    await vi.waitFor(() => expect(document.querySelector('tr[aria-current]')?.textContent).toContain('01:00–01:15'));
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('a refused desk shows its error', async () => {
    await show(
      fixtureTransport({ 'desk.state': () => refuse('database-broken', { file: 'x.db', problem: 'short read' }) }),
    );
    await state('error');
    await expect.element(page.getByText('short read', { exact: false })).toBeVisible();
  });

  it('asks for the planning day of the desk', async () => {
    const { transport } = await show(
      fixtureTransport({ 'desk.state': () => deskFixture({ tomorrow: '2022-03-27' }), 'uncertainty.fit': never }),
    );
    await vi.waitFor(() =>
      expect(transport.calls.find((call) => call.name === 'uncertainty.fit')?.payload).toMatchObject({
        day: '2022-03-27',
      }),
    );
  });
});
