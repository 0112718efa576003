import { tick } from 'svelte';
import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { createClient } from '../../src-main/contract/client.ts';
import { jobFixture } from '../stores/fixtures/desk-fixture.ts';
import { fixtureTransport } from '../stores/fixtures/fixture-transport.ts';
import { expectAccessible } from '../stores/fixtures/stage.ts';
import { createStores } from '../stores/stores.svelte.ts';
import '../styles/base.css';
import App from './App.svelte';
import { listCommands } from './commands.ts';

async function opened(answers: Parameters<typeof fixtureTransport>[0] = {}) {
  const transport = fixtureTransport(answers);
  const stores = createStores(createClient(transport));
  const { container } = await render(App, { stores });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(() => stores.plan.current.value).not.toBeNull();
  return { container, stores, transport };
}

const press = (keys: string): Promise<void> => userEvent.keyboard(keys);

beforeEach(() => {
  location.hash = '';
});

test('the frame says site, zone with offset, planning day, operator and state of the plan', async () => {
  const { container } = await opened();
  const header = container.querySelector('header')!;
  expect(header.textContent).toContain('Riverside microgrid');
  expect(header.textContent).toContain('Europe/Berlin UTC+02:00');
  expect(header.textContent).toContain('K. Lindqvist');
  expect(container.querySelector('[data-plan-status]')?.textContent).toBe('Draft');
  expect(container.querySelectorAll('[data-exception]')).toHaveLength(0);
  await expectAccessible(container);
});

test('Ctrl+2 opens the second screen and the address follows; Ctrl+1 comes back', async () => {
  const { stores } = await opened();
  await press('{Control>}2{/Control}');
  expect(stores.route.screen).toBe('telemetry');
  expect(location.hash).toBe('#telemetry');
  await expect.element(page.getByRole('link', { name: /Telemetry/ })).toHaveAttribute('aria-current', 'page');
  await press('{Control>}1{/Control}');
  expect(stores.route.screen).toBe('overview');
});

test('the palette lists every command, runs one by name, and says why another cannot run', async () => {
  const { stores, transport } = await opened();
  await press('{Control>}k{/Control}');
  const dialog = page.getByRole('dialog');
  await expect.element(dialog).toBeVisible();
  await expectAccessible(document.querySelector('[role=dialog]')!);
  const acts = { openPalette() {}, openKeyMap() {}, openOperator() {}, openBackup() {}, walkPanes() {} };
  for (const command of listCommands(stores, acts))
    if (command.id !== 'palette') expect(document.querySelector('[role=dialog]')!.textContent).toContain(command.name);
  await userEvent.keyboard('Cancel what{Enter}');
  await expect.element(dialog.getByRole('status')).toHaveTextContent('Cancel what runs: Nothing is running.');
  await page.getByRole('combobox').fill('Plan tomorrow');
  await press('{Enter}');
  await expect.poll(() => transport.calls.filter((call) => call.name === 'plan.make')).toHaveLength(1);
  await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
});

test('a running solve shows phase, numbers and budget; Ctrl+. cancels it', async () => {
  const { container, transport } = await opened();
  transport.emit('job', jobFixture({ startedAtMs: Date.now() }));
  const bar = container.querySelector('footer')!;
  await expect.poll(() => bar.textContent).toContain('incumbent 812.4 USD, bound 809.9 USD, gap 0.3 %');
  expect(bar.textContent).toContain('(3 of 4)');
  expect(bar.textContent?.replaceAll('\u00a0', ' ')).toContain('of 1 min 00 s');
  await page.getByRole('button', { name: /Use best so far/ }).click();
  await press('{Control>}.{/Control}');
  await expect
    .poll(() => transport.calls.filter((call) => call.name.startsWith('jobs.')).map((call) => call.name))
    .toEqual(['jobs.list', 'jobs.useBest', 'jobs.cancel']);
  await expectAccessible(container);
});

test('"use best so far" is not offered while there is no incumbent', async () => {
  const { container, transport } = await opened();
  transport.emit('job', jobFixture({ detail: 'presolve' }));
  await expect.poll(() => container.querySelector('footer')!.textContent).toContain('presolve');
  expect(container.querySelector('footer')!.textContent).not.toContain('Use best so far');
});

test('Ctrl+S shows what approval takes on, asks for a reason and approves with it', async () => {
  const { transport } = await opened();
  await press('{Control>}s{/Control}');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  const reason = page.getByLabelText('Reason');
  await expect.element(reason).toHaveFocus();
  const dialog = page.getByRole('dialog').element().textContent;
  expect(dialog).toMatch(/Worst-case cost.*against the\s+day\s+without V2G/s);
  expect(dialog).toMatch(/Chance of a violation\s*4\.70\D*within\s*the target of\s*5/);
  expect(dialog).toMatch(/Independent check\s*passed/);
  expect(dialog).toMatch(/Open exceptions\s*none/);
  await reason.fill('checked with the shift lead');
  await userEvent.keyboard('{Enter}');
  await expect
    .poll(() => transport.calls.find((call) => call.name === 'plan.approve')?.payload)
    .toEqual({ planId: 'plan-0001', reason: 'checked with the shift lead' });
  await expect.element(page.getByText('The plan is approved.')).toBeVisible();
});

test('coming back to Overview, the big action waits for Enter', async () => {
  const { stores } = await opened();
  stores.route.go('risk');
  await page.getByRole('button', { name: 'Solve the curve' }).first().click();
  await press('{Control>}1{/Control}');
  await expect.element(page.getByRole('button', { name: /^Approve …/ })).toHaveFocus();
});

test('why an act was refused is not said on while another goes on', async () => {
  const { stores } = await opened();
  await press('{Control>}.{/Control}');
  await expect.poll(() => stores.notices.current).not.toBeNull();
  await press('{Control>}{Enter}{/Control}');
  await expect.poll(() => stores.notices.current).toBeNull();
});

test('a notice does not outlive the screen it was said on', async () => {
  const { stores } = await opened();
  stores.notices.say('The plan is approved.');
  await expect.element(page.getByText('The plan is approved.')).toBeVisible();
  stores.route.go('schedule');
  await expect.poll(() => stores.notices.current).toBeNull();
  stores.notices.say('Schedule exported as CSV.');
  stores.desk.chooseDay('2023-06-14');
  await expect.poll(() => stores.notices.current).toBeNull();
});

test('Ctrl+Enter on Risk solves the curve at the chosen step', async () => {
  const { stores, transport } = await opened();
  stores.route.go('risk');
  stores.risk.step = 1;
  await press('{Control>}{Enter}{/Control}');
  const asked = (): unknown => transport.calls.find((call) => call.name === 'risk.sweep')?.payload;
  await expect.poll(asked).toMatchObject({ kinds: ['budget'], sizes: [0, 1, 2, 3, 4, 5, 6] });
  stores.route.go('overview');
});

test('F6 walks from a pane to its table twin and on; Shift+F6 walks back', async () => {
  await opened();
  const pane = (): string | undefined => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane;
  await expect.poll(pane).toBe('Plan');
  const visited: string[] = [];
  for (let step = 0; step < 3; step++) {
    await press('{F6}');
    visited.push(
      `${pane()} ${document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.showing ?? ''}`.trim(),
    );
  }
  expect(visited).toEqual(['Exceptions', 'Dispatch main', 'Dispatch twin']);
  await press('{Shift>}{F6}{/Shift}');
  expect(pane()).toBe('Exceptions');
});

test('no bare letter does anything outside a focused chart', async () => {
  const { stores, transport } = await opened();
  const before = transport.calls.length;
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard('abcdefghijklmnopqrstuvwxyz');
  expect(stores.route.screen).toBe('overview');
  expect(document.querySelector('[role=dialog]')).toBeNull();
  expect(transport.calls.length).toBe(before);
});

test('F1 shows the keys; the operator is changed under his name', async () => {
  const { transport } = await opened();
  await press('{F1}');
  await expect.element(page.getByRole('heading', { name: 'In a focused chart' })).toBeVisible();
  await press('{Escape}');
  await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
  await page.getByRole('button', { name: /^Operator/ }).click();
  await page.getByLabelText('Name').fill('M. Okafor');
  await userEvent.keyboard('{Enter}');
  await expect
    .poll(() => transport.calls.find((call) => call.name === 'desk.setOperator')?.payload)
    .toEqual({ operator: 'M. Okafor' });
  await expect.element(page.getByRole('button', { name: /^Operator: M. Okafor/ })).toBeVisible();
});

test('another planning day is typed or stepped to; one that is none is refused in words', async () => {
  const { stores } = await opened();
  const day = page.getByLabelText('Planning day');
  await day.fill('2023-06-31');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Write the day as 2023-06-15.')).toBeVisible();
  expect(stores.desk.day).toBe('2023-06-15');
  await page.getByRole('button', { name: 'Day before' }).click();
  expect(stores.desk.day).toBe('2023-06-14');
  await page.getByRole('button', { name: 'Back to tomorrow' }).click();
  expect(stores.desk.chosenDay).toBeNull();
});

test('a command that cannot run says why instead of doing nothing', async () => {
  await opened();
  await press('{Control>}.{/Control}');
  await expect.element(page.getByText('Cancel what runs: Nothing is running.')).toBeVisible();
});

test('a backup asks for a name, says where the copy is, and why there is none', async () => {
  const { container, transport } = await opened();
  await press('{Control>}k{/Control}');
  await page.getByRole('combobox').fill('Back up');
  await press('{Enter}');
  const dialog = page.getByRole('dialog');
  await expect.element(dialog.getByText(/Nothing is overwritten/)).toBeVisible();
  await expectAccessible(document.querySelector('[role=dialog]')!);
  await dialog.getByLabelText('File').fill('copy.db');
  await press('{Enter}');
  const asked = () => transport.calls.filter((call) => call.name === 'desk.backup').map((call) => call.payload);
  await expect.poll(asked).toEqual([{ file: 'copy.db', existing: 'keep' }]);
  const job = { id: 'backup-1', kind: 'backup' as const, title: 'Back up to copy.db', phases: ['Copy'], phase: 0 };
  const error = {
    code: 'file-exists',
    message: 'copy.db is already there.',
    next: 'Choose another name.',
    details: {},
  };
  transport.emit('job', jobFixture({ ...job, state: 'failed', error }));
  await expect.element(dialog.getByText('copy.db is already there. Choose another name.')).toBeVisible();
  await press('{Enter}');
  await expect.poll(asked).toHaveLength(2);
  // The job of the first attempt has ended; its id answers at once, so a copy asked for elsewhere tells of itself.
  transport.emit(
    'job',
    jobFixture({ ...job, id: 'backup-2', state: 'done', result: { file: '/data/copy.db', bytes: 2_340_000 } }),
  );
  await expect
    .poll(() => container.querySelector('footer')!.textContent)
    .toContain('Backed up to /data/copy.db, 2.34\u00a0MB.');
});

test('a notice stays when the desk is read again', async () => {
  const { stores } = await opened();
  stores.notices.say('The plan is approved.');
  await stores.desk.refresh();
  await tick();
  await expect.element(page.getByText('The plan is approved.')).toBeVisible();
  expect(stores.notices.current?.text).toBe('The plan is approved.');
});
