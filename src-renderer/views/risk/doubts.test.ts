/** What a plan is made with and what that costs: recourse, prices, output and efficiency; and the worst day replayed. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import type { SitePayload } from '../../../src-main/contract/site.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { showView, state, text } from '../../charts/fixtures/show-view.ts';
import { sweepFixture } from '../../charts/fixtures/sweep.ts';
import { jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { siteFixture } from '../../stores/fixtures/site-fixture.ts';
import { doubtedPlan, recourseFixture, replayFixture } from './fixtures/doubted-plan.ts';
import RiskView from './RiskView.svelte';

type Changes = Parameters<typeof fixtureTransport>[0];
async function shown(changes: Changes = {}) {
  const view = await showView(
    RiskView,
    fixtureTransport({ 'plan.get': () => doubtedPlan(), 'risk.curves': () => [sweepFixture()], ...changes }),
  );
  await state('full');
  const asked = (name: string) =>
    view.transport.calls.filter((call) => call.name === name).map(({ payload }) => payload);
  return { ...view, asked };
}
/** What is seen in a panel. */
function pane(name: string): string {
  const panel = document.querySelector(`[data-pane="${name}"]`)!.cloneNode(true) as HTMLElement;
  for (const hidden of panel.querySelectorAll('.visually-hidden')) hidden.remove();
  return panel.textContent.replaceAll(/\s+/g, ' ').replaceAll(/ ([.,;])/g, '$1');
}

describe('who answers a deviation', () => {
  it('compares the steps, says which has no plan, and plans by the one chosen', async () => {
    const { stores, transport, asked } = await shown({ 'plan.compareRecourse': () => ({ jobId: 'compare-1' }) });
    await page.getByRole('button', { name: 'Compare the steps' }).click();
    await vi.waitFor(() => expect(asked('plan.compareRecourse')).toHaveLength(1));
    expect(calls['plan.compareRecourse'].request.safeParse(asked('plan.compareRecourse')[0]).error).toBeUndefined();
    transport.emit('job', jobFixture({ id: 'compare-1', kind: 'compare', state: 'done', result: recourseFixture() }));
    const table = page.getByRole('table', { name: 'Worst-case cost by recourse on 2023-06-15' });
    await expect.element(table.getByRole('row', { name: /Full/ })).toBeVisible();
    expect(table.getByRole('row', { name: /Shares, EV pool/ }).element().textContent).toContain('70.8');
    expect(pane('Who answers a deviation')).toContain('Shares by resource: No plan within the time.');
    expect(pane('Who answers a deviation')).toContain('at most 2.61 % above the least');
    await table.getByRole('rowheader', { name: 'Static' }).click();
    expect(stores.settings.recourse).toBe('static');
    await page.getByRole('button', { name: 'Plan with it' }).click();
    await vi.waitFor(() => expect(asked('plan.make')[0]).toMatchObject({ recourse: 'static' }));
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('shows the bounds of full recourse round by round while a plan is made, and keeps the best on request', async () => {
    const { stores, transport, asked } = await shown({ 'plan.make': () => ({ jobId: 'plan-7' }) });
    transport.emit('job', jobFixture({ id: 'plan-7', kind: 'plan', state: 'running', result: null }));
    const round = { round: 1, lower: 790.25, upper: null, days: 1, found: 811.5, seconds: 2 };
    transport.emit('recourse-round', { jobId: 'another', round: { ...round, lower: 1 } });
    transport.emit('recourse-round', { jobId: 'plan-7', round });
    transport.emit('recourse-round', { jobId: 'plan-7', round: { ...round, upper: 840.5, seconds: 3 } });
    transport.emit('recourse-round', { jobId: 'plan-7', round: { ...round, round: 2, lower: 799.75, upper: 822.25 } });
    const table = page.getByRole('table', { name: 'Bounds so far, round by round' });
    await expect.element(table.getByRole('row', { name: /^2 / })).toBeVisible();
    const texts = [...table.element().querySelectorAll('tbody tr')].map((row) =>
      row.textContent.replaceAll(/\s+/g, ' '),
    );
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain('840.50');
    expect(texts[1]).toContain('799.75');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Use best so far' }).click();
    await vi.waitFor(() => expect(asked('jobs.useBest')).toEqual([{ jobId: 'plan-7' }]));
    transport.emit(
      'job',
      jobFixture({ id: 'plan-7', kind: 'plan', state: 'done', result: { planId: stores.plan.current.value!.id } }),
    );
    await expect.element(page.getByRole('table', { name: /How the bounds came together/ })).toBeVisible();
  });

  it('says when the comparison is of other settings, and why it was refused', async () => {
    const { stores, transport } = await shown({ 'plan.compareRecourse': () => ({ jobId: 'compare-1' }) });
    const compared = stores.recourse.compare();
    await vi.waitFor(() => expect(stores.recourse.jobId).toBe('compare-1'));
    transport.emit('job', jobFixture({ id: 'compare-1', kind: 'compare', state: 'done', result: recourseFixture() }));
    await compared;
    expect(stores.recourse.isOutdated).toBe(false);
    stores.settings.changeFit({ windowDays: 40 });
    expect(stores.recourse.isOutdated).toBe(true);
    await expect.element(page.getByText('compared under other settings', { exact: false })).toBeVisible();
    transport.answer({ 'plan.compareRecourse': () => refuse('no-telemetry') });
    await page.getByRole('button', { name: 'Compare again' }).click();
    await vi.waitFor(() =>
      expect(document.querySelector('[data-pane="Who answers a deviation"] [data-state=error]')).not.toBeNull(),
    );
  });
});

describe('prices the plan counts on', () => {
  it('shows what the plan assumed, and asks for the treatment chosen', async () => {
    const { asked } = await shown();
    expect(pane('Prices the plan counts on')).toMatch(
      /expects 612\.3 USD.*Worst prices add \+88\.40? USD.*Bill kept 95\.0 %/,
    );
    await page.getByRole('radio', { name: 'Robust' }).click();
    await page.getByRole('combobox', { name: 'Set of price errors' }).selectOptions('budget');
    await page.getByRole('spinbutton', { name: /Periods fully off at once/ }).fill('4');
    await userEvent.keyboard('{Tab}');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Plan with these' }).last().click();
    await vi.waitFor(() => expect(asked('plan.make')).toHaveLength(1));
    expect(asked('plan.make')[0]).toMatchObject({
      prices: { treatment: 'robust', set: 'budget', periodProtection: 4, moment: 'now' },
    });
    expect(calls['plan.make'].request.safeParse(asked('plan.make')[0]).error).toBeUndefined();
  });

  it('says when prices were published', async () => {
    const plan = doubtedPlan();
    await shown({ 'plan.get': () => ({ ...plan, prices: { ...plan.prices!, known: true, set: null, worst: null } }) });
    expect(pane('Prices the plan counts on')).toContain('made with published prices');
  });
});

describe('output and efficiency', () => {
  const doubtedSite = (): SitePayload =>
    siteFixture({
      coefficients: {
        unitsAtOnce: 1,
        slotsAtOnce: 4,
        losses: [{ kind: 'gas', id: siteFixture().gas[0]!.id, share: 0.05 }],
      },
    });

  it('shows what the doubt costs the plan and its worst, known from the two costs', async () => {
    await shown({ 'site.get': doubtedSite });
    // 828.77 as planned, 801.02 with all of it known.
    expect(pane('Output and efficiency')).toContain('the doubt costs +27.8 USD');
    expect(pane('Output and efficiency')).toContain(
      'Units not delivering: at worst Gas unit 1 at 19:30–19:45, taking 33.5 kW of 33.5 kW',
    );
    expect(pane('Output and efficiency')).toContain('Batteries less efficient: at worst Battery');
  });

  it('is edited device by device and saved with the rest of the site as it was', async () => {
    const { asked } = await shown({ 'site.get': doubtedSite });
    const gas = siteFixture().gas[0]!;
    const store = siteFixture().storage[0]!;
    const field = page.getByRole('spinbutton', { name: `${gas.name}, may be missing, %` });
    await expect.element(field).toHaveValue(5);
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('spinbutton', { name: `${store.name}, may be missing, %` }).fill('12.5');
    await userEvent.keyboard('{Tab}');
    await page.getByRole('spinbutton', { name: /Failing at once/ }).fill('2');
    await userEvent.keyboard('{Tab}');
    await page.getByRole('button', { name: 'Save with the site' }).click();
    await vi.waitFor(() => expect(asked('site.save')).toHaveLength(1));
    const { site } = asked('site.save')[0] as { site: SitePayload };
    expect(site.coefficients).toEqual({
      unitsAtOnce: 2,
      slotsAtOnce: 4,
      losses: [
        { kind: 'gas', id: gas.id, share: 0.05 },
        { kind: 'storage', id: store.id, share: 0.125 },
      ],
    });
    expect({ ...site, coefficients: undefined }).toEqual({ ...doubtedSite(), coefficients: undefined });
    await expect.element(page.getByRole('button', { name: 'Save with the site' })).not.toBeInTheDocument();
  });

  it('taken back to nothing leaves the site without it; what is refused is said', async () => {
    const { stores, transport, asked } = await shown({ 'site.get': doubtedSite });
    const gas = siteFixture().gas[0]!;
    await expect.element(page.getByRole('spinbutton', { name: `${gas.name}, may be missing, %` })).toBeVisible();
    transport.answer({ 'site.save': () => refuse('bad-site', { path: 'coefficients', problem: 'names gas "x"' }) });
    await page.getByRole('spinbutton', { name: `${gas.name}, may be missing, %` }).fill('0');
    await userEvent.keyboard('{Tab}');
    await page.getByRole('button', { name: 'Save with the site' }).click();
    await vi.waitFor(() => expect(text()).toContain('names gas "x"'));
    expect(stores.doubts.edited).toBe(true);
    transport.answer({ 'site.save': ({ site }) => ({ name: site.name, notes: [] }) });
    await page.getByRole('button', { name: 'Save with the site' }).click();
    await vi.waitFor(() => expect(stores.doubts.edited).toBe(false));
    expect((asked('site.save').at(-1) as { site: SitePayload }).site).not.toHaveProperty('coefficients');
    await expect.element(page.getByText('Nothing is doubted yet', { exact: false })).toBeVisible();
  });

  it('is left out of one plan by a word', async () => {
    const { asked } = await shown({ 'site.get': doubtedSite });
    await page.getByRole('radio', { name: 'Trusted' }).click();
    await page.getByRole('button', { name: 'Plan with these' }).first().click();
    await vi.waitFor(() => expect(asked('plan.make')[0]).toMatchObject({ coefficients: 'trusted' }));
  });
});

describe('the worst day of the set', () => {
  const replay = async (change: Parameters<typeof replayFixture>[0] = {}) => {
    const view = await shown({ 'plan.replayWorst': () => replayFixture(change) });
    await page.getByRole('radio', { name: 'Of the set' }).click();
    expect(pane('Worst day')).toContain(
      'Nearest to breaking is EV pool energy at 23:45–24:00: the worst day takes 45.25 kWh',
    );
    expect(pane('Worst day')).toMatch(/Load, off at 19:00–19:15 by \+31\.5 kW/);
    await page.getByRole('button', { name: 'Replay it' }).click();
    return view;
  };

  it('names limit, hour and component, lists the other adversaries, and replays to the robust cost', async () => {
    const { asked } = await replay();
    await expect.element(page.getByText('exactly the robust cost of the plan', { exact: false })).toBeVisible();
    expect(asked('plan.replayWorst')).toEqual([{ planId: 'plan-0001' }]);
    expect(pane('Worst day')).toContain('No limit breaks');
    const rows = document.querySelectorAll('[data-pane="Worst day"] table tbody tr');
    expect([...rows].map((row) => row.querySelector('th')?.textContent)).toEqual([
      'Market prices',
      'Units not delivering',
      'Batteries less efficient',
      'Cars off plan',
      'Voltage of the feeder',
    ]);
    expect(document.querySelector('[data-pane="Worst day"] [data-exception]')).toBeNull();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('marks nothing where other limits may give the day up', async () => {
    await replay({ asStored: { brokenSlots: 0, firstSlot: null, limit: '', unservedKwh: 2, givenUpSlots: 4 } });
    expect(pane('Worst day')).toMatch(/That limit holds; others may give the day up, and do in 4 slots/);
    expect(document.querySelector('[data-pane="Worst day"] [data-exception]')).toBeNull();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('marks a plan that does not stand it, and a cost that is not the robust one', async () => {
    await replay({
      asStored: { brokenSlots: 2, firstSlot: 76, limit: 'supply is 3 kW short', unservedKwh: 1.5, givenUpSlots: 0 },
      cost: { replayed: 840, planned: 828.77, items: [] },
    });
    await expect.element(page.getByText('2 slots break', { exact: false })).toBeVisible();
    expect(document.querySelectorAll('[data-pane="Worst day"] [data-exception="1"]')).toHaveLength(2);
    expect(await accessibilityFaults()).toEqual([]);
  });
});
