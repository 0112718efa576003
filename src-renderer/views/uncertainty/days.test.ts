/** Single days against the set: pairs of errors, and days made up. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { fitFixture, madeUpFixture } from '../../charts/fixtures/fit.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { fixtureTransport } from '../../stores/fixtures/fixture-transport.ts';
import UncertaintyView from './UncertaintyView.svelte';

const fitted = () => fixtureTransport({ 'uncertainty.fit': (options) => ({ ...fitFixture(), options }) });

const show = (transport = fitted()) => showView(UncertaintyView, transport);

describe('days against the set', () => {
  it('shows pairs of errors: one point a day, coloured only outside, the same in the table', async () => {
    const { stores } = await show();
    await state('full');
    stores.cursor.set(40);
    await page.getByRole('radio', { name: 'Pairs of errors' }).click();
    await page.getByLabelText('Against').selectOptions('component:wind');
    const chart = page.getByRole('slider', { name: 'Load against Wind' });
    await expect.element(chart).toBeVisible();
    const load = fitFixture().components.find(({ id }) => id === 'load')!;
    const wind = fitFixture().components.find(({ id }) => id === 'wind')!;
    const days = load.samples.filter((sample, index) => sample.usable && wind.samples[index]!.usable);
    const beyond = (one: typeof load, index: number) =>
      Math.abs(one.samples[index]!.valueKw[40]! - one.centreKw[40]!) > one.halfWidthKw[40]!;
    const outside = load.samples.filter(
      (sample, index) => sample.usable && wind.samples[index]!.usable && (beyond(load, index) || beyond(wind, index)),
    );
    const marks = (selector: string) =>
      document.querySelectorAll(`[data-chart="Load against Wind"] ${selector}`).length;
    await vi.waitFor(() =>
      expect(marks('rect[data-exception]') + marks('svg[viewBox] circle:not(.chosen)')).toBe(days.length),
    );
    expect(marks('rect[data-exception]')).toBe(outside.length);
    (chart.element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowUp}');
    await expect.element(chart).toHaveAttribute('aria-valuetext', expect.stringContaining(days[1]!.day));
    expect(stores.cursor.slot).toBe(41);
    document.querySelector<HTMLButtonElement>('[data-pane="Pairs of errors"] [data-twin]')!.click();
    await vi.waitFor(() =>
      expect(document.querySelectorAll('[data-pane="Pairs of errors"] tbody tr')).toHaveLength(days.length),
    );
    expect(document.querySelector('tr[aria-current]')?.textContent).toContain(days[1]!.day);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('judges a made-up day as it is typed, against set and plan', async () => {
    const { stores, transport } = await show(
      fixtureTransport({
        'uncertainty.fit': (options) => ({ ...fitFixture(), options }),
        'uncertainty.hypothetical': ({ changes, planId }) => madeUpFixture(changes[0]!.amount, planId),
      }),
    );
    await state('full');
    await page.getByRole('radio', { name: 'Made-up day' }).click();
    await page.getByRole('button', { name: 'Add a deviation' }).click();
    await expect.element(page.getByText('holds the day', { exact: false })).toBeVisible();
    expect(stores.fit.changes).toEqual([{ componentId: 'load', fromSlot: 68, toSlot: 84, amount: 8, unit: 'percent' }]);
    expect(document.querySelector('[data-answer="plan"]')?.textContent).toContain('stands the day');
    expect(document.querySelectorAll('[data-pane="Made-up day"] [data-exception]')).toHaveLength(0);
    await page.getByLabelText('More (+) or less (−)').fill('60');
    await userEvent.keyboard('{Tab}');
    await vi.waitFor(() =>
      expect(document.querySelector('[data-answer="set"]')?.textContent).toContain('of the intervals: Load'),
    );
    expect(document.querySelector('[data-answer="protection"]')?.textContent).toContain('none');
    expect(document.querySelector('[data-answer="plan"]')?.textContent).toContain('12.5');
    expect(transport.calls.filter(({ name }) => name === 'uncertainty.hypothetical').at(-1)?.payload).toMatchObject({
      planId: 'plan-0001',
    });
    expect(await accessibilityFaults()).toEqual([]);
    document.querySelector<HTMLButtonElement>('[data-pane="Made-up day"] [data-twin]')!.click();
    await vi.waitFor(() => expect(document.querySelectorAll('[data-pane="Made-up day"] tbody tr')).toHaveLength(96));
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(stores.fit.changes).toEqual([]);
  });
});
