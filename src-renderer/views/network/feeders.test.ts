/** A feeder on its way in and the site placed on it: what is shown, what is refused, what is sent. */
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { calls, type Request } from '../../../src-main/contract/calls.ts';
import { describeError } from '../../../src-main/base/errors.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import ViewHost from '../../charts/fixtures/ViewHost.svelte';
import { deskFixture } from '../../stores/fixtures/desk-fixture.ts';
import {
  feederDetailFixture,
  feederPreviewFixture,
  feederSummaryFixture,
} from '../../stores/fixtures/feeder-fixture.ts';
import { fixtureTransport, type FixtureTransport } from '../../stores/fixtures/fixture-transport.ts';
import { siteFixture } from '../../stores/fixtures/site-fixture.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import '../../styles/base.css';
import NetworkView from './NetworkView.svelte';

const desk = deskFixture();
async function show(changes: Parameters<typeof fixtureTransport>[0] = {}) {
  const transport = fixtureTransport({
    'desk.state': () => ({ ...desk, site: { ...desk.site!, network: null } }),
    'feeders.list': () => [feederSummaryFixture],
    'feeders.get': () => feederDetailFixture,
    'feeders.recognise': ({ uploads }) => ({
      roles: uploads.map((id) =>
        id.includes('branches') ? 'branches' : id.includes('places') ? 'coordinates' : 'buses',
      ),
    }),
    'feeders.preview': ({ uploads, mapping }) => feederPreviewFixture(uploads, mapping),
    'feeders.import': () => ({ jobId: 'import-9' }),
    ...changes,
  });
  let stores!: Stores;
  await render(ViewHost, { transport, view: NetworkView, onready: (ready: Stores) => (stores = ready) });
  await vi.waitFor(() => expect(stores.desk.state.value).not.toBeNull());
  return { stores, transport };
}
const file = (name: string) => new File(['text'], name, { type: 'text/csv' });
const sent = <Name extends 'feeders.import' | 'feeders.preview' | 'site.save'>(
  transport: FixtureTransport,
  name: Name,
) => transport.calls.filter((call) => call.name === name).map(({ payload }) => payload as Request<Name>);

async function importDialog(stores: Stores, ...names: string[]) {
  stores.feederImport.open = true;
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await stores.feederImport.add(names.map(file));
}

describe('the import of a feeder', () => {
  it('has fixtures that fit the contract', () => {
    const preview = feederPreviewFixture({ buses: 'a', branches: 'b' });
    expect(calls['feeders.preview'].response.safeParse(preview).error).toBeUndefined();
    expect(calls['feeders.get'].response.safeParse(feederDetailFixture).error).toBeUndefined();
  });

  it('waits for both tables, shows what they make, and imports under a name once the units are decided', async () => {
    const { stores, transport } = await show();
    await importDialog(stores, 'town-buses.csv');
    const dialog = page.getByRole('dialog');
    await expect.element(dialog.getByText('The table of branches is missing.').first()).toBeVisible();
    const go = dialog.getByRole('button', { name: 'Import', exact: true });
    expect(go.element().getAttribute('aria-disabled')).toBe('true');
    expect(await accessibilityFaults()).toEqual([]);

    await stores.feederImport.add([file('town-branches.csv')]);
    await vi.waitFor(() =>
      expect(dialog.element().textContent).toMatch(/loses 202\.7\skW; bus 18 is lowest with 0\.9131\spu/),
    );
    await expect.element(dialog.getByRole('table', { name: 'First branches as read' })).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    expect(go.element().getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('button', { name: 'The units shown are right' }).click();
    await expect.element(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('town');
    await go.click();
    await vi.waitFor(() => expect(sent(transport, 'feeders.import')).toHaveLength(1));
    expect(sent(transport, 'feeders.import')[0]).toMatchObject({
      name: 'town',
      uploads: { buses: 'upload of town-buses.csv', branches: 'upload of town-branches.csv', coordinates: null },
    });
    transport.emit('job', { ...jobDone, id: 'import-9', result: { feederId: 'feeder-1' } });
    await expect.element(dialog.getByText('town is imported.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Place the site on it …' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Where the site stands' })).toBeVisible();
  });

  it('shows a refusal by name, and lets the reading that led to it be corrected', async () => {
    const refused = describeError('bad-feeder', { feeder: 'town', problem: 'bus 7 has no base voltage' });
    const { stores, transport } = await show({
      'feeders.preview': ({ uploads, mapping }) => {
        const preview = feederPreviewFixture(uploads, mapping);
        const mended = mapping?.format === 'csv' && mapping.baseKv !== null;
        return mended ? preview : { ...preview, reading: null, refused };
      },
    });
    await importDialog(stores, 'buses.csv', 'branches.csv');
    const dialog = page.getByRole('dialog');
    await expect.element(dialog.getByText(/bus 7 has no base voltage/)).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    await dialog.getByRole('spinbutton', { name: 'Base voltage, kV' }).fill('12.66');
    await userEvent.keyboard('{Tab}');
    await expect.element(dialog.getByText(/loses/)).toBeVisible();
    expect(sent(transport, 'feeders.preview').at(-1)).toMatchObject({ mapping: { baseKv: 12.66 } });
  });

  it('lets a part be given to another file, or a file be left out', async () => {
    const { stores, transport } = await show();
    await importDialog(stores, 'buses.csv', 'branches.csv', 'places.csv');
    expect(sent(transport, 'feeders.preview').at(-1)!.uploads.coordinates).toBe('upload of places.csv');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'places.csv' }).selectOptions('Table of buses');
    await expect.element(dialog.getByText(/Two files are given the same part; places\.csv/).first()).toBeVisible();
    await dialog.getByRole('button', { name: 'Leave out places.csv' }).click();
    await vi.waitFor(() => expect(sent(transport, 'feeders.preview').at(-1)!.uploads.coordinates).toBeNull());
  });
});

describe('the place of the site', () => {
  it('gives every device its bus and converter, and saves the site as a whole', async () => {
    const { stores, transport } = await show();
    await stores.placement.start('feeder-1');
    const dialog = page.getByRole('dialog', { name: 'Where the site stands' });
    await expect.element(dialog).toBeVisible();
    const site = siteFixture();
    const [park, car] = [site.wind[0]!, site.aggregators[0]!];
    await dialog.getByRole('combobox', { name: `Bus of ${park.name}` }).selectOptions('2');
    await dialog.getByRole('combobox', { name: `Bus of ${car.name}` }).selectOptions('3');
    await dialog.getByRole('spinbutton', { name: `Converter of ${car.name}, kVA` }).fill('250');
    await dialog.getByRole('spinbutton', { name: 'Lowest voltage, pu' }).fill('0.96');
    await userEvent.keyboard('{Tab}');
    expect(await accessibilityFaults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Save the site' }).click();
    await vi.waitFor(() => expect(sent(transport, 'site.save')).toHaveLength(1));
    const { network, ...rest } = sent(transport, 'site.save')[0]!.site;
    expect(network).toMatchObject({
      feederId: 'feeder-1',
      model: 'lindistflow',
      voltageMinPu: 0.96,
      voltageMaxPu: 1.05,
    });
    expect(network!.places).toContainEqual({ kind: 'wind', id: park.id, bus: '2', converterKva: 0 });
    expect(network!.places).toContainEqual({ kind: 'aggregator', id: car.id, bus: '3', converterKva: 250 });
    expect(network!.loads).toBeUndefined();
    const { network: _, ...before } = site;
    expect(rest).toEqual(before);
    expect(stores.placement.open).toBe(false);
  });

  it('takes voltage support along with the converter that keeps it, and asks for one when it is taken away', async () => {
    const [battery] = siteFixture().storage;
    const places = [{ kind: 'storage' as const, id: battery!.id, bus: '2', converterKva: 180 }];
    const network = { feederId: 'feeder-1', model: 'lindistflow' as const, voltageMinPu: 0.95, voltageMaxPu: 1.05, places }; // prettier-ignore
    const { services: offered } = siteFixture();
    const range = { id: 'range', name: 'Quay range', bus: '2', requiredKvar: 0, mostKvar: 90, pricePerKvarh: 0.001 };
    const services = { offer: 'on-request' as const, ...offered, voltage: [range] };
    const { stores, transport } = await show({ 'site.get': () => siteFixture({ network, services }) });
    await stores.placement.start();
    const row = stores.placement.rows.find(({ id }) => id === battery!.id)!;
    stores.placement.place(row, { converterKva: 0 });
    expect(stores.placement.whyNotSave).toBe(
      'Quay range needs a converter: give one to the battery or cars that keep it.',
    );
    stores.placement.place(row, { bus: '3', converterKva: 200 });
    expect(stores.placement.whyNotSave).toBeUndefined();
    await stores.placement.save();
    expect(sent(transport, 'site.save')[0]!.site.services!.voltage![0]!.bus).toBe('3');
  });

  it('spreads the load by shares that are scaled to a whole', async () => {
    const { stores, transport } = await show();
    await stores.placement.start('feeder-1');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'By share' }).click();
    await expect.element(dialog.getByRole('spinbutton', { name: 'bus 2, %' })).toHaveValue(40);
    await dialog.getByRole('spinbutton', { name: 'bus 2, %' }).fill('60');
    await userEvent.keyboard('{Tab}');
    await expect.element(dialog.getByText(/Together 120/)).toBeVisible();
    expect(await accessibilityFaults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Save the site' }).click();
    await vi.waitFor(() => expect(sent(transport, 'site.save')).toHaveLength(1));
    expect(sent(transport, 'site.save')[0]!.site.network!.loads).toEqual([
      { bus: '2', share: 0.5 },
      { bus: '3', share: 0.5 },
    ]);
  });

  it('asks for the bus of a device that the feeder does not have', async () => {
    const [park] = siteFixture().wind;
    const places = [{ kind: 'wind' as const, id: park!.id, bus: '65', converterKva: 0 }];
    const network = {
      feederId: 'feeder-0',
      model: 'lindistflow' as const,
      voltageMinPu: 0.95,
      voltageMaxPu: 1.05,
      places,
    };
    const { stores } = await show({ 'site.get': () => siteFixture({ network }) });
    await stores.placement.start('feeder-1');
    const dialog = page.getByRole('dialog');
    await expect.element(dialog.getByText('not on this feeder')).toBeVisible();
    await expect.element(dialog.getByText(`Choose the bus of ${park!.name}.`).first()).toBeVisible();
    await dialog.getByRole('combobox', { name: `Bus of ${park!.name}` }).selectOptions('3');
    await vi.waitFor(() => expect(stores.placement.whyNotSave).toBeUndefined());
  });
});

const jobDone = {
  kind: 'import',
  title: 'Import feeder',
  state: 'done',
  phases: ['Read and store'],
  phase: 0,
  share: null,
  detail: '',
  startedAtMs: 0,
  elapsedMs: 5,
  budgetSeconds: null,
  error: null,
};
