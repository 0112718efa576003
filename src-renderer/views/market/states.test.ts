/** The five states of the market screen, without accessibility faults; and what choosing a state shows. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import type { PlantBidsPayload, VppPayload } from '../../../src-main/contract/vpp.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { deskFixture, untoldDeskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { marketFixture, marketSummaryOf } from '../../stores/fixtures/market-fixture.ts';
import { planFixture } from '../../stores/fixtures/plan-fixture.ts';
import MarketView from './MarketView.svelte';

const planned = () =>
  fixtureTransport({
    'market.list': () => [marketSummaryOf(marketFixture())],
    'market.get': () => marketFixture(),
    'market.make': () => ({ jobId: 'market-1' }),
  });

const show = (transport = planned()) => showView(MarketView, transport);

describe('the market screen', () => {
  it('has a fixture that fits the contract', () => {
    expect(calls['market.get'].response.safeParse(marketFixture()).error).toBeUndefined();
  });

  it('empty: plans the market with the doubt chosen', async () => {
    const { transport } = await show(
      fixtureTransport({ 'market.list': () => [], 'market.make': () => ({ jobId: 'market-1' }) }),
    );
    await state('empty');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('combobox', { name: 'Doubt about the odds' }).selectOptions('L1 distance');
    await page.getByRole('button', { name: 'Plan the market' }).last().click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'market.make')?.payload).toMatchObject({
        day: '2023-06-15',
        ambiguity: 'l1',
      }),
    );
  });

  it('empty: without telemetry leads to the import', async () => {
    await show(fixtureTransport({ 'desk.state': () => untoldDeskFixture() }));
    await state('empty');
    await expect.element(page.getByRole('button', { name: 'Import telemetry' })).toBeVisible();
  });

  it('loading', async () => {
    await show(fixtureTransport({ 'market.list': never }));
    await state('loading');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('error: code, text and next step, and a way to try again', async () => {
    await show(fixtureTransport({ 'market.list': () => refuse('internal', { problem: 'no such table' }) }));
    await state('error');
    await expect.element(page.getByText('no such table', { exact: false })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('full: choosing a cell by key moves chart, odds and bid; the bids are a table too', async () => {
    await show();
    await state('full');
    expect(document.querySelector('[data-exception]')).toBeNull();
    expect(await accessibilityFaults()).toEqual([]);
    document.querySelector<HTMLElement>('[data-cell="0 0"]')!.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowUp}');
    await expect.element(page.getByText('Adversary’s row of state 2')).toBeVisible();
    await expect.element(page.getByText('Bid of 01:00', { exact: false })).toBeVisible();
    document.querySelector<HTMLButtonElement>('[data-pane="Bids"] [data-twin]')!.click();
    await vi.waitFor(() => expect(document.querySelectorAll('[data-pane="Bids"] tbody tr')).toHaveLength(72));
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('another day: one real day at a time, with what was earned on it', async () => {
    await show();
    await state('full');
    await page.getByRole('button', { name: 'Another day' }).click();
    await expect.element(page.getByText('2023-06-01 (black)', { exact: false })).toBeVisible();
    expect(document.querySelectorAll('polyline')).toHaveLength(1);
  });

  it('stale: hatched with its reason when the desk moves on', async () => {
    const { stores, transport } = await show();
    await state('full');
    transport.answer({ 'market.list': never });
    stores.desk.state.set({ ...deskFixture(), tomorrow: '2023-06-16' });
    await state('stale');
    expect(document.querySelector('[data-stale]')).not.toBeNull();
  });

  it('settles the plant of the plan on the desk to the cent, or says why it cannot', async () => {
    const account = { wearCents: 10, ownCostCents: 2_010, kind: 'wind' as const };
    const result: VppPayload = {
      planId: planFixture().id,
      day: '2023-06-15',
      currency: 'EUR',
      accounts: [
        { ...account, id: 'park', name: 'Ridge', deliveredKwh: 1620, energyCents: 11_718, capacityCents: 679, receivesCents: 12_407, netCents: 10_397, aloneCents: 9_000 }, // prettier-ignore
        { ...account, id: 'lakeside', name: 'Lakeside', kind: 'aggregator', deliveredKwh: -492, energyCents: -7_000, capacityCents: 990, receivesCents: -6_000, netCents: -8_010, aloneCents: -9_010 }, // prettier-ignore
      ],
      marketCents: 6_407,
      pricePerKwh: [0.1],
      togetherCents: 2_387,
      aloneCents: -10,
      boughtKw: [0],
      soldKw: [10],
      check: { passed: true, problems: [] },
    };
    const { transport } = await show(
      fixtureTransport({
        'market.list': () => [],
        'vpp.settle': () => ({ jobId: 'vpp-1' }),
      }),
    );
    await state('empty');
    await page.getByRole('button', { name: 'Settle the plant' }).click();
    const panel = () => document.querySelector('[data-pane="Virtual power plant"]')!;
    await vi.waitFor(() => expect(panel().textContent).toContain('Each member is scheduled by itself'));
    transport.emit('job', jobFixture({ id: 'vpp-1', kind: 'compare', state: 'done', result }));
    await vi.waitFor(() => expect(panel().textContent).toMatch(/23\.97\s+EUR are gained/));
    const rows = panel().querySelectorAll('tbody tr');
    expect(rows[1]!.textContent).toContain('\u221260.00');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('tries tariffs: the one the utility gains most by is drawn, another is chosen by key', async () => {
    const { horizon } = planFixture();
    const per = (value: number) => new Float64Array(horizon.slots).fill(value);
    const outcome = (kind: 'flat' | 'real-time' | 'incentive', utilityGains: number) => ({
      kind, strength: 0.25, pricePerKwh: per(0.25), event: new Float64Array(0), paidPerKwh: 0, carsKw: per(100 + utilityGains), bills: 480, paid: 0,
      energyCost: 280, peakCost: 380, utilityCost: 180 - utilityGains, peakKw: 1500, shiftedKwh: 20, carsWorseOff: 49, ownersGain: 9, utilityGains,
    }); // prettier-ignore
    const { transport } = await show(
      fixtureTransport({
        'market.list': () => [],
        'tariffs.try': ({ planId }) => ({
          planId, day: '2023-06-15', currency: 'EUR', horizon, cars: 237, energyKwh: 2000, flatPerKwh: 0.25, peakPerKw: 0.3,
          loadKw: per(700), wholesalePerKwh: per(0.1), outcomes: [outcome('flat', 0), outcome('real-time', 48), outcome('incentive', -2)],
        }), // prettier-ignore
      }),
    );
    await state('empty');
    await page.getByRole('spinbutton', { name: /Peak cost/ }).fill('0.3');
    await userEvent.keyboard('{Tab}');
    await page.getByRole('button', { name: 'Try tariffs' }).click();
    const chart = () => page.getByRole('slider', { name: /^Demand under/ });
    await expect.element(chart()).toHaveAttribute('aria-label', 'Demand under real-time price');
    expect(transport.calls.find(({ name }) => name === 'tariffs.try')?.payload).toMatchObject({ peakPerKw: 0.3 });
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('row', { name: /Incentive/ }).click();
    await expect.element(chart()).toHaveAttribute('aria-label', 'Demand under incentive');
  });

  it('bids for the plant: an hour is chosen in the table, its steps are walked by key', async () => {
    const { horizon } = marketFixture();
    const curve = [
      { pricePerKwh: -0.01, netKwh: -800 },
      { pricePerKwh: 0.01, netKwh: 0 },
      { pricePerKwh: 0.07, netKwh: 190 },
    ];
    const interval = { days: 14, mean: 144, lower: 72, upper: 216 };
    const result: PlantBidsPayload = {
      planId: planFixture().id,
      day: '2023-06-15',
      currency: 'EUR',
      horizon,
      curves: horizon.labels.map((_, hour) => (hour === 13 ? curve : curve.slice(0, 1))),
      scenarios: [{ label: '2023-06-14', money: 160 }],
      expected: 160,
      worst: 69,
      overKwh: 0,
      shortKwh: 2,
      unseen: interval,
      unseenKnown: { ...interval, mean: 149 },
      check: { passed: true, problems: [] },
      file: { fileName: 'bids.csv', text: '' },
    };
    const { transport } = await show(
      fixtureTransport({ 'market.list': () => [], 'vpp.bid': () => ({ jobId: 'bid-1' }) }),
    );
    await state('empty');
    await page.getByRole('button', { name: 'Bid for the plant' }).click();
    await vi.waitFor(() => expect(transport.calls.some(({ name }) => name === 'vpp.bid')).toBe(true));
    transport.emit('job', jobFixture({ id: 'bid-1', kind: 'compare', state: 'done', result }));
    await page.getByRole('row', { name: /13:00/ }).click();
    const chart = page.getByRole('slider', { name: 'Bid of the plant for 13:00' });
    await expect.element(chart).toBeInTheDocument();
    (chart.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    await expect.element(chart).toHaveAttribute('aria-valuetext', expect.stringContaining('step 3'));
    expect(document.body.textContent).toMatch(/chosen: from 70\.0\sEUR\/MWh sell 190\skWh/);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('what if a row is held with another confidence: it goes into the next plan, and can be taken back', async () => {
    const { transport, stores } = await show();
    await state('full');
    await page.getByRole('spinbutton', { name: /^What if row/ }).fill('99');
    await userEvent.keyboard('{Tab}');
    await expect.element(page.getByText(/plan the market to see what it does/)).toBeInTheDocument();
    await page.getByRole('button', { name: /^Plan the market/ }).click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'market.make')?.payload).toMatchObject({
        rows: [{ state: 0, confidence: 0.99 }],
      }),
    );
    await page.getByRole('button', { name: 'All rows alike' }).click();
    expect(stores.market.rows).toEqual([]);
    expect(await accessibilityFaults()).toEqual([]);
  });
});
