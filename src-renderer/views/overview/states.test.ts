import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { deskFixture, emptyDeskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import {
  exceptionFixture,
  fixtureDay,
  fixtureNowMs,
  planFixture,
  summaryOf,
} from '../../stores/fixtures/plan-fixture.ts';
import { expectAccessible, expectState, stage, type Staged } from '../../stores/fixtures/stage.ts';
import { troubledRunsFixture } from '../../stores/fixtures/runs-fixture.ts';
import { batchesFixture } from '../../stores/fixtures/telemetry-fixture.ts';
import OverviewView from './OverviewView.svelte';

const exceptionMarks = (container: Element): number => container.querySelectorAll('[data-exception]').length;

/** The frame opens the plan that belongs on the desk; here the test does. */
async function staged(answers: Parameters<typeof stage>[1] = {}): Promise<Staged> {
  const shown = await stage(OverviewView, answers);
  await expect.poll(() => shown.stores.desk.state.busy).toBe(false);
  if (shown.stores.desk.state.value !== null) await shown.stores.plan.open();
  return shown;
}

test('full and healthy: plan, measures, freshness; nothing wears an exception colour', async () => {
  const { container } = await staged();
  await expectState(container, 'full');
  await expect.element(page.getByRole('heading', { name: /has a draft plan/ })).toBeVisible();
  expect(container.querySelectorAll('[data-bullet]')).toHaveLength(5);
  await expect.element(page.getByText('On 47 of 1,000 days drawn, some limit would break.')).toBeVisible();
  await expect.element(page.getByText('Nothing needs a decision.')).toBeVisible();
  expect(exceptionMarks(container)).toBe(0);
  await expectAccessible(container);
});

test('full with findings: 200 of one cause are seven rows and a remainder', async () => {
  const exceptions = Array.from({ length: 200 }, () => exceptionFixture());
  const { container, stores } = await staged({ 'plan.get': () => planFixture({ exceptions }) });
  await expect.element(page.getByText('and 193 more from the same cause')).toBeVisible();
  expect(container.querySelectorAll('[data-exception-row]')).toHaveLength(7);
  await expectAccessible(container);
  await page
    .getByRole('button', { name: /Show the reserve/ })
    .first()
    .click();
  expect(stores.route.screen).toBe('schedule');
  expect(stores.cursor.slot).toBe(74);
});

test('what concerns one slot has its beginning and its end; two series of a kind have their names', async () => {
  const exceptions = [exceptionFixture({ fromSlot: 10, toSlot: 10 })];
  const desk = deskFixture();
  const [first] = desk.freshness;
  const freshness = [...desk.freshness, { ...first!, name: 'Second feeder' }];
  await staged({
    'plan.get': () => planFixture({ exceptions }),
    'desk.state': () => ({ ...desk, freshness }),
  });
  await expect.element(page.getByText('02:30–02:45', { exact: false })).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Second feeder/ })).toBeVisible();
});

test('empty: says what is missing and offers the demo and the import', async () => {
  const { container, stores, transport } = await staged({ 'desk.state': () => emptyDeskFixture() });
  await expectState(container, 'empty');
  await expectAccessible(container);
  expect(exceptionMarks(container)).toBe(0);
  await page.getByRole('button', { name: 'Load the demo' }).click();
  await expect.poll(() => transport.calls.map((call) => call.name)).toContain('desk.loadDemo');
  await page.getByRole('button', { name: 'Define your own site …' }).click();
  expect(stores.site.open).toBe(true);
  await expect
    .element(page.getByRole('button', { name: 'Import telemetry' }))
    .toHaveAttribute('title', 'A site must be set up first: its zone and units decide how a file is read.');
  expect(stores.import.open).toBe(false);
});

test('a site without telemetry: the import is the way on', async () => {
  const { stores } = await staged({
    'desk.state': () => ({ ...deskFixture(), tomorrow: null, freshness: [], plans: [] }),
  });
  await page.getByRole('button', { name: 'Import telemetry' }).click();
  expect(stores.route.screen).toBe('telemetry');
  expect(stores.import.open).toBe(true);
});

test('no plan yet: one big action, which Enter presses; the four phases show while it runs', async () => {
  const { container, transport } = await staged({ 'desk.state': () => deskFixture({ plans: [] }) });
  await expect.element(page.getByRole('heading', { name: /is not planned/ })).toBeVisible();
  const action = page.getByRole('button', { name: /Plan tomorrow/ });
  await expect.element(action).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => transport.calls.filter((call) => call.name === 'plan.make')).toHaveLength(1);
  transport.emit('job', jobFixture());
  for (const phase of ['Import check', 'Fit sets', 'Solve', 'Out-of-sample test'])
    await expect.element(page.getByText(phase)).toBeVisible();
  await expect.element(action).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(container);
});

test('the focus is not taken from where the operator already is', async () => {
  const field = document.body.appendChild(document.createElement('input'));
  field.focus();
  await staged({ 'desk.state': () => deskFixture({ plans: [] }) });
  await expect.element(page.getByRole('button', { name: /Plan tomorrow/ })).toBeVisible();
  expect(document.activeElement).toBe(field);
  field.remove();
});

test('an approved plan is not said to wait for approval', async () => {
  await staged({ 'plan.get': () => planFixture({ status: 'approved' }) });
  await expect.element(page.getByText('Still open; the plan is approved')).toBeVisible();
  expect(document.body.textContent).not.toContain('before the plan is approved');
});

test('a plan that cannot be made says why and what next, with its code', async () => {
  const { container } = await staged({
    'desk.state': () => deskFixture({ plans: [] }),
    'plan.make': () => refuse('plan-infeasible', { day: fixtureDay, why: 'Old town cannot reach 300 kWh by 07:00' }),
  });
  await page.getByRole('button', { name: /Plan tomorrow/ }).click();
  await expectState(container, 'error');
  await expect.element(page.getByText(/Old town cannot reach 300 kWh by 07:00/)).toBeVisible();
  await expect.element(page.getByText('plan-infeasible')).toBeVisible();
  await expectAccessible(container);
});

test('loading: nothing at first, after a second the skeleton of the final layout', async () => {
  const shown = await stage(OverviewView, { 'desk.state': never });
  await expectState(shown.container, 'loading');
  expect(shown.container.querySelector('.skeleton')).toBeNull();
  await expect.poll(() => shown.container.querySelector('.skeleton'), { timeout: 3000 }).not.toBeNull();
  await expectAccessible(shown.container);
});

test('stale: telemetry newer than the plan is said, the plan is hatched and re-planning offered', async () => {
  const later = [{ ...batchesFixture[0]!, importedAtMs: fixtureNowMs + 60_000 }];
  const { container } = await staged({ 'telemetry.batches': () => later });
  await expectState(container, 'stale');
  await expect.element(page.getByText(/telemetry was imported after it/).first()).toBeVisible();
  expect(container.querySelectorAll('.panel.stale').length).toBeGreaterThan(0);
  await expect.element(page.getByRole('button', { name: /Re-plan tomorrow/ })).toBeVisible();
  await expectAccessible(container);
});

test('stale: a site changed since the plan was made is said', async () => {
  const site = { ...deskFixture().site!, savedAtMs: fixtureNowMs + 60_000 };
  const { container } = await staged({ 'desk.state': () => deskFixture({ site }) });
  await expectState(container, 'stale');
  await expect.element(page.getByText(/the site was changed after it/).first()).toBeVisible();
});

test('stale: a fill rule changed since the plan was made is said', async () => {
  const fillRulesSavedAtMs = fixtureNowMs + 60_000;
  const { container } = await staged({ 'desk.state': () => deskFixture({ fillRulesSavedAtMs }) });
  await expectState(container, 'stale');
  await expect.element(page.getByText(/a fill rule was changed after it/).first()).toBeVisible();
});

test('error: the refusal with its next step, and trying again reads again', async () => {
  let broken = true;
  const { container } = await staged({
    'desk.state': () =>
      broken ? refuse('database-broken', { file: 'riverside.db', problem: 'disk image is malformed' }) : deskFixture(),
  });
  await expectState(container, 'error');
  await expect.element(page.getByText('database-broken')).toBeVisible();
  await expectAccessible(container);
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a plan that cannot be opened is not called missing', async () => {
  const { container } = await staged({
    'plan.get': () => refuse('plan-corrupt', { id: 'plan-0001', problem: 'hash' }),
  });
  await expect.element(page.getByRole('heading', { name: /has a plan that cannot be opened/ })).toBeVisible();
  await expect.element(page.getByText('plan-corrupt')).toBeVisible();
  await expectAccessible(container);
});

test('a 23-hour day has 92 rows in the table twin, reached by its button', async () => {
  const day = '2023-03-26';
  const plan = planFixture({}, day);
  const { container } = await staged({
    'desk.state': () => deskFixture({ tomorrow: day, plans: [summaryOf(plan)] }),
    'plan.get': () => plan,
  });
  await page.getByRole('button', { name: /Table/ }).click();
  expect(container.querySelectorAll('[data-table] tbody tr')).toHaveLength(92);
  expect(container.textContent).not.toContain('02:15');
  await expectAccessible(container);
});

test('what ran before this session is listed with its outcome; a lost run wears its mark', async () => {
  const { container, transport } = await staged({ 'runs.list': () => ({ total: 4, runs: troubledRunsFixture }) });
  await expect.poll(() => container.querySelectorAll('[data-run]')).toHaveLength(4);
  const rows = [...container.querySelectorAll('[data-run]')].map((row) => row.textContent.replaceAll(/\s+/g, ' '));
  expect(rows[0]).toContain('812.40 USD, gap 0.30 %');
  expect(rows[1]).toContain('failed, done since: No plan exists.');
  expect(container.querySelectorAll('[data-run] [data-exception="1"]')).toHaveLength(0);
  expect(rows[2]).toContain('lost');
  expect(rows[3]).toContain('cancelled');
  expect(rows[2]).toContain('not known');
  transport.answer({ 'runs.list': () => ({ total: 3, runs: troubledRunsFixture.slice(1) }) });
  transport.emit('changed', { what: 'runs' });
  await expect.poll(() => container.querySelectorAll('[data-run] [data-exception="1"]')).toHaveLength(1);
  transport.answer({ 'runs.list': () => ({ total: 0, runs: [] }) });
  transport.emit('changed', { what: 'runs' });
  await expect.element(page.getByText('Nothing has been run yet.')).toBeVisible();
  await expectAccessible(container);
});
