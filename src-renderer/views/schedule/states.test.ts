/** The five states of the schedule screen, without accessibility faults, and what it refuses and reckons. */
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import ViewHost from '../../charts/fixtures/ViewHost.svelte';
import { deskFixture, emptyDeskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { exceptionFixture, planFixture, summaryOf } from '../../stores/fixtures/plan-fixture.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import '../../styles/base.css';
import { promisesOf } from './departure-promises.ts';
import ScheduleView from './ScheduleView.svelte';
import { slotColumns } from './slot-columns.ts';

async function show(transport = fixtureTransport()) {
  let stores!: Stores;
  await render(ViewHost, { transport, view: ScheduleView, onready: (ready: Stores) => (stores = ready) });
  return { stores, transport };
}
const withPlan = (change: Partial<PlanPayload>) => fixtureTransport({ 'plan.get': () => planFixture(change) });
const state = (name: string) =>
  vi.waitFor(() => expect(document.querySelector(`[data-state="${name}"]`)).not.toBeNull(), 4000);
const unplanned = { 'desk.state': () => deskFixture({ plans: [] }) };

describe('the schedule screen', () => {
  it('has a fixture that fits the contract', () => {
    expect(calls['plan.get'].response.safeParse(planFixture()).error).toBeUndefined();
  });

  it('empty: says that the day has no plan and plans it', async () => {
    const { transport } = await show(fixtureTransport(unplanned));
    await state('empty');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: /Plan this day/ }).click();
    await vi.waitFor(() => expect(transport.calls.map((call) => call.name)).toContain('plan.make'));
  });

  it('empty: without telemetry leads to the import', async () => {
    await show(fixtureTransport({ 'desk.state': () => emptyDeskFixture() }));
    await state('empty');
    await expect.element(page.getByRole('button', { name: 'Import telemetry' })).toBeVisible();
  });

  it('loading: a skeleton of the final layout after a second', async () => {
    await show(fixtureTransport({ 'plan.get': never }));
    await state('loading');
    await vi.waitFor(() => expect(document.querySelector('.skeleton .dispatch')).not.toBeNull(), 3000);
    expect(await accessibilityFaults()).toEqual([]);
  });

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

  it('error: code, text and next step', async () => {
    await show(
      fixtureTransport({ 'plan.get': () => refuse('plan-corrupt', { id: 'plan-0001', problem: 'its hash differs' }) }),
    );
    await state('error');
    await expect.element(page.getByText('its hash differs', { exact: false })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('full: every part is there, no exception token on a healthy day, and the table twin too', async () => {
    await show();
    await state('full');
    await expect.element(page.getByRole('slider', { name: 'Dispatch of 2023-06-15' })).toBeVisible();
    expect(document.querySelector('[data-exception]')).toBeNull();
    await expect.element(page.getByText('4,218', { exact: false })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-twin]')) button.click();
    await vi.waitFor(() => expect(document.querySelectorAll('[data-pane="Dispatch"] tbody tr')).toHaveLength(96));
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('stale: hatched, with what made it so', async () => {
    const { stores } = await show(fixtureTransport({ 'desk.state': () => deskFixture({ tomorrow: '2023-06-15' }) }));
    await state('full');
    stores.desk.state.set({ ...deskFixture(), tomorrow: '2023-06-16' });
    await state('stale');
    expect(document.querySelector('[data-stale]')?.textContent).toContain('tomorrow is now 2023-06-16');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('infeasible: names what conflicts, in words', async () => {
    const why =
      'Airport must leave with 18.2 MWh by 07:00; at most 15.9 MWh can be reached. At 19:00 a demand of 900 kW must be met; all supply gives at most 850 kW.';
    const { transport } = await show(
      fixtureTransport({
        ...unplanned,
        'plan.make': () => refuse('plan-infeasible', { day: '2023-06-15', why, conflict: [] }),
      }),
    );
    await state('empty');
    await page.getByRole('button', { name: /Plan this day/ }).click();
    await state('infeasible');
    expect([...document.querySelectorAll('.infeasible li')].map((item) => item.textContent)).toEqual([
      'Airport must leave with 18.2 MWh by 07:00; at most 15.9 MWh can be reached.',
      'At 19:00 a demand of 900 kW must be met; all supply gives at most 850 kW.',
    ]);
    expect(await accessibilityFaults()).toEqual([]);
    expect(transport.calls.some((call) => call.name === 'plan.make')).toBe(true);
  });

  it('shows a running solve with its phase and can cancel it', async () => {
    const { transport } = await show(fixtureTransport({ ...unplanned, 'jobs.list': () => [jobFixture()] }));
    await page.getByRole('button', { name: /Cancel/ }).click();
    await vi.waitFor(() =>
      expect(transport.calls.find((call) => call.name === 'jobs.cancel')?.payload).toEqual({ jobId: 'job-1' }),
    );
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('asks for the approval that the frame takes', async () => {
    const { stores } = await show();
    await state('full');
    await page.getByRole('button', { name: 'Approve …' }).click();
    expect(stores.approval.asked).toBe('day');
  });

  it('cannot approve a plan that breaks a limit, and says which', async () => {
    const breach = {
      limit: 'balance',
      slot: 40,
      amount: 12.5,
      unit: 'kW',
      sentence: 'At 10:00 supply falls short of demand.',
    };
    const { stores, transport } = await show(
      withPlan({ check: { passed: false, checked: 4218, worstBreach: 12.5, breaches: [breach] } }),
    );
    await state('full');
    await expect.element(page.getByText('At 10:00 supply falls short of demand.', { exact: false })).toBeVisible();
    const approve = page.getByRole('button', { name: 'Approve …' });
    await expect.element(approve).toHaveAttribute('aria-disabled', 'true');
    await expect.element(approve).toHaveAccessibleDescription('The plan does not pass the independent check.');
    (approve.element() as HTMLElement).click();
    expect(transport.calls.some((call) => call.name === 'plan.approve')).toBe(false);
    expect(stores.approval.asked).toBeNull();
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

  it('a range is selected by Shift and keys, by typing and by dragging, adds up, and is cleared with Esc', async () => {
    const { stores } = await show();
    await state('full');
    const chart = page.getByRole('slider', { name: /Dispatch/ }).element() as HTMLElement;
    expect(document.querySelector('[data-pane="Whole day"]')).not.toBeNull();
    chart.focus();
    stores.cursor.set(40);
    await userEvent.keyboard('{Shift>}{ArrowRight}{PageDown}{/Shift}');
    expect(stores.slotRange.selected).toEqual({ fromSlot: 40, toSlot: 45 });
    await expect.element(page.getByRole('heading', { name: 'Range 10:00–11:30' })).toBeVisible();
    const load = () =>
      Number(document.querySelector('[data-pane^="Range"] tbody td')!.textContent!.replaceAll(',', ''));
    const expected = planFixture()
      .loadKw.subarray(40, 46)
      .reduce((sum, kw) => sum + kw / 4, 0);
    expect(load()).toBeCloseTo(expected, 0);
    expect(document.querySelectorAll('[data-chart^="Aggregators"] [data-range]')).toHaveLength(6);
    expect(await accessibilityFaults()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    expect(stores.slotRange.selected).toBeNull();

    await page.getByLabelText('From').fill('06:00');
    await page.getByLabelText('To', { exact: true }).fill('05:00');
    await userEvent.tab();
    await expect.element(page.getByText('must end after it begins', { exact: false })).toBeVisible();
    expect(stores.slotRange.selected).toEqual({ fromSlot: 24, toSlot: 95 });
    await page.getByLabelText('To', { exact: true }).fill('730');
    await userEvent.tab();
    expect(stores.slotRange.selected).toEqual({ fromSlot: 24, toSlot: 29 });
    await page.getByRole('button', { name: 'Clear range' }).click();
    expect(stores.slotRange.selected).toBeNull();

    const box = chart.getBoundingClientRect();
    const at = (slot: number) => box.left + 56 + ((box.width - 70) * (slot + 0.5)) / 96;
    const move = (type: string, slot: number) =>
      chart.dispatchEvent(
        new PointerEvent(type, {
          clientX: at(slot),
          clientY: box.top + 60,
          buttons: 1,
          button: 0,
          pointerId: 1,
          bubbles: true,
        }),
      );
    chart.setPointerCapture = () => undefined;
    move('pointerdown', 60);
    expect(stores.slotRange.selected).toBeNull();
    move('pointermove', 66);
    move('pointermove', 52);
    expect(stores.slotRange.selected).toEqual({ fromSlot: 52, toSlot: 60 });
    expect(stores.cursor.slot).toBe(52);
  });

  it('shows one series alone, says how many are hidden, and all again', async () => {
    await show();
    await state('full');
    const drawn = () => document.querySelectorAll('[data-chart^="Dispatch"] svg path[fill^="url"]').length;
    const all = drawn();
    const wind = page.getByRole('button', { name: /^Wind/ });
    await wind.click();
    await expect.element(wind).toHaveAttribute('aria-pressed', 'true');
    expect(drawn()).toBe(1);
    await expect.element(page.getByText('Only Wind is shown; 5 series are hidden.')).toBeVisible();
    const highest = () => document.querySelector('[data-chart^="Dispatch"] .value-axis text')!.textContent;
    const fixed = highest();
    await page.getByRole('button', { name: 'Fit the scale to it' }).click();
    await vi.waitFor(() => expect(highest()).not.toBe(fixed));
    expect(await accessibilityFaults()).toEqual([]);
    await wind.click();
    expect(drawn()).toBe(all);
    expect(document.body.textContent).not.toContain('series are hidden');
  });

  it('another plan of the day stands behind as outlines with what differs, or is refused in words', async () => {
    const [plan, other] = [planFixture(), planFixture({ id: 'plan-0002', protection: 2 })];
    other.gas[0]!.valueKw = other.gas[0]!.valueKw.map((kw, slot) => (slot < 10 ? kw + 50 : kw));
    const short = planFixture({ id: 'plan-0003' });
    short.horizon = { ...short.horizon, slotMinutes: 30, slots: 48 };
    const plans = [plan, other, short];
    await show(
      fixtureTransport({
        'desk.state': () =>
          deskFixture({ plans: plans.map((one, age) => ({ ...summaryOf(one), createdAtMs: 1000 - age })) }),
        'plan.get': ({ planId }) => plans.find((one) => one.id === planId)!,
      }),
    );
    await state('full');
    expect(document.querySelector('[data-ghost]')).toBeNull();
    await page.getByLabelText('Ghost').selectOptions('plan-0002');
    await vi.waitFor(() => expect(document.querySelector('[data-difference]')).not.toBeNull());
    expect(document.querySelector('[data-difference]')!.textContent).toContain('10 of 96 slots differ');
    await expect.element(page.getByText('Ghost: α 2, 828.8 USD, plan-0002')).toBeVisible();
    expect(document.querySelectorAll('[data-chart^="Aggregators"] [data-ghost]')).toHaveLength(6);
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByLabelText('Ghost').selectOptions('plan-0003');
    await expect.element(page.getByText('48 slots of 30 minutes', { exact: false })).toBeVisible();
    expect(document.querySelector('[data-ghost]')).toBeNull();
    await page.getByLabelText('Ghost').selectOptions('');
    await vi.waitFor(() => expect(document.body.textContent).not.toContain('48 slots of 30 minutes'));
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

  for (const [day, slots, words] of [
    ['2023-03-26', 92, '23-hour day'],
    ['2023-10-29', 100, '25-hour day'],
  ] as const)
    it(`draws ${day} with its ${slots} slots`, async () => {
      const plan = planFixture({}, day);
      await show(
        fixtureTransport({
          'desk.state': () => deskFixture({ tomorrow: day, plans: [summaryOf(plan)] }),
          'plan.get': () => plan,
        }),
      );
      await state('full');
      await expect
        .element(page.getByRole('slider', { name: /Dispatch/ }))
        .toHaveAttribute('aria-valuemax', String(slots - 1));
      await expect.element(page.getByText(words, { exact: false }).first()).toBeVisible();
    });
});
