/** The network screen of a plan on a meshed network: full, without accessibility faults; keys; a plan that overloads a line; no prices. */
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { calls } from '../../../src-main/contract/calls.ts';
import type { MeshPayload } from '../../../src-main/contract/mesh.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import ViewHost from '../../charts/fixtures/ViewHost.svelte';
import { deskFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { meshFixture } from '../../stores/fixtures/mesh-fixture.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import '../../styles/base.css';
import NetworkView from './NetworkView.svelte';

const desk = () => {
  const own = deskFixture();
  const network = { ...own.site!.network!, topology: 'meshed' as const, model: 'dc' as const };
  return { ...own, site: { ...own.site!, network } };
};
const planned = (view: () => MeshPayload | null = () => meshFixture()) =>
  fixtureTransport({
    'desk.state': desk,
    'network.get': () => null,
    'network.mesh': view,
    'plan.make': () => ({ jobId: 'plan-1' }),
  });

async function show(transport = planned()) {
  let stores!: Stores;
  await render(ViewHost, { transport, view: NetworkView, onready: (ready: Stores) => (stores = ready) });
  await vi.waitFor(() => expect(stores.desk.state.value).not.toBeNull());
  await stores.plan.open();
  return { stores, transport };
}
const state = (name: string) =>
  vi.waitFor(() => expect(document.querySelector(`[data-state="${name}"]`)).not.toBeNull(), 4000);

/** The reading of a chart is in its live region as well, so the text of the page is asked. */
const says = (words: RegExp) =>
  vi.waitFor(() => expect(document.body.textContent.replaceAll(/\s+/g, ' ')).toMatch(words), 4000);

describe('the network screen of a meshed network', () => {
  it('has fixtures that fit the contract', () => {
    expect(calls['network.mesh'].response.safeParse(meshFixture()).error).toBeUndefined();
  });

  it('full: lines instead of voltages, no exception colour; keys go from line to line and everything follows', async () => {
    const { stores } = await show();
    await state('full');
    expect(document.querySelector('[data-exception]')).toBeNull();
    expect(document.querySelector('[data-pane="Voltage along the feeder"]')).toBeNull();
    expect(await accessibilityFaults()).toEqual([]);
    await says(/Line B–C at .* comes nearest to its limit of 0\.4/);
    expect(stores.network.line).toBe(1);
    (page.getByRole('slider', { name: 'Lines of Four buses' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(stores.network.line).toBe(2);
    // C–A carries against its own direction.
    await says(/line C–A carries .* from A to C/);
    (page.getByRole('slider', { name: 'Limits used, slot by line' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowDown}');
    expect([stores.cursor.slot, stores.network.line]).toEqual([1, 3]);
    await says(/line C–D .*no limit is stated/);
  });

  it('tells the price of a place and what of it is for lines in the way', async () => {
    const { stores } = await show();
    await state('full');
    stores.cursor.set(meshFixture().fullest[0]!.slot);
    (page.getByRole('slider', { name: 'Price, slot by bus' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await says(/bus C: 112\.0[ ]EUR\/MWh, of which \+12\.00[ ]EUR\/MWh for lines/);
  });

  it('every chart has a table', async () => {
    await show();
    await state('full');
    for (const pane of ['Lines', 'Locational prices', 'The day, line by line'])
      document.querySelector<HTMLButtonElement>(`[data-pane="${pane}"] [data-twin]`)!.click();
    await vi.waitFor(() => expect(document.querySelectorAll('[data-pane="Lines"] tbody tr')).toHaveLength(4));
    expect(document.querySelectorAll('[data-pane="Locational prices"] tbody tr')).toHaveLength(4);
    expect(document.querySelectorAll('[data-pane="The day, line by line"] tbody tr')).toHaveLength(
      meshFixture().horizon.slots,
    );
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('a plan that overloads a line says line, time and what to do, by shape as well as colour, and has no prices', async () => {
    await show(planned(() => meshFixture(1.2, 'unconstrained')));
    await state('full');
    await says(/Breaks limits/);
    await says(/Line B–C at .* goes beyond its limit.*choose “Line limits \(DC\)”/);
    expect(document.querySelectorAll('line.over[data-exception="1"], rect[data-exception="1"]').length).toBeGreaterThan(
      1,
    );
    await says(/Prices come with a plan that keeps the limits/);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('offers the models of a meshed network, asks for no voltage, and plans with what it shows', async () => {
    const { stores, transport } = await show();
    await state('full');
    const choices = page.getByRole('combobox', { name: 'Next plan' });
    expect([...(choices.element() as HTMLSelectElement).options].map(({ value }) => value)).toEqual([
      'unconstrained',
      'dc',
    ]);
    expect(document.body.textContent).not.toContain('Lowest voltage');
    stores.settings.network = 'branch-flow';
    await page.getByRole('button', { name: 'Plan on the network' }).click();
    await vi.waitFor(() =>
      expect(transport.calls.find(({ name }) => name === 'plan.make')?.payload).toMatchObject({ network: 'dc' }),
    );
  });

  it('empty and error', async () => {
    await show(planned(() => null));
    await state('empty');
    await says(/keeps every line within its limits/);
    document.body.replaceChildren();
    await show(planned(() => refuse('internal', { problem: 'no such table' })));
    await state('error');
    await says(/no such table/);
  });
});
