/** The five states of the uncertainty screen, without accessibility faults. */
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { fitFixture } from '../../charts/fixtures/fit.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { untoldDeskFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import UncertaintyView from './UncertaintyView.svelte';

const fitted = () => fixtureTransport({ 'uncertainty.fit': (options) => ({ ...fitFixture(), options }) });

const show = (transport = fitted()) => showView(UncertaintyView, transport);

describe('the uncertainty screen', () => {
  it('has a fixture that fits the contract', () => {
    expect(calls['uncertainty.fit'].response.safeParse(fitFixture()).error).toBeUndefined();
  });

  it('empty: without telemetry it says what is missing', async () => {
    await show(fixtureTransport({ 'desk.state': () => untoldDeskFixture() }));
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
    await expect.element(page.getByText('Measured below nominal.')).toBeVisible();
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

  it('a refused desk shows its error', async () => {
    await show(
      fixtureTransport({ 'desk.state': () => refuse('database-broken', { file: 'x.db', problem: 'short read' }) }),
    );
    await state('error');
    await expect.element(page.getByText('short read', { exact: false })).toBeVisible();
  });
});
