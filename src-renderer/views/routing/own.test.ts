/** The site's own trucks on the routing screen: shown over the roads, demanded otherwise, re-routed with the schedule. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { state, text } from '../../charts/fixtures/show-view.ts';
import { jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { comparisonFixture } from '../../stores/fixtures/draft-fixture.ts';
import { fixtureTransport, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { ownPlanFixture, routesFixture } from '../../stores/fixtures/routes-fixture.ts';
import { trafficFixture } from '../../stores/fixtures/sms-fixture.ts';
import { line, placeOf, ready, show, slider } from './fixtures/routing.ts';

const owned = (changes: Parameters<typeof fixtureTransport>[0] = {}) =>
  fixtureTransport({
    'plan.get': () => ownPlanFixture(),
    'routes.get': () => routesFixture(),
    'routes.traffic': () => trafficFixture(),
    'routes.export': () => ({ fileName: 'itinerary.csv', text: 'truck' }),
    ...changes,
  });

const open = async (transport = owned()) => {
  const shown = await show(transport);
  await shown.stores.plan.open();
  await ready();
  return shown;
};

describe('own trucks on the routing screen', () => {
  it('has fixtures that fit the contract', () => {
    expect(calls['routes.get'].response.safeParse(routesFixture()).error).toBeUndefined();
  });

  it('shows map, day, trucks and what they cost and save, without rents', async () => {
    await open();
    await state('full');
    for (const words of [
      '© Square town surveyors',
      'Utilisation of Truck 1',
      'What they cost and save',
      'Energy elsewhere',
    ])
      expect(text()).toContain(words);
    expect(text()).not.toContain('Earned so far');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('one time moves map, day and slider, by quarter hours and by minutes', async () => {
    await open();
    (slider().element() as HTMLElement).focus();
    await userEvent.keyboard('{PageDown}');
    const leaving = placeOf(1);
    await userEvent.keyboard('{ArrowRight}');
    expect(placeOf(1)).not.toBe(leaving);
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '01:05');
    (line().element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{ArrowRight}');
    await expect.element(line()).toHaveAttribute('aria-valuetext', '00:15–00:30');
  });

  it('the day has its itinerary as a table', async () => {
    await open();
    document.querySelector<HTMLElement>('[data-pane="Day of the trucks"] [data-twin]')!.click();
    const legs = routesFixture().trucks.reduce((sum, { legs: own }) => sum + own.length, 0);
    await vi.waitFor(() =>
      expect(document.querySelectorAll('[data-pane="Day of the trucks"] tbody tr')).toHaveLength(legs),
    );
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('a demand is an edit of the schedule: typed in whole steps, solved, kept', async () => {
    const { stores, transport } = await open();
    await page.getByRole('button', { name: /What if/ }).click();
    await expect.element(page.getByText('Own trucks ask no rent, so there is none to cap or fix.')).toBeVisible();
    await page.getByLabelText('Truck', { exact: true }).selectOptions('Truck 2');
    await page.getByLabelText('Place', { exact: true }).selectOptions('Mill');
    await page.getByLabelText(/^From/).fill('08:15');
    await page.getByLabelText(/^Until/).fill('10:00');
    await page.getByRole('button', { name: /Add the demand/ }).click();
    expect(text()).toContain('Trucks move in steps of 60 minutes');
    expect(stores.draft.edits).toEqual([]);
    await page.getByLabelText(/^From/).fill('08:00');
    await userEvent.keyboard('{Enter}');
    const place = routesFixture().terminals.find(({ name }) => name === 'Mill')!.id;
    const pin = { field: 'truck.pin', id: 'truck-2', place, fromSlot: 32, toSlot: 39 };
    expect(stores.draft.edits).toEqual([pin]);
    expect(text()).toContain('Truck 2 stands at Mill');
    expect(await accessibilityFaults()).toEqual([]);
    const moves = {
      kind: 'truck',
      id: 'truck-2',
      name: 'Truck 2',
      slots: 8,
      fromSlot: 32,
      toSlot: 39,
      largestKw: 40,
    } as const;
    transport.answer({
      'plan.get': ({ planId }) => ownPlanFixture({ id: planId }),
      'plan.compare': () => comparisonFixture({ resources: [{ ...moves, energyKwh: -60 }] }),
    });
    await page.getByRole('button', { name: /Re-route/ }).click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'plan.draft')?.payload).toMatchObject({ edits: [pin] }),
    );
    transport.emit('job', jobFixture({ id: 'draft-1', kind: 'draft', state: 'done', result: { planId: 'after' } }));
    await vi.waitFor(() => expect(text()).toContain('cost of the day'));
    expect(stores.draft.solvedId).toBe('after');
    const moved = page.getByRole('table', { name: 'What the trucks do otherwise at the site' });
    const heads = moved
      .getByRole('columnheader')
      .elements()
      .map((head) => head.textContent.replace(/\s+/g, ' '));
    expect(heads).toEqual(['Truck', 'Slots changed', 'Net energy given, change kWh']);
    await page.getByRole('button', { name: /Keep as the plan/ }).click();
    await vi.waitFor(() => expect(stores.approval.asked).toBe('day'));
  });

  it('a demand that leaves no way is named', async () => {
    const why = 'change 1 leaves Truck 2 no way through the day.';
    const { stores } = await open(
      owned({ 'plan.draft': () => refuse('plan-infeasible', { day: '2023-06-15', why, conflict: [] }) }),
    );
    stores.draft.open = true;
    stores.draft.add({ field: 'truck.keepAway', id: 'truck-2', place: 'depot', fromSlot: 0, toSlot: 95 });
    await stores.draft.solve();
    await state('infeasible');
    expect(text()).toContain('Change 1 leaves Truck 2 no way through the day.');
    expect(document.querySelectorAll('li.culprit')).toHaveLength(1);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('empty: where the schedule has none, it offers to plan with them, and leads back to the rented', async () => {
    const { stores, transport } = await show(fixtureTransport());
    await stores.plan.open();
    stores.ownRoutes.wish = 'own';
    await state('empty');
    expect(text()).toContain('The schedule on the desk has no trucks.');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: /Plan the day with own trucks/ }).click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'plan.make')?.payload).toMatchObject({
        trucks: { mode: 'owned' },
      }),
    );
    await page.getByRole('radio', { name: 'Rented' }).click({ force: true });
    await ready();
    expect(text()).toContain('owner’s profit');
  });
});
