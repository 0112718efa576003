import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { emptyDeskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { never, refuse } from '../../stores/fixtures/fixture-transport.ts';
import { expectAccessible, expectState, stage } from '../../stores/fixtures/stage.ts';
import { flagsFixture, previewFixture, seriesFixture } from '../../stores/fixtures/telemetry-fixture.ts';
import TelemetryView from './TelemetryView.svelte';

const file = (name = 'last 2023.csv'): File => new File(['Datum von;Netzlast\n'], name, { type: 'text/csv' });
const noTelemetry = {
  'desk.state': () => emptyDeskFixture(),
  'telemetry.series': () => [],
  'telemetry.stations': () => [],
  'telemetry.batches': () => [],
};

async function chooseFile(chosen = file()): Promise<void> {
  await page.getByRole('button', { name: /Import telemetry/ }).click();
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  const files = new DataTransfer();
  files.items.add(chosen);
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.element(page.getByText('12.345,25')).toBeVisible();
}

test('full: heat strip, year, findings and imports with their hash; no exception colour', async () => {
  const { container } = await stage(TelemetryView);
  await expectState(container, 'full');
  await expect.element(page.getByText('no value for 3 hours')).toBeVisible();
  await expect.element(page.getByText('b7d1f0c2e9a3…')).toBeVisible();
  await expect.element(page.getByText('1–3 of 3 findings')).toBeVisible();
  expect(container.querySelectorAll('[data-exception]')).toHaveLength(0);
  await expectAccessible(container);
});

test('empty: says which columns a file must have', async () => {
  const { container } = await stage(TelemetryView, noTelemetry);
  await expectState(container, 'empty');
  await expect.element(page.getByText(/arrival, departure and energy/)).toBeVisible();
  for (const kind of ['load', 'load-forecast', 'price', 'sessions'])
    await expect.element(page.getByRole('button', { name: `Save sample-${kind}.csv` })).toBeVisible();
  await expectAccessible(container);
});

test('loading: a skeleton after a second', async () => {
  const { container } = await stage(TelemetryView, { 'telemetry.series': never });
  await expectState(container, 'loading');
  await expect.poll(() => container.querySelector('.skeleton'), { timeout: 3000 }).not.toBeNull();
  await expectAccessible(container);
});

test('error: code, sentence, next step', async () => {
  const { container } = await stage(TelemetryView, {
    'telemetry.series': () => refuse('database-broken', { file: 'a.db', problem: 'no such table' }),
  });
  await expectState(container, 'error');
  await expect.element(page.getByText('database-broken')).toBeVisible();
  await expectAccessible(container);
});

test('stale: what could not be read again stays, hatched and with its age', async () => {
  const { container, stores, transport } = await stage(TelemetryView);
  await expectState(container, 'full');
  transport.answer({ 'telemetry.series': () => refuse('internal', { problem: 'worker lost' }) });
  await stores.telemetry.refresh();
  await expectState(container, 'stale');
  await expect.element(page.getByText(/it could not be read again/).first()).toBeVisible();
  await expectAccessible(container);
});

test('findings are filtered by kind, and overruled only with a reason', async () => {
  const { transport } = await stage(TelemetryView);
  await expect.element(page.getByText('no value for 3 hours')).toBeVisible();
  await page.getByLabelText('Kind').selectOptions('spike');
  await expect.element(page.getByText('1–1 of 1 finding')).toBeVisible();
  await page.getByRole('button', { name: /^Good: Spike/ }).click();
  const confirm = page.getByRole('button', { name: 'Take as good' });
  await expect.element(confirm).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(document.querySelector('[role=dialog]')!);
  await page.getByLabelText('Reason').fill('plant restart, confirmed by phone');
  await confirm.click();
  await expect
    .poll(() => transport.calls.find((call) => call.name === 'telemetry.override')?.payload)
    .toEqual({ flagId: flagsFixture[1]!.id, verdict: 'good', reason: 'plant restart, confirmed by phone' });
});

test('a range is marked bad by typed times; a time that does not exist is refused', async () => {
  const { transport } = await stage(TelemetryView);
  await page.getByRole('button', { name: /Mark a range bad/ }).click();
  await page.getByLabelText(/^From/).fill('2023-03-26 02:30');
  await expect.element(page.getByText(/does not exist in Europe\/Berlin/)).toBeVisible();
  await page.getByLabelText(/^From/).fill('2023-05-01 10:00');
  await page.getByLabelText(/^Until/).fill('2023-05-01 12:00');
  await page.getByLabelText('Reason').fill('meter exchange');
  await page.getByRole('button', { name: 'Mark as bad' }).click();
  await expect
    .poll(() => transport.calls.find((call) => call.name === 'telemetry.markBad')?.payload)
    .toEqual({
      seriesId: seriesFixture[0]!.id,
      fromUtcMs: Date.UTC(2023, 4, 1, 8),
      toUtcMs: Date.UTC(2023, 4, 1, 10),
      reason: 'meter exchange',
    });
});

test('a file in doubt is not imported before the doubt is decided; then it is, as shown', async () => {
  const { transport } = await stage(TelemetryView);
  await chooseFile();
  await expect.element(page.getByText('49,381\u00a0MW')).toBeVisible();
  await expect.element(page.getByText(/could also be a month/)).toBeVisible();
  const go = page.getByRole('button', { name: 'Import', exact: true });
  await expect.element(go).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(document.querySelector('[role=dialog]')!);
  // Another field changed does not decide the doubt.
  await page.getByLabelText('Unit of the value').selectOptions('MW');
  await expect.element(page.getByText(/could also be a month/)).toBeVisible();
  await expect.element(go).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'It is right: Order of a date' }).click();
  await go.click();
  await expect
    .poll(() => transport.calls.find((call) => call.name === 'telemetry.import')?.payload)
    .toMatchObject({ kind: 'load-actual', mapping: { unit: 'MW', dateOrder: 'dmy' } });
  transport.emit(
    'job',
    jobFixture({
      id: 'import-1',
      kind: 'import',
      title: 'Import',
      phases: ['Read'],
      phase: 0,
      share: 0.4,
      detail: '412,000 rows, 310,000 rows/s',
    }),
  );
  await expect.element(page.getByText('412,000 rows, 310,000 rows/s')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel Import' }).click();
  await expect.poll(() => transport.calls.map((call) => call.name)).toContain('jobs.cancel');
});

test('rows with a problem come first in the preview, under what was seen in the whole file', async () => {
  await stage(TelemetryView);
  await chooseFile();
  const table = page.getByRole('table', { name: /^First rows/ });
  await expect.poll(() => table.getByRole('row').nth(1).element().textContent).toContain('no number');
  await expect.poll(() => table.getByRole('row').nth(2).element().textContent).toContain('12.345,25');
  await expect.element(page.getByText(/Seen in the whole file: thousands separators/)).toBeVisible();
});

test('any zone there is can be named; what is none is refused at its place', async () => {
  const { transport } = await stage(TelemetryView);
  await chooseFile();
  const zone = page.getByLabelText('Zone of the times');
  await zone.fill('Atlantis/Lost');
  await userEvent.keyboard('{Tab}');
  await expect.element(page.getByText('No zone has that name; write it as Europe/Berlin.')).toBeVisible();
  await zone.fill('australia/sydney');
  await userEvent.keyboard('{Tab}');
  await expect
    .poll(() => transport.calls.filter((call) => call.name === 'telemetry.preview').at(-1)?.payload)
    .toMatchObject({ mapping: { zone: 'Australia/Sydney' } });
});

test('a row that does not fit the mapping blocks the import and is named', async () => {
  const why = 'last 2023.csv, row 7, column "Netzlast": not a number (found "n/a").';
  await stage(TelemetryView, {
    'telemetry.preview': () => ({ ...previewFixture, doubts: [{ field: 'rows', why, choices: [] }] }),
  });
  await chooseFile();
  await expect.element(page.getByText(/row 7, column/)).toBeVisible();
  await expect
    .element(page.getByRole('button', { name: 'Import', exact: true }))
    .toHaveAttribute('aria-disabled', 'true');
});

test('the whole import can be reached by keyboard', async () => {
  await stage(TelemetryView);
  const open = page.getByRole('button', { name: /Import telemetry/ });
  (open.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  const reached = new Set<string>();
  for (let step = 0; step < 8; step++) {
    await userEvent.keyboard('{Tab}');
    reached.add(
      document.activeElement?.textContent?.trim() ||
        document.activeElement?.getAttribute('aria-label') ||
        document.activeElement?.tagName ||
        '',
    );
  }
  expect([...reached]).toContain('Choose a file …');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
  expect(document.activeElement).toBe(open.element());
});

test('fill rules: what stands in is counted, and a change is sent, confirmed and read again', async () => {
  const { container, stores, transport } = await stage(TelemetryView);
  await expectState(container, 'full');
  await expect.element(page.getByText('1,024\u00a0values')).toBeVisible();
  await expect.element(page.getByText('no series in the window')).toBeVisible();
  await expect.element(page.getByLabelText('Straight line over gaps of Wind', { exact: true })).toHaveValue('45');
  const reads = () => transport.calls.filter(({ name }) => name === 'telemetry.fillRules').length;
  const before = reads();
  await page.getByLabelText('Longer gaps of Load take', { exact: true }).selectOptions('leave-out');
  await expect
    .poll(() => transport.calls.find(({ name }) => name === 'telemetry.setFillRule')?.payload)
    .toEqual({ kind: 'load-actual', rule: { lineMinutes: 120, longer: 'leave-out' } });
  await expect.poll(reads).toBeGreaterThan(before);
  expect(stores.notices.current?.text).toMatch(/^Load: up to 2 h, longer gaps nothing: leave the day out/);
  await expectAccessible(container);
});

test('fill rules that cannot be read say why', async () => {
  const { container } = await stage(TelemetryView, {
    'telemetry.fillRules': () => refuse('internal', { problem: 'no settings' }),
  });
  await expect.element(page.getByText(/no settings/)).toBeVisible();
  await expectAccessible(container);
});
