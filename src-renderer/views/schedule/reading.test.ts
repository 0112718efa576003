/** What the schedule screen tells of a plan: prices, promises, exceptions, costs, one cursor for all. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { fixtureTransport } from '../../stores/fixtures/fixture-transport.ts';
import { exceptionFixture, planFixture } from '../../stores/fixtures/plan-fixture.ts';
import { promisesOf } from './departure-promises.ts';
import ScheduleView from './ScheduleView.svelte';
import { slotColumns } from './slot-columns.ts';

const show = (transport = fixtureTransport()) => showView(ScheduleView, transport);

const withPlan = (change: Partial<PlanPayload>) => fixtureTransport({ 'plan.get': () => planFixture(change) });

describe('reading a plan', () => {
  it('tells what the plan assumed of prices: bill, risk, evidence, and the worst prices hour by hour', async () => {
    const { horizon, buyPerKwh, sellPerKwh } = planFixture();
    const share = (hits: number, trials: number) => ({ hits, trials, share: hits / trials, lower: 0.8, upper: 0.99 });
    const worst = { buyPerKwh: buyPerKwh.map((price, slot) => price + (slot < 4 ? 0.05 : 0)), sellPerKwh };
    const set = {
      kind: 'budget' as const,
      nominal: 0.9,
      guarantee: { event: 'limit' as const, probability: 0.85, source: 'Bertsimas and Sim', assumes: 'Independent.' },
      periods: share(95, 100),
      trades: share(18, 30),
      bill: share(27, 30),
    };
    const forecast = { days: 90, rmse: 0.026, naiveRmse: 0.033 };
    const told = { treatment: 'robust' as const, known: false, forecast, set, expectedBill: 812.5, risk: 95.6, worst };
    await show(withPlan({ prices: told }));
    await expect.element(page.getByText('forecast, robust (budget)')).toBeVisible();
    expect(document.body.textContent).toMatch(/95\.60\s*USD more at the worst prices of the set/);
    const captions = [...document.querySelectorAll('caption')];
    const table = captions.find(({ textContent }) => textContent.includes('expected and worst'))!.closest('table')!;
    const rows = [...table.tBodies[0]!.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
    expect(rows).toEqual([
      [horizon.labels[0], '110.0', '160.0'],
      [horizon.labels[4], '110.0', '110.0'],
    ]);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('a broken promise is an exception with its margin', async () => {
    const plan = planFixture();
    plan.aggregators[2]!.departures = [{ slot: 27, cars: 3, requiredKwh: 120, plannedKwh: 96.5 }];
    expect(Math.min(...promisesOf(plan).map((promise) => promise.marginKwh))).toBeCloseTo(-23.5);
    await show(fixtureTransport({ 'plan.get': () => plan }));
    await state('full');
    const row = document.querySelector('[data-pane="Departure promises"] tr:has([data-exception])')!;
    expect(row.textContent).toContain('Airport');
    expect(row.textContent).toContain('−23.50');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('exceptions stand on the time axis and in the list, and their action leads there', async () => {
    const { stores } = await show(
      withPlan({ exceptions: [exceptionFixture({ action: { label: 'Show the risk', screen: 'risk' } })] }),
    );
    await state('full');
    expect(document.querySelectorAll('svg [data-exception="2"]').length).toBeGreaterThanOrEqual(1);
    await page.getByRole('button', { name: /Show the risk/ }).click();
    expect(stores.cursor.slot).toBe(74);
    expect(stores.route.screen).toBe('risk');
    location.hash = '';
  });

  it('cost items sum to the total, and the slot card agrees with the table twin', async () => {
    const { stores } = await show();
    await state('full');
    const rows = [...document.querySelectorAll('[data-pane="Cost"] tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    const amounts = rows.map((row) => Number(row[1]!.replaceAll(',', '')));
    expect(amounts.slice(0, -1).reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(amounts.at(-1)!, 1);
    stores.cursor.set(30);
    const columns = slotColumns(planFixture(), { divideBy: 1, power: 'kW', energy: 'kWh' });
    await vi.waitFor(() => expect(document.querySelector('[data-pane="Slot 07:30–07:45"]')).not.toBeNull());
    expect(document.querySelectorAll('[data-pane^="Slot"] dd')).toHaveLength(columns.length);
    document.querySelector<HTMLButtonElement>('[data-pane="Dispatch"] [data-twin]')!.click();
    await vi.waitFor(() => expect(document.querySelector('[data-pane="Dispatch"] tr[aria-current]')).not.toBeNull());
    const cells = [...document.querySelectorAll('[data-pane="Dispatch"] tr[aria-current] td')].map(
      (cell) => cell.textContent,
    );
    const card = [...document.querySelectorAll('[data-pane^="Slot"] dd')].map(
      (cell) => cell.textContent!.split('\u00a0')[0],
    );
    expect(cells[0]).toBe(card[0]);
  });

  it('switches between kW and MW everywhere', async () => {
    await show();
    await state('full');
    await page.getByText('MW', { exact: true }).click();
    await vi.waitFor(() =>
      expect(document.querySelector('[data-pane^="Slot"] dd')?.textContent).toMatch(/0\.\d+\u00a0MW/),
    );
    expect(document.querySelector('[data-pane="Departure promises"] thead')?.textContent).toContain('MWh');
  });

  it('the keys of the aggregators choose one and keep the common cursor', async () => {
    const { stores } = await show();
    await state('full');
    (page.getByRole('slider', { name: /Aggregators/ }).element() as HTMLElement).focus();
    await userEvent.keyboard('3{ArrowDown}{End}');
    expect(stores.cursor.slot).toBe(95);
    await expect
      .element(page.getByRole('slider', { name: /Aggregators/ }))
      .toHaveAttribute('aria-valuetext', 'University, 23:45–24:00');
    await expect
      .element(page.getByRole('slider', { name: /Dispatch/ }))
      .toHaveAttribute('aria-valuetext', '23:45–24:00');
  });

  it('a digit in the dispatch leads to that aggregator, Esc leads back', async () => {
    await show();
    await state('full');
    const dispatch = page.getByRole('slider', { name: /Dispatch/ });
    (dispatch.element() as HTMLElement).focus();
    await userEvent.keyboard('4');
    const multiples = page.getByRole('slider', { name: /Aggregators/ });
    await expect.element(multiples).toHaveFocus();
    await expect.element(multiples).toHaveAttribute('aria-valuetext', 'University, 00:00–00:15');
    await userEvent.keyboard('{Escape}');
    await expect.element(dispatch).toHaveFocus();
  });
});
