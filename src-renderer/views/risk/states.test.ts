/** The five states of the risk screen, without accessibility faults; the sweep as it arrives; and what the dial does. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import type { BackTestPayload } from '../../../src-main/contract/plan-evidence.ts';
import type { DialPayload, SweepPayload } from '../../../src-main/contract/risk-curve.ts';
import { setKind } from '../../../src-main/contract/uncertainty.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { isoDayBefore, measured } from '../../charts/fixtures/day.ts';
import { sweepFixture } from '../../charts/fixtures/sweep.ts';
import { showView, state, text } from '../../charts/fixtures/show-view.ts';
import { deskFixture, untoldDeskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { planFixture } from '../../stores/fixtures/plan-fixture.ts';
import { backTestSentence, kneeOf, plateauOf } from './risk-words.ts';
import RiskView from './RiskView.svelte';
import { largestDeviation } from './worst-day.ts';

const site = { ...deskFixture().site!, components: 5 };
const swept = (change: Partial<SweepPayload> = {}) =>
  fixtureTransport({
    'desk.state': () => deskFixture({ site }),
    'risk.curves': () => [{ ...sweepFixture(), ...change }],
  });

const show = (transport = swept()) => showView(RiskView, transport);
const curve = () => page.getByRole('slider', { name: /Chance of a violation/ });
const asked = (transport: ReturnType<typeof swept>, name: string) =>
  transport.calls.filter((call) => call.name === name).map((call) => call.payload);

const backTest = (short: readonly number[]): BackTestPayload => ({
  days: Array.from({ length: 60 }, (_, i) => ({
    day: isoDayBefore(60 - i),
    unservedKwh: short.includes(i) ? 4.5 : 0,
    violatedSlots: short.includes(i) ? 3 : 0,
    firstSlot: short.includes(i) ? 76 : null,
  })),
  violated: measured(short.length, 60),
});

describe('the risk screen', () => {
  it('has fixtures that fit the contract', () => {
    expect(calls['risk.curves'].response.safeParse([sweepFixture()]).error).toBeUndefined();
    expect(calls['plan.backTest'].response.safeParse(backTest([3])).error).toBeUndefined();
  });

  it('empty: says what a curve is and solves one', async () => {
    const { transport } = await show(
      fixtureTransport({ 'desk.state': () => deskFixture({ site }), 'risk.sweep': () => ({ jobId: 'sweep-1' }) }),
    );
    await state('empty');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Solve the curve' }).last().click();
    await vi.waitFor(() => expect(asked(transport, 'risk.sweep')).toHaveLength(1));
  });

  it('empty: without telemetry leads to the import', async () => {
    await show(fixtureTransport({ 'desk.state': () => untoldDeskFixture() }));
    await state('empty');
    await expect.element(page.getByRole('button', { name: 'Import telemetry' })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('loading: a skeleton of the final layout after a second', async () => {
    await show(fixtureTransport({ 'risk.curves': never }));
    await state('loading');
    await vi.waitFor(() => expect(document.querySelector('.skeleton .curve')).not.toBeNull(), 3000);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('error: code, text and next step, and a way to try again', async () => {
    const { transport } = await show(
      fixtureTransport({ 'risk.curves': () => refuse('internal', { problem: 'no such table' }) }),
    );
    await state('error');
    await expect.element(page.getByText('no such table', { exact: false })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Try again' }).click();
    await vi.waitFor(() => expect(asked(transport, 'risk.curves').length).toBeGreaterThan(1));
  });

  it('full: curve, dots, bounds beside the simulation, and the sweep as a table', async () => {
    await show();
    await state('full');
    await expect.element(curve()).toHaveAttribute('aria-valuetext', 'α 4');
    await expect.element(page.getByText('2 of 50 days like this run short.').first()).toBeVisible();
    await expect.element(page.getByText('470 of 10,000', { exact: false }).first()).toBeVisible();
    expect(document.querySelector('[data-exception]')).toBeNull();
    expect(await accessibilityFaults()).toEqual([]);
    document.querySelector<HTMLButtonElement>('[data-pane="Chance and cost"] [data-twin]')!.click();
    await vi.waitFor(() =>
      expect(document.querySelectorAll('[data-pane="Chance and cost"] tbody tr')).toHaveLength(11),
    );
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('stale: hatched with its reason when the desk moves on', async () => {
    const { stores } = await show();
    await state('full');
    stores.desk.state.set({ ...deskFixture({ site }), tomorrow: '2023-06-16' });
    await state('stale');
    expect(document.querySelector('[data-stale]')).not.toBeNull();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('the dial: arrows choose, Enter makes a new draft at that protection', async () => {
    const { stores, transport } = await show();
    await state('full');
    (curve().element() as HTMLElement).focus();
    await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}{ArrowLeft}');
    await expect.element(curve()).toHaveAttribute('aria-valuetext', 'α 2.75');
    await expect.element(page.getByText('This size has not been solved', { exact: false })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() =>
      expect(asked(transport, 'plan.make')[0]).toMatchObject({ set: 'budget', protection: 2.75, day: '2023-06-15' }),
    );
    expect(stores.settings.chosenProtection).toBe(2.75);
  });

  it('points arrive one by one, failed ones are crosses, and cancel keeps them', async () => {
    const { stores, transport } = await show(
      fixtureTransport({
        'desk.state': () => deskFixture({ site }),
        'risk.curves': () => [],
        'risk.sweep': () => ({ jobId: 'sweep-1' }),
      }),
    );
    await state('empty');
    void stores.risk.make();
    await vi.waitFor(() => expect(stores.risk.jobId).toBe('sweep-1'));
    transport.emit('job', jobFixture({ id: 'sweep-1', kind: 'sweep', title: 'Risk curve' }));
    const [first, second, third] = sweepFixture().points;
    const kind = 'budget';
    transport.emit('sweep-curve', { jobId: 'sweep-1', curve: { ...sweepFixture(), points: [] } });
    transport.emit('sweep-point', { jobId: 'sweep-1', kind, point: first });
    transport.emit('sweep-point', { jobId: 'sweep-1', kind, point: second });
    transport.emit('sweep-point', {
      jobId: 'sweep-1',
      kind,
      point: { ...third, state: 'failed', problem: 'time limit', totalCost: NaN },
    });
    await expect.element(page.getByText('2 of 11 sizes solved')).toBeVisible();
    await vi.waitFor(() => expect(document.querySelectorAll('circle.hollow')).toHaveLength(8));
    expect(document.querySelectorAll('circle.dot')).toHaveLength(2);
    expect(document.querySelectorAll('path.cross')).toHaveLength(1);
    (curve().element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{Shift>}{ArrowRight}{/Shift}');
    await vi.waitFor(() =>
      expect(document.querySelector('[data-chart] [aria-live]')?.textContent).toContain('failed, time limit'),
    );
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: /Cancel/ }).click();
    await vi.waitFor(() => expect(asked(transport, 'jobs.cancel')).toEqual([{ jobId: 'sweep-1' }]));
    // The core keeps what was solved.
    transport.answer({ 'risk.curves': () => [{ ...sweepFixture(), points: [first!, second!] }] });
    transport.emit('job', jobFixture({ id: 'sweep-1', kind: 'sweep', state: 'cancelled' }));
    await expect.element(page.getByRole('button', { name: 'Solve the curve' })).toBeVisible();
    await expect.element(page.getByText('2 of 11 sizes solved')).toBeVisible();
    expect(document.querySelectorAll('circle.dot')).toHaveLength(2);
  });

  it('finds the least protection for a wanted chance, says what it saves, and uses it', async () => {
    const transport = swept();
    const points = sweepFixture().points;
    transport.answer({ 'risk.dial': () => ({ jobId: 'dial-1' }) });
    const { stores } = await show(transport);
    await state('full');
    await page.getByRole('spinbutton', { name: /At most one short day/ }).fill('10');
    await userEvent.keyboard('{Tab}');
    await page.getByRole('button', { name: 'Find the least protection' }).click();
    await vi.waitFor(() => expect(asked(transport, 'risk.dial')[0]).toMatchObject({ target: 0.1, day: '2023-06-15' }));
    transport.emit('job', jobFixture({ id: 'dial-1', kind: 'dial', detail: '5 sizes tried' }));
    await expect.element(page.getByText('5 sizes tried').first()).toBeVisible();
    const dial: DialPayload = {
      ...sweepFixture(),
      target: 0.1,
      verdict: 'met',
      unsolved: 0,
      size: 2.5,
      points,
      setting: { size: 4, verdict: 'dear', extraCost: 30 },
      evidenceDays: 6,
    };
    transport.emit('job', jobFixture({ id: 'dial-1', kind: 'dial', state: 'done', result: dial }));
    await expect
      .element(page.getByText('α 2.5 is the least protection that keeps it at 1 day in 10 or less.'))
      .toBeVisible();
    const answer = document.querySelector('[data-pane="Chance dial"]')!.textContent!.replaceAll(/\s+/g, ' ');
    expect(answer).toContain('α 4, now set, is measured no safer and costs +30.0 EUR');
    await expect
      .element(page.getByText('Measured on 6 real days, too few to tell 1 day in 10 from none.'))
      .toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Use α 2.5' }).first().click();
    await vi.waitFor(() => expect(asked(transport, 'plan.make')[0]).toMatchObject({ protection: 2.5 }));
    expect(stores.settings.targetChance).toBe(0.1);
  });

  it('says when protection is worth nothing today', async () => {
    await show(swept({ flat: true }));
    await state('full');
    await expect.element(page.getByText('Worth nothing today')).toBeVisible();
    expect(document.querySelectorAll('[data-exception="3"]')).toHaveLength(1);
  });

  it('replays the plan on real days and says it in one plain sentence', async () => {
    const transport = swept();
    transport.answer({ 'plan.backTest': () => backTest([4, 30, 58]) });
    await show(transport);
    await state('full');
    await page.getByRole('button', { name: 'Replay the last 60 days' }).click();
    await expect.element(page.getByText('On 3 of the last 60 real days this plan would have run short.')).toBeVisible();
    expect(document.querySelectorAll('[data-pane="Back-test"] circle.short')).toHaveLength(3);
    await expect.element(page.getByRole('row', { name: /19:00/ }).first()).toBeVisible();
    expect(asked(transport, 'plan.backTest')).toEqual([{ planId: 'plan-0001', days: 60 }]);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('the worst day names hour, limit and component', async () => {
    await show();
    await state('full');
    const sentence = document.querySelector('[data-pane="Worst day"] .sentence')!.textContent!.replaceAll(/\s+/g, ' ');
    expect(sentence).toContain('At 19:00–19:15 the first limit breaks (supply of the committed units); 9.80 kWh');
    expect(sentence).toContain('Load with +40.0 kW');
    expect(largestDeviation(planFixture().test!.worstDay.deviationKw, null)).toMatchObject({
      name: 'Load',
      kilowatts: 40,
    });
  });

  it('every number of the chosen size tells what it was computed from', async () => {
    await show();
    await state('full');
    const chosen = document.querySelector<HTMLElement>('[data-pane="At α 4"]')!;
    const traced = [...chosen.querySelectorAll<HTMLButtonElement>('[data-traced]:not([tabindex="-1"])')];
    // Dots, two chances, bound, cost, difference, unserved energy, and where more stops helping.
    expect(traced).toHaveLength(8);
    for (const button of traced) {
      button.click();
      await vi.waitFor(() => expect(document.querySelector('[data-explanation]')).not.toBeNull());
      expect(await accessibilityFaults()).toEqual([]);
      await userEvent.keyboard('{Escape}');
      await vi.waitFor(() => expect(document.querySelector('[data-explanation]')).toBeNull());
    }
    traced[1]!.click();
    await expect.element(page.getByText(/470\s+of 10,000\sdays is 4\.70\s%/)).toBeVisible();
    const rows = document.querySelectorAll('[data-explanation] tbody tr');
    expect(rows).toHaveLength(sweepFixture().points[8]!.counted!.short.length);
  });

  it('chooses another kind, solves it, and shows the kinds beside each other at the target', async () => {
    const transport = swept();
    transport.answer({
      'risk.curves': () => [sweepFixture('ellipsoid', 1.1), sweepFixture()],
      'risk.sweep': () => ({ jobId: 'sweep-1' }),
    });
    const { stores } = await show(transport);
    await state('full');
    const table = () => document.querySelector('[data-pane="Kinds at the wanted chance"] table')!;
    await vi.waitFor(() => expect(table().querySelectorAll('tbody tr')).toHaveLength(2));
    expect(table().textContent).toContain('cheapest');
    await page.getByRole('rowheader', { name: 'Ellipsoid' }).click();
    await expect.element(curve()).toHaveAttribute('aria-valuetext', 'r 4');
    expect(stores.risk.kind).toBe('ellipsoid');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Use r 4' }).first().click();
    await vi.waitFor(() => expect(asked(transport, 'plan.make')[0]).toMatchObject({ set: 'ellipsoid', size: 4 }));
    await page.getByRole('button', { name: 'Solve every kind' }).click();
    await vi.waitFor(() => expect(asked(transport, 'risk.sweep')).toHaveLength(1));
    expect(asked(transport, 'risk.sweep')[0]).toMatchObject({ points: 9 });
    expect((asked(transport, 'risk.sweep')[0] as { kinds: string[] }).kinds).toEqual(setKind.options);
  });

  it('words: none, some, and no days', () => {
    expect(backTestSentence(backTest([]))).toBe('On none of the last 60 real days would this plan have run short.');
    expect(
      backTestSentence({ days: [], violated: { hits: 0, trials: 0, share: NaN, lower: NaN, upper: NaN } }),
    ).toContain('no past day');
    expect(kneeOf(sweepFixture().points, 0.05)?.size).toBe(4);
    expect(kneeOf(sweepFixture().points.slice(0, 3), 0.05)).toBeNull();
  });

  it('the plateau is the cheapest point that cannot be told from the safest', () => {
    const { points } = sweepFixture();
    expect(plateauOf(points)?.size).toBe(4.5);
    const failed = points.map((point, i) => (i > 6 ? { ...point, state: 'failed' as const } : point));
    expect(plateauOf(failed)?.size).toBe(3);
    expect(plateauOf([])).toBeNull();
    const fewDays = points.map((point) => ({ ...point, anyViolation: { ...point.anyViolation, upper: 0.5 } }));
    expect(plateauOf(fewDays)?.size).toBe(4.5);
  });

  it('no point meets the target: says what to do, and leads to the plateau', async () => {
    const points = sweepFixture().points.map((point, i) => ({
      ...point,
      anyViolation: measured([9000, 5000, 2060, 2055, 2050, 2045, 2040, 2035, 2030, 2025, 2020][i]!, 10_000),
    }));
    const { stores } = await show(swept({ points }));
    await state('full');
    await expect.element(page.getByText(/raise\s+δ\s+or\s+the\s+window\s+under\s+Uncertainty/)).toBeVisible();
    await page.getByRole('button', { name: 'Choose α 1' }).click();
    await expect.element(curve()).toHaveAttribute('aria-valuetext', 'α 1');
    await vi.waitFor(() => expect(text()).toMatch(/No safer beyond α 1\s?,/));
    await page.getByRole('button', { name: 'Open Uncertainty' }).click();
    expect(stores.route.screen).toBe('uncertainty');
  });
});
