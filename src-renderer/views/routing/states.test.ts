/** The five states of the routing screen, without accessibility faults; its keys, its what-if, and what it refuses. */
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import type { SmsOverridePayload } from '../../../src-main/contract/sms-overrides.ts';
import type { SmsPlanPayload } from '../../../src-main/contract/sms.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import ViewHost from '../../charts/fixtures/ViewHost.svelte';
import { emptyDeskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { roadsFixture, smsPlanFixture, smsSummaryOf, trafficFixture } from '../../stores/fixtures/sms-fixture.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import '../../styles/base.css';
import RoutingView from './RoutingView.svelte';

async function show(transport = fixtureTransport()) {
  let stores!: Stores;
  await render(ViewHost, { transport, view: RoutingView, onready: (ready: Stores) => (stores = ready) });
  return { stores, transport };
}
const state = (name: string) =>
  vi.waitFor(() => expect(document.querySelector(`[data-state="${name}"]`)).not.toBeNull(), 4000);
const ready = () => vi.waitFor(() => expect(document.querySelectorAll('[data-truck]')).toHaveLength(2), 4000);
const unplanned = { 'sms.list': () => [] };
const text = () => document.body.textContent.replaceAll(/\s+/g, ' ');
const map = () => page.getByRole('slider', { name: /^Map of/ });
const line = () => page.getByRole('slider', { name: /^Place against time/ });
const slider = () => page.getByRole('slider', { name: 'Time of day' });
const placeOf = (truck: number) => document.querySelector(`[data-truck="${truck}"]`)!.getAttribute('transform')!;

describe('the routing screen', () => {
  it('has fixtures that fit the contract', () => {
    expect(calls['sms.get'].response.safeParse(smsPlanFixture()).error).toBeUndefined();
    expect(calls['sms.traffic'].response.safeParse(trafficFixture()).error).toBeUndefined();
    expect(calls['roads.get'].response.safeParse(roadsFixture()).error).toBeUndefined();
  });

  it('empty: without trucks it says how to bring them', async () => {
    await show(fixtureTransport({ ...unplanned, 'mobile.get': () => null }));
    await state('empty');
    expect(text()).toContain('No trucks are configured.');
    expect(text()).toContain('npm run cli -- mobile-storage --save');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('empty: without telemetry it leads to importing it', async () => {
    const { stores } = await show(fixtureTransport({ ...unplanned, 'desk.state': () => emptyDeskFixture() }));
    await state('empty');
    await page.getByRole('button', { name: 'Import telemetry' }).click();
    expect(stores.route.screen).toBe('telemetry');
    location.hash = '';
  });

  it('empty: without a plan the trucks can be planned', async () => {
    const { transport } = await show(fixtureTransport(unplanned));
    await state('empty');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: /Plan the trucks/ }).click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'sms.make')?.payload).toEqual({
        day: '2023-06-15',
        timeLimitSeconds: 60,
        overrides: [],
        basedOn: null,
      }),
    );
  });

  it('loading: shows the areas to come', async () => {
    await show(fixtureTransport({ 'sms.get': never }));
    await state('loading');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('error: says what was refused and reads again', async () => {
    const { transport } = await show(
      fixtureTransport({ 'sms.get': () => refuse('not-found', { what: 'plan', id: 'x' }) }),
    );
    await state('error');
    expect(await accessibilityFaults()).toEqual([]);
    transport.answer({ 'sms.get': () => smsPlanFixture() });
    await page.getByRole('button', { name: /again/i }).click();
    await ready();
  });

  it('stale: says since when, once telemetry was imported after it', async () => {
    const before = smsPlanFixture();
    const provenance = { ...before.provenance, createdAtMs: 0 };
    await show(fixtureTransport({ 'sms.get': () => ({ ...before, provenance }) }));
    await state('stale');
    expect(text()).toContain('telemetry was imported after it');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('full: map, day, trucks, grids, risk and search, and nothing coloured as an exception', async () => {
    await show();
    await ready();
    await state('full');
    expect(document.querySelector('[data-exception]')).toBeNull();
    for (const words of [
      'South depot',
      'Mill',
      'Port',
      '© Square town surveyors',
      'Utilisation of Truck 1',
      'Upper bound',
    ])
      expect(text()).toContain(words);
    expect(document.querySelectorAll('[data-roads] path')).toHaveLength(2);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('every chart has its table', async () => {
    await show();
    await ready();
    for (const pane of ['Map', 'Day of the trucks', 'Trucks']) {
      document.querySelector<HTMLElement>(`[data-pane="${pane}"] [data-twin]`)!.click();
      await vi.waitFor(() =>
        expect(document.querySelector(`[data-pane="${pane}"][data-showing=twin] table`)).not.toBeNull(),
      );
    }
    expect(await accessibilityFaults()).toEqual([]);
    const legs = document.querySelectorAll('[data-pane="Day of the trucks"] tbody tr');
    expect(legs).toHaveLength(smsPlanFixture().trucks.reduce((sum, { legs: own }) => sum + own.length, 0));
  });

  it('the settlement closes to the cent', async () => {
    await show();
    await ready();
    const cents = (cell: Element) => Math.round(100 * Number(cell.textContent.replaceAll(',', '').replace('−', '-')));
    const rows = [...document.querySelectorAll('[data-pane="Grids and settlement"] tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].slice(3).map(cents),
    );
    for (const [own, rent, others, pays] of rows) expect(own! + rent! + others!).toBe(pays);
    const [all, ...grids] = [rows.at(-1)!, ...rows.slice(0, -1)];
    all.forEach((sum, column) => expect(grids.reduce((total, row) => total + row[column]!, 0)).toBe(sum));
    expect(all[1]).toBe(smsPlanFixture().owner.incomeCents);
  });
});

describe('time on the routing screen', () => {
  it('the slider moves the trucks between slots, and the cursor of every screen with it', async () => {
    const { stores } = await show();
    await ready();
    (slider().element() as HTMLElement).focus();
    await userEvent.keyboard('{PageDown}');
    expect(stores.cursor.label).toBe('01:00');
    const leaving = placeOf(1);
    await userEvent.keyboard('{ArrowRight}');
    expect(placeOf(1)).not.toBe(leaving);
    expect(placeOf(2)).not.toBe('');
    expect(stores.cursor.label).toBe('01:00');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '01:05');
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '01:06');
    await userEvent.keyboard('{End}');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '23:59');
    stores.cursor.set(0);
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '00:00');
  });

  it('arrow keys read the charts slot by slot, and say where each truck is', async () => {
    await show();
    await ready();
    (line().element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
    await expect.element(line()).toHaveAttribute('aria-valuetext', '02:00–03:00');
    await expect.element(map()).toHaveAttribute('aria-valuetext', '02:00–03:00');
    const said = [...document.querySelectorAll('[aria-live]')].map((live) =>
      live.textContent.replaceAll('\u00a0', ' '),
    );
    expect(said.join()).toContain('Truck 1 at Mill charges 500 kW');
  });

  it('Space plays and stops; it stops by itself when the screen is left', async () => {
    const { stores } = await show();
    await ready();
    (slider().element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    expect(stores.dayTime.playing).toBe(true);
    await vi.waitFor(() => expect(stores.dayTime.minute).toBeGreaterThan(0));
    await userEvent.keyboard(' ');
    expect(stores.dayTime.playing).toBe(false);
  });

  it('does not play where reduced motion is asked for, and says so', async () => {
    const media = { matches: true, addEventListener: () => undefined, removeEventListener: () => undefined };
    const spy = vi.spyOn(window, 'matchMedia').mockReturnValue(media as unknown as MediaQueryList);
    const { stores } = await show();
    await ready();
    spy.mockRestore();
    (slider().element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    expect(stores.dayTime.playing).toBe(false);
    await expect
      .element(page.getByRole('button', { name: 'Play the day' }))
      .toHaveAccessibleDescription('Reduced motion is asked for; move the slider instead.');
  });

  it('a cursor of a finer schedule keeps its instant here', async () => {
    const { stores } = await show();
    await ready();
    stores.cursor.setHorizon({
      ...smsPlanFixture().horizon,
      slotMinutes: 15,
      slots: 96,
      labels: Array<string>(96).fill(''),
    });
    stores.cursor.set(9);
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '02:15');
    stores.cursor.setHorizon(smsPlanFixture().horizon);
    expect(stores.cursor.slot).toBe(2);
  });
});

describe('choosing on the routing screen', () => {
  it('t goes from truck to truck and opens its card; Esc closes it', async () => {
    await show();
    await ready();
    (map().element() as HTMLElement).focus();
    await userEvent.keyboard('t');
    await vi.waitFor(() => expect(document.querySelector('[data-pane="Truck 1"]')).not.toBeNull());
    await userEvent.keyboard('t');
    await vi.waitFor(() => expect(document.querySelector('[data-pane="Truck 2"]')).not.toBeNull());
    expect(document.querySelectorAll('[data-string="0"].dim')).toHaveLength(1);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await vi.waitFor(() => expect(document.querySelector('[data-pane="Mill"]')).not.toBeNull());
    expect(await accessibilityFaults()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(document.querySelector('[data-pane="Mill"]')).toBeNull());
  });

  it('a trip shows its travel time by hour and the roads it uses', async () => {
    await show();
    await ready();
    (map().element() as HTMLElement).focus();
    await userEvent.keyboard('t');
    await page.getByRole('button', { name: '01:00 drives to Mill: show the trip' }).click();
    await vi.waitFor(() => expect(text()).toContain('Travel time by hour of leaving'));
    expect(text()).toMatch(/longest 16\.8 min at 08:00/);
    expect(text()).toContain('East Street');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('a road under the pointer can be closed, both ways at once', async () => {
    const { stores } = await show();
    await ready();
    const surface = map().element() as HTMLElement;
    surface.setPointerCapture = () => undefined;
    const box = surface.getBoundingClientRect();
    const drawn = [...document.querySelectorAll('[data-roads] path')].at(-1)!.getAttribute('d')!;
    const path = drawn.slice(drawn.lastIndexOf('M'));
    const [x, y, x2, y2] = /M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/.exec(path)!.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
    ];
    const at = { clientX: box.left + 0.7 * x + 0.3 * x2, clientY: box.top + 0.7 * y + 0.3 * y2 };
    surface.dispatchEvent(
      new PointerEvent('pointerdown', { ...at, buttons: 1, button: 0, pointerId: 1, bubbles: true }),
    );
    await page.getByRole('button', { name: /Close this stretch/ }).click();
    const [demand] = stores.reroute.demands;
    expect(demand?.kind === 'close-road' ? demand.links : []).toHaveLength(2);
  });
});

describe('the what-if of routes and rents', () => {
  const opened = async (transport = fixtureTransport()) => {
    const shown = await show(transport);
    await ready();
    await page.getByRole('button', { name: /What if/ }).click();
    return shown;
  };

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

describe('the search', () => {
  it('shows each round while it runs, and offers the best so far only when there is one', async () => {
    const { transport } = await show(fixtureTransport(unplanned));
    await state('empty');
    transport.emit('job', jobFixture({ id: 'sms-1', kind: 'sms', title: 'Route trucks' }));
    await vi.waitFor(() => expect(text()).toContain('The first round is under way.'));
    expect(text()).not.toContain('Use best so far');
    const [first] = smsPlanFixture().rounds;
    transport.emit('sms-round', { jobId: 'sms-1', round: { ...first!, incumbent: null, gap: null } });
    await vi.waitFor(() => expect(document.querySelectorAll('[data-pane="Search"] tbody tr')).toHaveLength(1));
    expect(text()).not.toContain('Use best so far');
    transport.emit('sms-round', { jobId: 'sms-1', round: { ...first!, round: 2 } });
    await page.getByRole('button', { name: /Use best so far/ }).click();
    await page.getByRole('button', { name: /Cancel/ }).click();
    const asked = transport.calls.filter(({ name }) => name.startsWith('jobs.') && name !== 'jobs.list');
    expect(asked).toEqual([
      { name: 'jobs.useBest', payload: { jobId: 'sms-1' } },
      { name: 'jobs.cancel', payload: { jobId: 'sms-1' } },
    ]);
    expect(await accessibilityFaults()).toEqual([]);
  });
});
