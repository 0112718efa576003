/** The five states of the risk screen, without accessibility faults; the sweep as it arrives; and what the dial does. */
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import type { BackTestPayload, DialPayload, SweepPayload } from '../../../src-main/contract/plan.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { isoDayBefore, measured } from '../../charts/fixtures/day.ts';
import { sweepFixture } from '../../charts/fixtures/sweep.ts';
import ViewHost from '../../charts/fixtures/ViewHost.svelte';
import { deskFixture, emptyDeskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { planFixture } from '../../stores/fixtures/plan-fixture.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import '../../styles/base.css';
import { dialFinding } from './dial-finding.ts';
import { backTestSentence, kneeOf, plateauOf } from './risk-words.ts';
import RiskView from './RiskView.svelte';
import { largestDeviation } from './worst-day.ts';

const site = { ...deskFixture().site!, components: 5 };
const swept = (change: Partial<SweepPayload> = {}) =>
  fixtureTransport({ 'desk.state': () => deskFixture({ site }), 'risk.get': () => ({ ...sweepFixture(), ...change }) });

async function show(transport = swept()) {
  let stores!: Stores;
  await render(ViewHost, { transport, view: RiskView, onready: (ready: Stores) => (stores = ready) });
  return { stores, transport };
}
const state = (name: string) =>
  vi.waitFor(() => expect(document.querySelector(`[data-state="${name}"]`)).not.toBeNull(), 4000);
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
    expect(calls['risk.get'].response.safeParse(sweepFixture()).error).toBeUndefined();
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
    await show(fixtureTransport({ 'desk.state': () => emptyDeskFixture() }));
    await state('empty');
    await expect.element(page.getByRole('button', { name: 'Import telemetry' })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('loading: a skeleton of the final layout after a second', async () => {
    await show(fixtureTransport({ 'risk.get': never }));
    await state('loading');
    await vi.waitFor(() => expect(document.querySelector('.skeleton .curve')).not.toBeNull(), 3000);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('error: code, text and next step, and a way to try again', async () => {
    const { transport } = await show(
      fixtureTransport({ 'risk.get': () => refuse('internal', { problem: 'no such table' }) }),
    );
    await state('error');
    await expect.element(page.getByText('no such table', { exact: false })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Try again' }).click();
    await vi.waitFor(() => expect(asked(transport, 'risk.get').length).toBeGreaterThan(1));
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
    await expect.element(page.getByText('This protection has not been solved', { exact: false })).toBeVisible();
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
        'risk.get': () => null,
        'risk.sweep': () => ({ jobId: 'sweep-1' }),
      }),
    );
    await state('empty');
    void stores.risk.make();
    await vi.waitFor(() => expect(stores.risk.jobId).toBe('sweep-1'));
    transport.emit('job', jobFixture({ id: 'sweep-1', kind: 'sweep', title: 'Risk curve' }));
    const [first, second, third] = sweepFixture().points;
    transport.emit('sweep-point', { jobId: 'sweep-1', point: first });
    transport.emit('sweep-point', { jobId: 'sweep-1', point: second });
    transport.emit('sweep-point', {
      jobId: 'sweep-1',
      point: { ...third, state: 'failed', problem: 'time limit', totalCost: NaN },
    });
    await expect.element(page.getByText('2 of 11 protections solved')).toBeVisible();
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
    transport.answer({ 'risk.get': () => ({ ...sweepFixture(), points: [first!, second!] }) });
    transport.emit('job', jobFixture({ id: 'sweep-1', kind: 'sweep', state: 'cancelled' }));
    await expect.element(page.getByRole('button', { name: 'Solve the curve' })).toBeVisible();
    await expect.element(page.getByText('2 of 11 protections solved')).toBeVisible();
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
    transport.emit('job', jobFixture({ id: 'dial-1', kind: 'dial', detail: '5 protections tried' }));
    await expect.element(page.getByText('5 protections tried').first()).toBeVisible();
    const dial: DialPayload = {
      day: '2023-06-15',
      setId: 'set-2023-06-15-7c1e',
      currency: 'EUR',
      components: 5,
      target: 0.1,
      verdict: 'met',
      protection: 2.5,
      // α 4, which is set, is made no safer and 30 EUR dearer.
      points: points.map((point) =>
        point.protection === 4
          ? { ...point, anyViolation: points[5]!.anyViolation, totalCost: points[5]!.totalCost + 30 }
          : point,
      ),
      flat: false,
      evidenceDays: 6,
    };
    transport.emit('job', jobFixture({ id: 'dial-1', kind: 'dial', state: 'done', result: dial }));
    await expect
      .element(page.getByText('α 2.5 is the least protection that keeps it at 1 day in 10 or less.'))
      .toBeVisible();
    const answer = document.querySelector('[data-pane="Chance dial"]')!.textContent!.replaceAll(/\s+/g, ' ');
    expect(answer).toContain('α 4, now set, costs +30.0 EUR against it and is measured no safer.');
    await expect
      .element(page.getByText('Measured on 6 real days, too few to tell 1 day in 10 from none.'))
      .toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Use α 2.5' }).first().click();
    await vi.waitFor(() => expect(asked(transport, 'plan.make')[0]).toMatchObject({ protection: 2.5 }));
    expect(stores.settings.targetChance).toBe(0.1);
  });

  it('says when no protection is needed, and when none is enough', () => {
    const dial: DialPayload = {
      ...sweepFixture(),
      target: 0.05,
      verdict: 'not-binding',
      protection: 0,
      evidenceDays: 60,
    };
    expect(dialFinding(dial, 4).sentence).toBe('No protection is needed: the day keeps 1 day in 20 without any.');
    expect(dialFinding({ ...dial, flat: true }, 4).notes[0]).toContain('Robustness is worth nothing today');
    const missed = dialFinding({ ...dial, verdict: 'not-reached', protection: 5 }, 4);
    expect(missed.sentence.replaceAll(/\s/g, ' ')).toContain('the lowest chance is 3.70 %, from α 5 on');
    expect(missed.extraCost).toBeNull();
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
    expect(largestDeviation(planFixture().test!.worstDay, null)).toMatchObject({ name: 'Load', kilowatts: 40 });
  });

  it('words: none, some, and no days', () => {
    expect(backTestSentence(backTest([]))).toBe('On none of the last 60 real days would this plan have run short.');
    expect(
      backTestSentence({ days: [], violated: { hits: 0, trials: 0, share: NaN, lower: NaN, upper: NaN } }),
    ).toContain('no past day');
    expect(kneeOf(sweepFixture().points, 0.05)?.protection).toBe(4);
    expect(kneeOf(sweepFixture().points.slice(0, 3), 0.05)).toBeNull();
  });

  it('the plateau is the cheapest point that cannot be told from the safest', () => {
    const { points } = sweepFixture();
    expect(plateauOf(points)?.protection).toBe(4.5);
    const failed = points.map((point, i) => (i > 6 ? { ...point, state: 'failed' as const } : point));
    expect(plateauOf(failed)?.protection).toBe(3);
    expect(plateauOf([])).toBeNull();
    const fewDays = points.map((point) => ({ ...point, anyViolation: { ...point.anyViolation, upper: 0.5 } }));
    expect(plateauOf(fewDays)?.protection).toBe(4.5);
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
    await expect.element(page.getByText('No safer beyond α 1:', { exact: false })).toBeVisible();
    await page.getByRole('button', { name: 'Open Uncertainty' }).click();
    expect(stores.route.screen).toBe('uncertainty');
  });
});
