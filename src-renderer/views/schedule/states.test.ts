/** The five states of the schedule screen, without accessibility faults, and what it refuses. */
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { deskFixture, untoldDeskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { planFixture } from '../../stores/fixtures/plan-fixture.ts';
import ScheduleView from './ScheduleView.svelte';

const show = (transport = fixtureTransport()) => showView(ScheduleView, transport);

const withPlan = (change: Partial<PlanPayload>) => fixtureTransport({ 'plan.get': () => planFixture(change) });

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
    await show(fixtureTransport({ 'desk.state': () => untoldDeskFixture() }));
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
  }, 60_000);

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
});
