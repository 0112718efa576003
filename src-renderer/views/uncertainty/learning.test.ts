/** What the sets are learnt from: nominal coverage, days, season, and one cursor for all charts. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { fitFixture } from '../../charts/fixtures/fit.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { deskFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import UncertaintyView from './UncertaintyView.svelte';

const fitted = () => fixtureTransport({ 'uncertainty.fit': (options) => ({ ...fitFixture(), options }) });

const show = (transport = fitted()) => showView(UncertaintyView, transport);

describe('learning sets', () => {
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

  it('empty: too few days of the chosen kind are named, and the controls stay to choose others', async () => {
    await show(
      fixtureTransport({
        'uncertainty.fit': () =>
          refuse('too-few-filtered-days', {
            component: 'Load',
            sound: 5,
            searched: 126,
            filter: 'Sundays',
            needed: 10,
          }),
      }),
    );
    await state('empty');
    await expect
      .element(page.getByText('Load: only 5 usable days among the last 126 are "Sundays"', { exact: false }))
      .toBeVisible();
    await expect.element(page.getByLabelText('Weekdays')).toBeVisible();
  });

  it('learns from a season, a kind of weekday, or a range in place of the window', async () => {
    const { stores, transport } = await show();
    await state('full');
    await page.getByLabelText('Season').selectOptions('winter');
    await page.getByLabelText('Weekdays').selectOptions('working');
    expect(stores.settings.fit.days).toEqual({ season: 'winter', weekdays: 'working', range: null });
    await page.getByRole('radio', { name: 'Own range' }).click();
    await expect.element(page.getByLabelText('From', { exact: true })).toBeVisible();
    expect(stores.settings.fit.days!.range!.to < '2023-06-14').toBe(true);
    expect(document.querySelector('[aria-label="How the set is learnt"]')?.textContent).not.toContain('Window, days');
    await vi.waitFor(() =>
      expect(transport.calls.filter(({ name }) => name === 'uncertainty.fit').at(-1)?.payload).toMatchObject({
        days: { season: 'winter', weekdays: 'working', range: { to: stores.settings.fit.days!.range!.to } },
      }),
    );
    await page.getByRole('radio', { name: 'Last days' }).click();
    await page.getByLabelText('Season').selectOptions('');
    await page.getByLabelText('Weekdays').selectOptions('');
    expect(stores.settings.fit.days).toBeUndefined();
    expect(await accessibilityFaults()).toEqual([]);
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
