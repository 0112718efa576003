/** What the schedule screen tells of services, and how a day is planned with or without them. */
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import type { OfferedProductPayload, PlanServicesPayload } from '../../../src-main/contract/plan-services.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { deskFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport } from '../../stores/fixtures/fixture-transport.ts';
import { planFixture } from '../../stores/fixtures/plan-fixture.ts';
import ScheduleView from './ScheduleView.svelte';

const { slots } = planFixture().horizon;
const all = (value: number) => new Float64Array(slots).fill(value);

function product(change: Partial<OfferedProductPayload> = {}): OfferedProductPayload {
  const askedKwh = all(20);
  askedKwh[8] = 45;
  return {
    kind: 'reserve',
    id: 'east',
    name: 'East',
    unit: 'kW',
    offered: all(40),
    required: all(25),
    most: all(60),
    holders: [
      { kind: 'gas', id: 'g1', name: 'Gas unit 1', held: all(10) },
      { kind: 'aggregator', id: 'a1', name: 'Station', held: all(30) },
    ],
    earns: 5.76,
    wear: 0,
    energy: { askedKwh, heldKwh: all(90) },
    check: { passed: true, checked: 1234, worst: null },
    ...change,
  };
}
const services = (change: Partial<PlanServicesPayload> = {}): PlanServicesPayload => ({
  products: [
    product(),
    product({ kind: 'voltage', id: 'v', name: 'Quay', unit: 'kvar', required: all(0), energy: null, earns: 2 }),
  ],
  regulation: null,
  reserve: { durationMinutes: 30 },
  peak: {
    of: 'import',
    meteredKw: all(300),
    peakKw: 300,
    soFarKw: 250,
    pricePerKw: 2,
    charge: 100,
    capKw: all(NaN),
    withoutV2gKw: 360,
    check: { passed: true, checked: slots + 1, worst: null },
  },
  ...change,
});
const offering = (change: Partial<PlanPayload>) =>
  fixtureTransport({
    'desk.state': () => deskFixture({ site: { ...deskFixture().site!, services: 'on-request' } }),
    'plan.get': () => planFixture(change),
  });
const pane = () => document.querySelector('[data-pane="Services"]')!;

describe('services', () => {
  it('are told with what they earn, the energy they stand on and that they can be delivered', async () => {
    expect(calls['plan.get'].response.safeParse(planFixture({ services: services() })).error).toBeUndefined();
    await showView(ScheduleView, offering({ services: services() }));
    await state('full');
    const table = [...pane().querySelectorAll('caption')].find(({ textContent }) => textContent.includes('stands on'))!;
    const rows = [...table.closest('table')!.tBodies[0]!.rows].map((row) =>
      [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim()),
    );
    // Least beyond what is asked is where most is asked: slot 8.
    expect(rows[0]).toEqual([
      'Reserve, East',
      '40.0 kW',
      '40.0 kW',
      '5.760',
      '45.0 of 90.0 kWh at 02:00',
      'yes, 1,234 limits',
    ]);
    expect(rows[1]).toEqual(['Quay', '40.0 kvar', '40.0 kvar', '2.000', 'none', 'yes, 1,234 limits']);
    expect(pane().textContent.replace(/\s+/g, ' ')).toContain('without V2G it would be 360.0 kW and 120.0 USD dearer');
    expect(document.querySelector('[data-exception]')).toBeNull();
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('slider', { name: /Services on/ }).click();
    pane().querySelector<HTMLButtonElement>('[data-twin]')!.click();
    await vi.waitFor(() => expect(pane().textContent).toContain('of Station'));
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('that cannot be delivered are an exception with the limit that breaks', async () => {
    const worst = 'EV 1 of Station, 07:15: energy in a call 3.0 kWh below its 4.0 kWh';
    const broken = product({ check: { passed: false, checked: 10, worst } });
    await showView(ScheduleView, offering({ services: services({ products: [broken] }) }));
    await state('full');
    await expect.element(page.getByText('Not deliverable:', { exact: false })).toBeVisible();
    expect(pane().textContent).toContain('energy in a call');
    expect(pane().querySelectorAll('[data-exception]').length).toBeGreaterThan(0);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('are planned with where the plan is for energy alone, and not shown where the site states none', async () => {
    const { transport } = await showView(ScheduleView, offering({}));
    await state('full');
    await page.getByRole('button', { name: 'Plan with services' }).click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'plan.make')?.payload).toMatchObject({ services: 'offered' }),
    );
  });

  it('have no pane on a site that states none', async () => {
    await showView(ScheduleView, fixtureTransport());
    await state('full');
    expect(document.querySelector('[data-pane="Services"]')).toBeNull();
  });
});
