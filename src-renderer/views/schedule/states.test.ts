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
    expect(stores.plan.approving).toBe(true);
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
    expect(stores.plan.approving).toBe(false);
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
