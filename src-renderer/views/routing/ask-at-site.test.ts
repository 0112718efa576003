import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { text } from '../../charts/fixtures/show-view.ts';
import { fixtureTransport } from '../../stores/fixtures/fixture-transport.ts';
import { smsPlanFixture } from '../../stores/fixtures/sms-fixture.ts';
import storage from '../../../db/demo/mobile-storage.json';
import type { MobileStoragePayload } from '../../../src-main/contract/mobile-storage.ts';
import { askAtSite, siteRent } from './ask-at-site.ts';
import { ready, show } from './fixtures/routing.ts';

const idle = () => {
  const plan = smsPlanFixture();
  const none = new Float64Array(24);
  const importPerKwh = Float64Array.from({ length: 24 }, (_, hour) => (hour >= 17 && hour < 20 ? 0.16 : 0.1));
  plan.grids[0] = {
    ...plan.grids[0]!,
    importPerKwh,
    chargeKw: none,
    dischargeKw: none,
    totals: { ...plan.grids[0]!.totals, rent: 0, chargeKwh: 0, dischargeKwh: 0 },
  };
  plan.trucks = plan.trucks.map((truck, index) => ({
    ...truck,
    chargeKw: none,
    dischargeKw: none,
    totals: { ...truck.totals, rent: index === 0 ? 40 : 20 },
  }));
  return plan;
};

describe('rented trucks at the site', () => {
  it('counts the stays that work there', () => {
    const plan = smsPlanFixture();
    expect(siteRent(plan, 'nowhere')).toBeNull();
    const site = siteRent(plan, plan.grids[0]!.id)!;
    expect(site.stays).toBeGreaterThan(0);
    expect(site.rent).toBe(plan.grids[0]!.totals.rent);
    expect(siteRent(idle(), plan.grids[0]!.id)!.stays).toBe(0);
  });

  it('asks for the truck that earns least, when power is dearest, at no more than half its price', () => {
    const plan = idle();
    const station = plan.terminals.find(({ grid }) => grid === 0)!.id;
    expect(askAtSite(plan, { grid: 0 })).toEqual([
      { kind: 'pin', truck: 'truck-2', terminal: station, fromSlot: 17, untilSlot: 20 },
      { kind: 'cap-price', grid: plan.grids[0]!.id, rentPerKwh: 0.08, fromSlot: 0, untilSlot: 24 },
    ]);
    expect(
      askAtSite({ ...plan, terminals: plan.terminals.map((one) => ({ ...one, grid: null })) }, { grid: 0 }),
    ).toEqual([]);
  });

  it('one press demands it, and a plan with stays is one press from the schedule that rents them', async () => {
    const siteGrid = smsPlanFixture().grids[0]!.id;
    const mobile = { 'mobile.get': () => ({ ...storage, siteGrid }) as MobileStoragePayload };
    const { stores, transport } = await show(fixtureTransport({ ...mobile, 'sms.get': idle }));
    await ready();
    await page.getByRole('button', { name: /Ask for a truck at the site/ }).click();
    expect(stores.reroute.demands.map(({ kind }) => kind)).toEqual(['pin', 'cap-price']);
    expect(stores.reroute.open).toBe(true);
    transport.answer({ 'sms.get': () => smsPlanFixture() });
    await stores.routing.open();
    await vi.waitFor(() => expect(text()).toContain('of rent.'));
    await page.getByRole('button', { name: /Plan the site with these trucks/ }).click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'plan.make')?.payload).toMatchObject({
        trucks: { mode: 'rented', planId: smsPlanFixture().id, dispatch: 'given' },
      }),
    );
    location.hash = '';
  });
});
