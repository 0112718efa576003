/** Settings of the feeder tried on the schedule that is there: shown at once, used for the next plan or kept with the site. */
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { Request } from '../../../src-main/contract/calls.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import ViewHost from '../../charts/fixtures/ViewHost.svelte';
import { fixtureTransport, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { contributionsFixture, networkFixture } from '../../stores/fixtures/network-fixture.ts';
import { siteFixture } from '../../stores/fixtures/site-fixture.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import '../../styles/base.css';
import { listChanges, withBusLimit, withCapacitor, withLineLimit, withTap } from './network-changes.ts';
import NetworkView from './NetworkView.svelte';

const placed = { feederId: null, model: 'lindistflow' as const, voltageMinPu: 0.95, voltageMaxPu: 1.05, places: [] };

/** The voltage sinks too far as planned; a tap of 1.025 pu or more mends it. */
async function trying() {
  const transport = fixtureTransport({
    'network.get': () => networkFixture(0.06),
    'network.bus': ({ bus }) => contributionsFixture(bus),
    'network.whatIf': ({ changes }) => {
      const tap = changes?.slackVoltagePu ?? 1;
      if (tap > 1.1) refuse('bad-feeder', { feeder: 'Five buses', problem: `voltages do not hold the ${tap} pu` });
      const view = networkFixture(tap >= 1.025 ? 0.03 : 0.06);
      return { ...view, changes: changes ?? {}, feeder: { ...view.feeder, slackVoltagePu: tap } };
    },
    'plan.make': () => ({ jobId: 'plan-1' }),
    'site.get': () => siteFixture({ network: placed }),
  });
  let stores!: Stores;
  await render(ViewHost, { transport, view: NetworkView, onready: (ready: Stores) => (stores = ready) });
  await vi.waitFor(() => expect(stores.desk.state.value).not.toBeNull());
  await stores.plan.open();
  await page.getByRole('button', { name: 'What if …' }).click();
  await expect.element(page.getByRole('heading', { name: 'What if', exact: true })).toBeVisible();
  const type = async (name: string, value: string) => {
    await page.getByRole('spinbutton', { name }).fill(value);
    await userEvent.keyboard('{Tab}');
  };
  return { stores, transport, type };
}

describe('what if of the feeder', () => {
  it('shows at once what a tap would do, and goes back', async () => {
    const { transport, type } = await trying();
    await expect.element(page.getByText('Breaks limits')).toBeVisible();
    await type('Substation held at, pu', '1.025');
    await expect.element(page.getByText('Every bus stays within its limits,')).toBeVisible();
    expect(transport.calls.find(({ name }) => name === 'network.whatIf')?.payload).toMatchObject({
      changes: { slackVoltagePu: 1.025 },
    });
    // The bus is asked for as it would be.
    await vi.waitFor(() =>
      expect(transport.calls.filter(({ name }) => name === 'network.bus').at(-1)?.payload).toMatchObject({
        changes: { slackVoltagePu: 1.025 },
      }),
    );
    await expect.element(page.getByRole('listitem').getByText(/substation at 1\.025/)).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Back to the plan' }).click();
    await expect.element(page.getByText('Breaks limits')).toBeVisible();
  });

  it('gives the next plan what was tried', async () => {
    const { stores, transport, type } = await trying();
    await type('Capacitor at bus C, kvar', '300');
    await type('Substation held at, pu', '1.025');
    await vi.waitFor(() => expect(stores.network.changes.slackVoltagePu).toBe(1.025));
    await page.getByRole('button', { name: 'Use for the next plan' }).click();
    await expect
      .element(
        page.getByText(/The next plan is made with substation at 1\.025\spu, capacitor of 300\.0\skvar at bus C/),
      )
      .toBeVisible();
    await page.getByRole('button', { name: 'Plan on the network' }).first().click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'plan.make')?.payload).toMatchObject({
        networkChanges: { slackVoltagePu: 1.025, capacitors: [{ bus: 'C', kvar: 300 }] },
      }),
    );
    await page.getByRole('button', { name: 'As the site says instead' }).click();
    expect(stores.settings.networkChanges).toBeNull();
  });

  it('keeps it with the site', async () => {
    const { stores, transport, type } = await trying();
    await type('Bus C at least, pu', '0.9');
    await vi.waitFor(() => expect(stores.network.changes.busLimits).toHaveLength(1));
    await page.getByRole('button', { name: 'Keep with the site' }).click();
    await vi.waitFor(() => expect(transport.calls.some(({ name }) => name === 'site.save')).toBe(true));
    const { site } = transport.calls.find(({ name }) => name === 'site.save')!.payload as Request<'site.save'>;
    expect(site.network).toEqual({
      ...placed,
      changes: { busLimits: [{ bus: 'C', voltageMinPu: 0.9, voltageMaxPu: 1.05 }] },
    });
  });

  it('says why a setting cannot be, and keeps what was there', async () => {
    const { stores, type } = await trying();
    await type('Substation held at, pu', '1.15');
    await expect.element(page.getByText(/do not hold the 1\.15 pu/)).toBeVisible();
    expect(stores.network.changes).toEqual({});
    expect(await accessibilityFaults()).toEqual([]);
  });
});

describe('settings of a feeder', () => {
  it('are replaced one by one, put into words, and leave nothing behind when taken back', () => {
    const all = withLineLimit(withBusLimit(withCapacitor(withTap({}, 1.02), '9', 50), '9', { voltageMinPu: 0.9, voltageMaxPu: 1.1 }), '8', '9', null); // prettier-ignore
    expect(withCapacitor(all, '9', 80).capacitors).toEqual([{ bus: '9', kvar: 80 }]);
    expect(withLineLimit(all, '9', '8', 2).lineLimits).toEqual([{ from: '9', to: '8', limitMva: 2 }]);
    const told = listChanges(all);
    expect(told.map(({ words }) => words.replaceAll('\u00a0', ' '))).toEqual([
      'substation at 1.020 pu',
      'capacitor of 50.00 kvar at bus 9',
      'bus 9 between 0.9000 pu and 1.100 pu',
      'branch 8–9 without a limit',
    ]);
    let left = all;
    while (listChanges(left).length > 0) left = listChanges(left)[0]!.without;
    expect(left).toEqual({});
  });
});
