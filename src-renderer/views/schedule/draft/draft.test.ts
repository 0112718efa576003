/** The what-if panel: typing, refusing, undoing, solving, relaxing, keeping, without accessibility faults. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { accessibilityFaults } from '../../../charts/fixtures/accessibility.ts';
import { showView } from '../../../charts/fixtures/show-view.ts';
import { deskFixture, jobFixture } from '../../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../../stores/fixtures/fixture-transport.ts';
import { planFixture, summaryOf } from '../../../stores/fixtures/plan-fixture.ts';
import ScheduleView from '../ScheduleView.svelte';

const base = planFixture();
const edit = { field: 'gas.maxKw', id: 'g1', value: 700, fromSlot: 68, toSlot: 79 } as const;
const drafted = planFixture({ id: 'plan-0002', whatIf: { planId: base.id, edits: [edit], sentences: ['Gas unit 1'] } });

async function opened(changes: Parameters<typeof fixtureTransport>[0] = {}) {
  const transport = fixtureTransport({
    'desk.state': () => deskFixture({ plans: [summaryOf(base), summaryOf(drafted)] }),
    'plan.get': ({ planId }) => (planId === drafted.id ? drafted : base),
    ...changes,
  });
  const { stores } = await showView(ScheduleView, transport);
  await expect.poll(() => stores.plan.current.value?.id).toBe(base.id);
  await page.getByRole('button', { name: /What if/ }).click();
  await expect.element(page.getByRole('region', { name: 'What if' })).toBeVisible();
  return { stores, transport };
}
const region = () => page.getByRole('region', { name: 'What if' });
const value = () => region().getByLabelText(/^Value/);
async function type(text: string) {
  await value().fill(text);
  await userEvent.keyboard('{Enter}');
}
const shown = () => document.querySelector('[data-pane="What if"]')!.textContent.replace(/\s+/g, ' ');
const end = (transport: { emit: (name: string, payload: unknown) => void }, change: Parameters<typeof jobFixture>[0]) =>
  transport.emit('job', jobFixture({ id: 'draft-1', kind: 'draft', ...change }));

describe('the what-if panel', () => {
  it('empty: says that nothing is changed, and why nothing can be solved yet', async () => {
    await opened();
    await expect.element(region().getByText(/Nothing is changed yet\. The plan stays/)).toBeVisible();
    await expect
      .element(region().getByRole('button', { name: 'Solve' }))
      .toHaveAccessibleDescription('Nothing is changed yet.');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('loading and error: what can be changed is read, or not', async () => {
    const { transport, stores } = await opened({ 'plan.editable': never });
    await expect.element(region().getByRole('status', { name: 'Loading what can be changed' })).toBeInTheDocument();
    transport.answer({ 'plan.editable': () => refuse('plan-not-found', { id: base.id }) });
    await stores.draft.readAgain();
    await expect.element(region().getByText('plan-not-found')).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('takes the range selected in a chart and a typed value, marks it on the axis, and refuses what cannot be', async () => {
    const { stores } = await opened();
    stores.slotRange.set(68, 79);
    await expect.element(region().getByLabelText('Until')).toHaveValue('20:00');
    await type('2000');
    await expect.element(region().getByRole('alert')).toHaveTextContent('Give a number: 0 kW to 1,000 kW.');
    expect(stores.draft.edits).toEqual([]);
    await type('700');
    expect(stores.draft.edits).toEqual([edit]);
    expect(shown()).toContain('Gas unit 1 Greatest output 700 kW 17:00–20:00, was 1,000 kW');
    expect(document.querySelectorAll('[data-pane="Dispatch"] [data-draft-mark]')).toHaveLength(1);
    expect(document.querySelector('[data-pane="Dispatch"] [data-draft-mark] title')?.textContent).toContain('700');
    await region().getByLabelText('Until').fill('16:00');
    await type('600');
    await expect.element(region().getByRole('alert')).toHaveTextContent('The change must end after it begins.');
    expect(stores.draft.edits).toHaveLength(1);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('types a share in percent, α for the whole day, and an outage without a value', async () => {
    const { stores } = await opened();
    await region().getByLabelText('Of').selectOptions('Airport');
    await type('71');
    await region().getByLabelText('Of').selectOptions('Protection α');
    expect(region().getByLabelText('From').query()).toBeNull();
    await type('6');
    await region().getByLabelText('Of').selectOptions('Gas unit 1');
    await region().getByLabelText('Number').selectOptions('Out of service');
    await region()
      .getByRole('button', { name: /Add the change/ })
      .click();
    expect(stores.draft.edits).toEqual([
      { field: 'aggregator.departureShare', id: 'a3', value: 0.71, fromSlot: 0, toSlot: 95 },
      { field: 'protection', value: 6 },
      { field: 'gas.outOfService', id: 'g1', fromSlot: 0, toSlot: 95 },
    ]);
    expect(document.querySelectorAll('[data-pane="Aggregators"] [data-draft-mark]')).toHaveLength(1);
  });

  it('undoes and redoes every change, and a new one ends the redo', async () => {
    const { stores } = await opened();
    const { draft } = stores;
    await type('700');
    await type('600');
    await region()
      .getByRole('button', { name: /Remove the change 1/ })
      .click();
    expect(draft.edits).toHaveLength(1);
    draft.undo();
    draft.undo();
    expect(draft.edits).toHaveLength(1);
    draft.redo();
    expect(draft.edits).toHaveLength(2);
    draft.undo();
    await type('500');
    expect(draft.whyNotRedo).not.toBeNull();
  });

  it('solves, shows the consequence beside the plan of before, and keeps it by the usual approval', async () => {
    const { stores, transport } = await opened();
    stores.slotRange.set(68, 79);
    await type('700');
    expect(stores.draft.whyNotApprove).toContain('not solved yet');
    await region().getByRole('button', { name: 'Solve' }).click();
    end(transport, { state: 'done', result: { planId: drafted.id } });
    await expect.element(region().getByRole('status', { name: 'Consequence' })).toBeVisible();
    expect(shown()).toContain('+18.5 EUR, +1.20 % points chance of a violation, 12 slots changed');
    expect(shown()).toContain('Airport, 07:00: leaves with 120.0 kWh instead of 126.0 kWh');
    expect(transport.calls.find(({ name }) => name === 'plan.draft')?.payload).toMatchObject({
      planId: base.id,
      edits: [edit],
    });
    expect(stores.plan.current.value?.id).toBe(drafted.id);
    expect(stores.ghost.chosenId).toBe(base.id);
    expect(await accessibilityFaults()).toEqual([]);
    await region()
      .getByRole('button', { name: /Keep as the plan/ })
      .click();
    await expect.poll(() => stores.approval.asked).toBe('day');
    stores.approval.asked = null;
    // A further change makes the result one of before.
    stores.draft.add({ field: 'protection', value: 5 });
    await expect.element(region().getByText(/not solved yet; the schedule shown/)).toBeVisible();
    await region().getByRole('button', { name: 'Discard the what-if' }).click();
    await expect.poll(() => stores.plan.current.value?.id).toBe(base.id);
    expect(stores.draft.edits).toEqual([]);
  });

  it('infeasible: says what conflicts and applies the least change that would do', async () => {
    const { stores, transport } = await opened();
    await type('100');
    await region().getByRole('button', { name: 'Solve' }).click();
    const relax = [
      { replaces: 0, edit: { ...edit, value: 430 }, sentence: 'Raise Gas unit 1: greatest output to 430 kW.' },
    ];
    const why = 'At 19:00 a demand of 900 kW must be met; all supply gives at most 850 kW.';
    const error = { code: 'plan-infeasible', message: why, next: '', details: { why, conflict: [], relax } };
    end(transport, { state: 'failed', error });
    await expect.element(region().getByText(why)).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    transport.answer({ 'plan.draft': () => ({ jobId: 'draft-2' }) });
    await region()
      .getByRole('button', { name: /Relax: Raise Gas unit 1/ })
      .click();
    expect(stores.draft.edits).toEqual([{ ...edit, value: 430 }]);
    await vi.waitFor(() => expect(transport.calls.filter(({ name }) => name === 'plan.draft')).toHaveLength(2));
  });

  it('takes up a what-if of earlier where it was left', async () => {
    const { stores } = await opened();
    await stores.plan.open(drafted.id);
    await expect.poll(() => stores.draft.edits).toEqual([edit]);
    expect(stores.draft.baseId).toBe(base.id);
    expect(stores.draft.solvedId).toBe(drafted.id);
  });
});
