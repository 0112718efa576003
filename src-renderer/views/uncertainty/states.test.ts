/** The five states of the uncertainty screen, without accessibility faults, and what its keys and controls do. */
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { comparisonFixture, fitFixture, frozenFixture, madeUpFixture } from '../../charts/fixtures/fit.ts';
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

  it('freezes the set under a name, and says why when the name is taken', async () => {
    const { stores, transport } = await show();
    await state('full');
    transport.answer({ 'uncertainty.freeze': () => refuse('name-taken', { name: 'Spring', when: '2023-05-01' }) });
    await page.getByRole('button', { name: 'Freeze this set …' }).click();
    await page.getByLabelText('Name').fill('Spring');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Freeze', exact: true }).click();
    await expect.element(page.getByText('"Spring" already, frozen on 2023-05-01', { exact: false })).toBeVisible();
    transport.answer({
      'uncertainty.freeze': ({ name, setId }) => ({ name, setId }),
      'uncertainty.frozen': () => [frozenFixture()],
    });
    await page.getByLabelText('Note').fill('calm weeks');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(stores.fit.freezing).toBe(false));
    expect(transport.calls.filter(({ name }) => name === 'uncertainty.freeze').at(-1)?.payload).toEqual({
      setId: fitFixture().setId,
      name: 'Spring',
      note: 'calm weeks',
    });
    await expect.element(page.getByRole('row', { name: /Spring/ })).toBeVisible();
  });

  it('plans from a frozen set that fits, refuses one that does not, and goes back to fitting', async () => {
    const other = frozenFixture({ name: 'Old', setId: 'set-old', whyNot: 'it knows nothing of "Depot"' });
    const { stores, transport } = await show(
      fixtureTransport({
        'uncertainty.frozen': () => [frozenFixture(), other],
        'uncertainty.fit': (options) => ({
          ...fitFixture(),
          options,
          frozen: options.setId ? { setId: options.setId, name: 'Spring', day: '2023-05-01' } : null,
        }),
      }),
    );
    await state('full');
    await page.getByRole('row', { name: /Old/ }).click();
    await expect
      .element(page.getByText('It cannot stand for 2023-06-15: it knows nothing of "Depot".').first())
      .toBeVisible();
    await page.getByRole('row', { name: /Spring/ }).click();
    await page.getByRole('button', { name: 'Plan from "Spring"' }).click();
    await expect.element(page.getByText('Its widths and evidence stand', { exact: false })).toBeVisible();
    await vi.waitFor(() => expect(stores.fit.current.value?.frozen?.name).toBe('Spring'));
    expect(stores.settings.planOptions('2023-06-15', 5).fit.setId).toBe('set-spring');
    expect(stores.fit.whyNotFreeze).toContain('frozen already');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Fit anew', exact: true }).click();
    await vi.waitFor(() => expect(stores.fit.current.value?.frozen).toBeNull());
    expect(transport.calls.filter(({ name }) => name === 'uncertainty.fit').at(-1)?.payload).not.toHaveProperty(
      'setId',
    );
  });

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

  it('compares the kinds of set: red only where a promise is broken; the one chosen is planned with', async () => {
    const { stores, transport } = await show(
      fixtureTransport({
        'uncertainty.fit': (options) => ({ ...fitFixture(), options }),
        'plan.compareSets': () => ({ jobId: 'compare-1' }),
      }),
    );
    await state('full');
    await page.getByRole('radio', { name: 'Kinds of set' }).click();
    await page.getByRole('button', { name: 'Compare the kinds' }).click();
    const job = {
      id: 'compare-1',
      kind: 'compare',
      title: 'Compare sets',
      state: 'running',
      phases: ['Fit and solve: interval'],
      phase: 0,
      share: null,
      detail: '',
      startedAtMs: 0,
      elapsedMs: 10,
      budgetSeconds: null,
      result: null,
      error: null,
    };
    transport.emit('job', job);
    await vi.waitFor(() =>
      expect(document.querySelector('[data-pane="Kinds of set"]')?.textContent).toContain('Fit and solve: interval'),
    );
    transport.emit('job', { ...job, state: 'done', result: comparisonFixture() });
    await expect.element(page.getByRole('row', { name: /Intervals/ })).toBeVisible();
    expect(transport.calls.find(({ name }) => name === 'plan.compareSets')?.payload).toMatchObject({
      day: '2023-06-15',
      kinds: expect.arrayContaining(['interval', 'wasserstein']) as unknown,
    });
    const red = document.querySelectorAll('[data-pane="Kinds of set"] tbody [data-exception="1"]');
    expect([...red].map((mark) => mark.closest('tr')?.textContent)).toEqual([expect.stringContaining('Budget')]);
    await page.getByRole('row', { name: /Ellipsoid/ }).click();
    await expect.element(page.getByText('No plan: Demand at 18:00 cannot be met.')).toBeVisible();
    await page.getByRole('row', { name: /Intervals/ }).click();
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Plan with intervals' }).click();
    expect(stores.settings.planOptions('2023-06-15', 5).set).toBe('interval');
    expect(stores.kinds.isOutdated).toBe(true);
  });

  it('names every symbol of its method', async () => {
    await show();
    await state('full');
    const card = document.querySelector('[data-pane="Method"]')!;
    expect(card.textContent).toContain('k = ⌈(N + 1) δ⌉');
    expect(card.textContent).toContain('Vovk, Gammerman, Shafer 2005');
    expect(card.querySelectorAll('dt')).toHaveLength(7);
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
