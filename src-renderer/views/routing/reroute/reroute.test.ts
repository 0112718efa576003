/** What-ifs of routes and rents: demanded, undone, solved, refused, approved. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../../src-main/contract/calls.ts';
import type { SmsOverridePayload } from '../../../../src-main/contract/sms-overrides.ts';
import type { SmsPlanPayload } from '../../../../src-main/contract/sms.ts';
import { state, text } from '../../../charts/fixtures/show-view.ts';
import { accessibilityFaults } from '../../../charts/fixtures/accessibility.ts';
import { jobFixture } from '../../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, refuse } from '../../../stores/fixtures/fixture-transport.ts';
import { smsPlanFixture, smsSummaryOf } from '../../../stores/fixtures/sms-fixture.ts';
import { ready, show } from '../fixtures/routing.ts';

const opened = async (transport = fixtureTransport()) => {
  const shown = await show(transport);
  await ready();
  await page.getByRole('button', { name: /What if/ }).click();
  return shown;
};

describe('the what-if of routes and rents', () => {
  it('demands are typed, undone, redone, and solved against the plan before', async () => {
    const before = smsPlanFixture();
    const after = smsPlanFixture({ id: 'after', basedOn: before.id, owner: { ...before.owner, profit: 88.5 } });
    after.trucks[1]!.terminal = Float64Array.from({ length: 24 }, () => 0);
    const plans: SmsPlanPayload[] = [before];
    const { stores, transport } = await opened(
      fixtureTransport({
        'sms.list': () => plans.map(smsSummaryOf),
        'sms.get': ({ planId }) => plans.find(({ id }) => id === planId)!,
      }),
    );
    await page.getByLabelText('Truck', { exact: true }).selectOptions('Truck 2');
    await page.getByLabelText('Place', { exact: true }).selectOptions('South depot');
    await page.getByLabelText(/^From/).fill('08:00');
    await page.getByLabelText(/^Until/).fill('07:00');
    await page.getByRole('button', { name: /Add the demand/ }).click();
    expect(text()).toContain('must end after it begins');
    await page.getByLabelText(/^Until/).fill('20:00');
    await userEvent.keyboard('{Enter}');
    const pin: SmsOverridePayload = { kind: 'pin', truck: 'truck-2', terminal: 'depot', fromSlot: 8, untilSlot: 20 };
    expect(stores.reroute.demands).toEqual([pin]);
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(stores.reroute.demands).toEqual([]);
    await page.getByRole('button', { name: 'Redo' }).click();
    expect(stores.reroute.demands).toEqual([pin]);
    plans.push(after);
    await page.getByRole('button', { name: /Re-route/ }).click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'sms.make')?.payload).toMatchObject({
        overrides: [pin],
        basedOn: before.id,
      }),
    );
    const round = before.rounds[0]!;
    transport.emit('sms-round', { jobId: 'sms-1', round });
    transport.emit('job', jobFixture({ id: 'sms-1', kind: 'sms', state: 'done', result: { planId: 'after' } }));
    await vi.waitFor(() => expect(text()).toContain('−11.50 USD owner’s profit'));
    expect(text()).toContain('11 truck slots elsewhere');
    expect(stores.reroute.solvedId).toBe('after');
    expect(stores.reroute.whyNotUndo).toBeNull();
    await page.getByRole('button', { name: /Approve as the plan/ }).click();
    expect(stores.approval.asked).toBe('trucks');
    plans[1] = { ...after, status: 'approved' };
    expect(await stores.routing.approve('driver ill')).toBeNull();
    expect(transport.calls.find(({ name }) => name === 'sms.approve')?.payload).toEqual({
      planId: 'after',
      reason: 'driver ill',
    });
    await vi.waitFor(() => expect(stores.reroute.open).toBe(false));
    expect(stores.reroute.demands).toEqual([]);
    expect(stores.routing.whyNotApprove).toBe('This plan of trucks is already approved.');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('a demand that cannot be met is named, with the reason', async () => {
    const { stores } = await opened(
      fixtureTransport({
        'sms.make': () =>
          refuse('plan-infeasible', {
            day: '2023-06-15',
            why: 'demand 2 (pin) leaves Truck 2 no way through the day.',
          }),
      }),
    );
    stores.reroute.add({ kind: 'forbid-truck', truck: 'truck-1' });
    stores.reroute.add({ kind: 'pin', truck: 'truck-2', terminal: 'port', fromSlot: 0, untilSlot: 24 });
    await stores.reroute.solve();
    await state('infeasible');
    expect(text()).toContain('Demand 2 (pin) leaves Truck 2 no way through the day.');
    expect(text()).toContain('Truck 2 stands at Port, 00:00–24:00');
    expect(document.querySelectorAll('li.culprit')).toHaveLength(1);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('rents, reservations and roads are demanded in words the core takes', async () => {
    const { stores } = await opened();
    const add = page.getByRole('button', { name: /Add the demand/ });
    await page.getByLabelText('Demand', { exact: true }).selectOptions('Cap a rent');
    await add.click();
    expect(text()).toContain('Give a rent of 0 or more');
    await page.getByLabelText('Rent, USD/kWh').fill('0,04');
    await add.click();
    await page.getByLabelText('Demand', { exact: true }).selectOptions('Reserve a truck for a grid');
    await page.getByLabelText('Grid', { exact: true }).selectOptions('Port grid');
    await add.click();
    await page.getByLabelText('Demand', { exact: true }).selectOptions('Close a road');
    await page.getByLabelText('Road', { exact: true }).fill('Nowhere Lane');
    await add.click();
    expect(text()).toContain('There is no road named “Nowhere Lane”');
    await page.getByLabelText('Road', { exact: true }).fill('East Street');
    await add.click();
    const { demands } = stores.reroute;
    expect(demands[0]).toEqual({ kind: 'cap-price', grid: 'grid-1', rentPerKwh: 0.04, fromSlot: 0, untilSlot: 24 });
    expect(demands[1]).toEqual({ kind: 'reserve-truck', truck: 'truck-1', grid: 'grid-2', fromSlot: 0, untilSlot: 24 });
    expect(demands[2]?.kind === 'close-road' ? demands[2].links : []).toHaveLength(24);
    const schema = calls['sms.make'].request.shape.overrides;
    expect(schema.safeParse(demands).error).toBeUndefined();
  });
});
