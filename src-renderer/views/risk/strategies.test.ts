/** The five states of the back-test of strategies, without accessibility faults; what may be claimed; days opened by keys. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { showView } from '../../charts/fixtures/show-view.ts';
import { backTestFixture } from '../../stores/fixtures/back-test-fixture.ts';
import { deskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import StrategiesPanel from './StrategiesPanel.svelte';
import { differenceWords, strategyLabel, strategyName } from './strategy-words.ts';

const listed = () => {
  const { id, createdAtMs, asked } = backTestFixture();
  return [{ id, createdAtMs, asked }];
};
const known = (changes: Parameters<typeof fixtureTransport>[0] = {}) =>
  fixtureTransport({ 'backtest.list': listed, 'backtest.get': () => backTestFixture(), ...changes });

const show = (transport = known()) => showView(StrategiesPanel, transport);
const row = (table: string, name: string) =>
  page.getByRole('table', { name: table }).getByRole('row', { name: new RegExp(name) });

describe('the back-test of strategies', () => {
  it('has a fixture that fits the contract', () => {
    expect(calls['backtest.get'].response.safeParse(backTestFixture()).error).toBeUndefined();
  });

  it('empty: says what it is, and runs the four weeks before the planning day', async () => {
    const { transport } = await show(fixtureTransport({ 'backtest.run': () => ({ jobId: 'back-1' }) }));
    await expect.element(page.getByText('No back-test yet.')).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Run the back-test' }).click();
    await vi.waitFor(() => {
      const wish = transport.calls.find(({ name }) => name === 'backtest.run')?.payload;
      expect(calls['backtest.run'].request.safeParse(wish).error).toBeUndefined();
      expect(wish).toMatchObject({ from: '2023-05-17', to: '2023-06-13', every: 1 });
    });
    transport.emit('job', jobFixture({ id: 'back-1', kind: 'backtest', title: 'Back-test', detail: '3 of 28 days' }));
    await expect.element(page.getByText('3 of 28 days')).toBeVisible();
    await page.getByRole('button', { name: 'Stop' }).click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'jobs.cancel')?.payload).toEqual({ jobId: 'back-1' }),
    );
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('loading, then error with a way to try again', async () => {
    await show(fixtureTransport({ 'backtest.list': never }));
    await vi.waitFor(() => expect(document.querySelector('[data-state="loading"]')).not.toBeNull(), 3000);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('error: what went wrong, and reading it again', async () => {
    const { transport } = await show(
      fixtureTransport({ 'backtest.list': () => refuse('internal', { problem: 'no such table' }) }),
    );
    await expect.element(page.getByText('no such table', { exact: false })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    const asked = () => transport.calls.filter(({ name }) => name === 'backtest.list').length;
    const before = asked();
    await page.getByRole('button', { name: 'Try again' }).click();
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(before));
  });

  it('full: strategies, claims with their intervals, and no colour of alarm', async () => {
    await show();
    await expect.element(row('Strategies, means per day', 'Perfect foresight')).toBeVisible();
    await expect
      .element(page.getByText('+60.0 EUR a day, between +52.0 EUR and +68.0 EUR: higher', { exact: false }))
      .toBeVisible();
    await expect.element(page.getByText('not told apart', { exact: false })).toBeVisible();
    expect(document.querySelector('[data-exception]')).toBeNull();
    expect(await accessibilityFaults()).toEqual([]);
    await row('Strategies, means per day', 'Nominal').click();
    await expect.element(page.getByText('The others are compared with this one', { exact: false })).toBeVisible();
  });

  it('a strategy of which no day ended says so, and claims nothing', async () => {
    const fixture = backTestFixture();
    const strategies = fixture.strategies.map((each) =>
      each.strategy === 'budget:3' ? { ...each, realised: 0, failed: 70, solveSeconds: NaN } : each,
    );
    await show(known({ 'backtest.get': () => ({ ...fixture, strategies }) }));
    await expect.element(page.getByText(/No day ended under this strategy: 70.days without a result/)).toBeVisible();
    expect(document.body.textContent).not.toContain('NaN');
    await expect.element(page.getByText('Broken promises')).not.toBeInTheDocument();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('opens a day by the arrow keys of the chart, and says why a strategy has no result on it', async () => {
    await show();
    const chart = page.getByRole('slider', { name: /added up over days/ });
    await expect.element(chart).toHaveAttribute('aria-valuetext', '2023-04-03');
    (chart.element() as HTMLElement).focus();
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await expect.element(chart).toHaveAttribute('aria-valuetext', '2023-04-10');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}');
    await expect.element(page.getByRole('table', { name: 'Every strategy on 2023-04-15' })).toBeVisible();
    await expect.element(page.getByText('No plan exists for this day.').first()).toBeVisible();
    await userEvent.keyboard('{End}');
    await expect.element(chart).toHaveAttribute('aria-valuetext', '2023-06-11');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('the operator chooses strategies, days and how many of them, and goes on with what was stopped', async () => {
    const fixture = backTestFixture();
    const stopped = { ...fixture, strategies: fixture.strategies.map((each) => ({ ...each, open: 4 })) };
    const { transport } = await show(
      known({ 'backtest.get': () => stopped, 'backtest.run': () => ({ jobId: 'back-1' }) }),
    );
    const wishes = () =>
      transport.calls
        .filter(({ name }) => name === 'backtest.run')
        .map(({ payload }) => payload as { strategies: string[] });
    await page.getByRole('button', { name: 'Leave out Perfect foresight' }).click();
    await page.getByRole('combobox', { name: 'Strategy' }).selectOptions('Chance dial');
    await page.getByRole('combobox', { name: 'of', exact: true }).selectOptions('Similar days');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('combobox', { name: 'Strategy' }).selectOptions('Ellipsoid');
    await page.getByRole('button', { name: 'Add' }).click();
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('spinbutton', { name: /^Every/ }).fill('7');
    await userEvent.keyboard('{Tab}');
    await page.getByRole('button', { name: 'Run the back-test' }).click();
    await vi.waitFor(() => expect(wishes()).toHaveLength(1));
    expect(calls['backtest.run'].request.safeParse(wishes()[0]).error).toBeUndefined();
    expect(wishes()[0]).toMatchObject({ every: 7 });
    expect(wishes()[0]!.strategies).toEqual(expect.arrayContaining(['nominal', 'dial:20/support', 'ellipsoid']));
    expect(wishes()[0]!.strategies).not.toContain('perfect');
    transport.emit('job', jobFixture({ id: 'back-1', kind: 'backtest', state: 'cancelled' }));
    await page.getByRole('button', { name: 'Go on where it was stopped' }).click();
    await vi.waitFor(() => expect(wishes()).toHaveLength(2));
    expect(wishes()[1]).toEqual(stopped.asked);
  });

  it('shows how every day ended, and opens one', async () => {
    await show();
    const strips = page.getByRole('slider', { name: 'How each day ended' });
    await expect.element(strips).toBeVisible();
    const short = backTestFixture().results.filter(
      (each) => each.state === 'realised' && each.violatedSlots > 0,
    ).length;
    expect(document.querySelectorAll('circle.short')).toHaveLength(short);
    expect(document.querySelectorAll('path.none')).toHaveLength(1);
    (strips.element() as HTMLElement).focus();
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await expect.element(page.getByRole('table', { name: 'Every strategy on 2023-04-10' })).toBeVisible();
  });

  it('stale: the site was changed since', async () => {
    const { stores } = await show();
    await expect.element(row('Strategies, means per day', 'Perfect foresight')).toBeVisible();
    const desk = deskFixture();
    stores.desk.state.set({ ...desk, site: { ...desk.site!, savedAtMs: backTestFixture().createdAtMs + 1 } });
    await vi.waitFor(() => expect(document.querySelector('[data-stale]')).not.toBeNull());
    expect(await accessibilityFaults()).toEqual([]);
  });
});

describe('the words', () => {
  it('name every kind of strategy', () => {
    expect(
      [
        'budget:4',
        'budget:4/12',
        'static:2',
        'without-v2g:6',
        'dial:20',
        'dial:20/factor',
        'per-resource:3',
        'nominal',
        'perfect',
      ].map(strategyName),
    ).toEqual([
      'Budget, α 4',
      'Budget, α 4 in 12 slots',
      'Static, α 2',
      'Without V2G, α 6',
      'Dial, 1 day in 20',
      'Dial, 1 day in 20, factor',
      'By resource, α 3',
      'Nominal, nothing protected',
      'Perfect foresight',
    ]);
    expect(['nominal', 'interval', 'factor'].map(strategyLabel)).toEqual(['Nominal', 'Intervals', 'Factor polytope']);
  });

  it('claim nothing on a few weeks', () => {
    const few = { days: 9, weeks: 2, mean: -5, lower: -6, upper: -4, verdict: 'too-few' as const };
    const words = differenceWords(few, 'EUR').replaceAll('\u00a0', ' ');
    expect(words).toBe('−5.00 EUR a day over 9 days; 2 weeks are too few to say more (8 are needed)');
    expect(differenceWords({ ...few, days: 0, weeks: 0 }, 'EUR')).toBe('no day in common');
  });
});
