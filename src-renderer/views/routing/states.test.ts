/** The five states of the routing screen, without accessibility faults, and the search as it runs. */
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import { state, text } from '../../charts/fixtures/show-view.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { deskFixture, untoldDeskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { roadsFixture, smsPlanFixture, trafficFixture } from '../../stores/fixtures/sms-fixture.ts';
import { ready, show, unplanned } from './fixtures/routing.ts';

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
    expect(text()).toContain('Define trucks …');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('empty: without telemetry it leads to importing it', async () => {
    const { stores } = await show(fixtureTransport({ ...unplanned, 'desk.state': () => untoldDeskFixture() }));
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

  it('stale: says so once trucks, terminals or grids were changed after it', async () => {
    const { createdAtMs } = smsPlanFixture().provenance;
    const before = deskFixture({ mobileStorageSavedAtMs: createdAtMs - 1 });
    const { transport } = await show(fixtureTransport({ 'desk.state': () => before }));
    await ready();
    await state('full');
    transport.answer({ 'desk.state': () => deskFixture({ mobileStorageSavedAtMs: createdAtMs + 1 }) });
    transport.emit('changed', { what: 'mobile-storage' });
    await state('stale');
    expect(text()).toContain('trucks, terminals or grids were changed after it');
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

  it('a grid on a feeder tells its lowest voltage, where and when; others stay one bus', async () => {
    const plan = smsPlanFixture();
    const lowestPu = Float64Array.from({ length: 24 }, (_, hour) => (hour === 11 ? 0.9278 : 0.98));
    const feeder = { buses: 33, minPu: 0.9, maxPu: 1.1, lowestPu, highestPu: lowestPu, worst: { slot: 11, bus: '18' } };
    plan.grids[0] = { ...plan.grids[0]!, feeder };
    await show(fixtureTransport({ 'sms.get': () => plan }));
    await ready();
    const cells = [...document.querySelectorAll('[data-pane="Grids and settlement"] tbody tr')].map((row) =>
      row.querySelector('td:last-child')!.textContent.replaceAll(/\s+/g, ' ').trim(),
    );
    expect(cells[0]).toBe('0.9278 pu (bus 18, 11:00)');
    expect(cells.slice(1).every((cell) => cell === '–')).toBe(true);
    expect(await accessibilityFaults()).toEqual([]);
  });

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
