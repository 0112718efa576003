/** What plans are made for: the choice, the table of what each objective sacrifices, and what the plan shown was made for. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import { objectiveComparison, type ObjectiveComparisonPayload } from '../../../src-main/contract/objectives.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { sweepFixture } from '../../charts/fixtures/sweep.ts';
import { jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { planFixture } from '../../stores/fixtures/plan-fixture.ts';
import RiskView from './RiskView.svelte';

const line = (objective: 'cost' | 'deviation' | 'renewables', values: number[]) => ({
  objective,
  state: 'solved' as const,
  problem: '',
  values,
  atBest: NaN,
  acLossKwh: NaN,
  passed: true,
});
const comparison = (): ObjectiveComparisonPayload => ({
  day: '2023-06-15',
  currency: 'USD',
  kinds: ['cost', 'loss', 'deviation', 'renewables'],
  lines: [
    line('cost', [800, 40, 500, 90]),
    { ...line('cost', []), objective: 'loss', state: 'failed', problem: 'time ran out', passed: false },
    {
      ...line('deviation', [860, 45, 310, 95]),
      state: 'limited',
      problem: '60 s were not enough to find the best',
      atBest: 300,
    },
    line('renewables', [805, 41, 480, 100]),
  ],
  missing: [{ objective: 'generation', why: 'there is no gas unit' }],
  seconds: 12,
});

type Changes = Parameters<typeof fixtureTransport>[0];
async function shown(changes: Changes = {}) {
  const objectives = {
    ...planFixture().objectives,
    wish: {
      rule: 'lexicographic' as const,
      order: [
        { objective: 'cost' as const, tolerance: 0 },
        { objective: 'deviation' as const, tolerance: 0.02 },
      ],
    },
    steps: [{ objective: 'deviation' as const, reached: 333.5, kept: null, atBest: 320 }],
    values: [
      { objective: 'cost' as const, value: 812 },
      { objective: 'deviation' as const, value: 333.5 },
    ],
  };
  const view = await showView(
    RiskView,
    fixtureTransport({
      'plan.get': () => planFixture({ objectives }),
      'risk.curves': () => [sweepFixture()],
      'plan.compareObjectives': () => ({ jobId: 'compare-1' }),
      ...changes,
    }),
  );
  await state('full');
  const asked = (name: string) =>
    view.transport.calls.filter((call) => call.name === name).map(({ payload }) => payload);
  return { ...view, asked };
}
const pane = (): string =>
  document
    .querySelector('[data-pane="What each objective sacrifices"]')!
    .textContent.replaceAll(/\s+/g, ' ')
    .replaceAll(/ ([.,;])/g, '$1');

describe('what each objective sacrifices', () => {
  it('shows what a plan of each is worth by all, what the chosen one takes from the others, and what could not be solved', async () => {
    expect(objectiveComparison.safeParse(comparison()).error).toBeUndefined();
    const { transport, asked } = await shown();
    await page.getByRole('button', { name: 'Solve for each objective' }).click();
    await vi.waitFor(() => expect(asked('plan.compareObjectives')).toHaveLength(1));
    expect(calls['plan.compareObjectives'].request.safeParse(asked('plan.compareObjectives')[0]).error).toBeUndefined();
    transport.emit('job', jobFixture({ id: 'compare-1', kind: 'compare', state: 'done', result: comparison() }));
    const table = page.getByRole('table', { name: /best in one objective/ });
    await expect.element(table.getByRole('row', { name: /^Largest deviation/ })).toBeVisible();
    expect(table.getByRole('row', { name: /^Largest deviation/ }).element().textContent).toContain('860');
    expect(pane()).toContain('Power loss: time ran out.');
    expect(pane()).toContain(
      'Largest deviation: 60 s were not enough to find the best. No plan has less than 300.0 kW.',
    );
    expect(pane()).toContain('Generation cost: there is no gas unit.');
    await table.getByRole('rowheader', { name: 'Largest deviation' }).click();
    await vi.waitFor(() => expect(pane()).toContain('Largest deviation at its best sacrifices 60.0'));
    expect(pane()).toContain('5.00 % of renewables used');
    await expect.element(page.getByRole('img', { name: /Every plan between best and worst/ })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('plans for an order with what may give way, or for weights, and names what the plan shown was made for', async () => {
    const { stores, asked } = await shown({ 'plan.make': () => ({ jobId: 'plan-1' }) });
    expect(pane()).toContain('made for: Cost, then largest deviation for at most 2 %.');
    expect(pane()).toContain('worth largest deviation 333.5');
    expect(pane()).toContain('before the best largest deviation was found: no plan has less than 320.0 kW.');
    await page.getByRole('radio', { name: 'One after another' }).click();
    const share = page.getByRole('spinbutton', { name: /for at most/ });
    await userEvent.fill(share, '5');
    await userEvent.keyboard('{Enter}');
    await page.getByRole('combobox', { name: 'First' }).selectOptions('renewables');
    await page.getByRole('button', { name: 'Plan for it' }).click();
    await vi.waitFor(() =>
      expect(asked('plan.make')[0]).toMatchObject({
        objectives: {
          rule: 'lexicographic',
          order: [
            { objective: 'renewables', tolerance: 0 },
            { objective: 'deviation', tolerance: 0.05 },
          ],
        },
      }),
    );
    expect(calls['plan.make'].request.safeParse(asked('plan.make')[0]).error).toBeUndefined();
    await page.getByRole('radio', { name: 'Weighted' }).click();
    const loss = page.getByRole('spinbutton', { name: 'Power loss' });
    await userEvent.fill(loss, '2');
    await userEvent.keyboard('{Enter}');
    expect(stores.settings.objectives).toEqual({
      rule: 'weighted',
      weights: [
        { objective: 'cost', weight: 1 },
        { objective: 'loss', weight: 2 },
        { objective: 'deviation', weight: 1 },
      ],
    });
    await page.getByRole('radio', { name: 'Cost', exact: true }).click();
    expect(stores.settings.objectives).toBe(null);
  });

  it('can be cancelled while it runs', async () => {
    const { transport, asked } = await shown({ 'jobs.cancel': () => ({ answered: true }) });
    await page.getByRole('button', { name: 'Solve for each objective' }).click();
    await vi.waitFor(() => expect(asked('plan.compareObjectives')).toHaveLength(1));
    transport.emit('job', jobFixture({ id: 'compare-1', kind: 'compare', state: 'running' }));
    await page.getByRole('button', { name: 'Cancel' }).first().click();
    await vi.waitFor(() => expect(asked('jobs.cancel')[0]).toEqual({ jobId: 'compare-1' }));
  });

  it('says in the panel why the core refused', async () => {
    await shown({ 'plan.compareObjectives': () => refuse('no-telemetry', { kind: 'load', period: 'June' }) });
    await page.getByRole('button', { name: 'Solve for each objective' }).click();
    await vi.waitFor(() => expect(pane()).toContain('There is no load telemetry'));
  });
});
