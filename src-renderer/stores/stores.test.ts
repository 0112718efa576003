import { expect, test } from 'vitest';
import { createClient } from '../../src-main/contract/client.ts';
import { jobFixture } from './fixtures/desk-fixture.ts';
import { fixtureTransport, refuse } from './fixtures/fixture-transport.ts';
import { fixtureDay, planFixture, summaryOf } from './fixtures/plan-fixture.ts';
import { deskFixture } from './fixtures/desk-fixture.ts';
import { protectionSteps } from './risk.svelte.ts';
import { createStores } from './stores.svelte.ts';

async function opened(transport = fixtureTransport()) {
  const stores = createStores(createClient(transport));
  stores.jobs.start();
  stores.risk.start();
  await stores.desk.refresh();
  return { stores, transport };
}

test('the planning day is tomorrow until another is chosen', async () => {
  const { stores } = await opened();
  expect(stores.desk.day).toBe(fixtureDay);
  stores.desk.chooseDay('2023-06-01');
  expect(stores.desk.day).toBe('2023-06-01');
  stores.desk.chooseDay(fixtureDay);
  expect(stores.desk.chosenDay).toBeNull();
});

test('the approved plan of the day comes onto the desk before a newer draft, and its horizon becomes the cursor’s', async () => {
  const approved = planFixture({ id: 'old', status: 'approved' });
  const plans = [{ ...summaryOf(planFixture()), createdAtMs: 9e12 }, summaryOf(approved)];
  const asked: string[] = [];
  const { stores } = await opened(
    fixtureTransport({
      'desk.state': () => deskFixture({ plans }),
      'plan.get': ({ planId }) => {
        asked.push(planId);
        return approved;
      },
    }),
  );
  await stores.plan.open();
  expect(asked).toEqual(['old']);
  expect(stores.cursor.horizon?.slots).toBe(96);
});

test('a plan that was just made stays on the desk although an approved one exists', async () => {
  const made = planFixture({ id: 'new' });
  let plans = [summaryOf(planFixture({ id: 'old', status: 'approved' }))];
  const { stores, transport } = await opened(
    fixtureTransport({
      'desk.state': () => deskFixture({ plans }),
      'plan.get': ({ planId }) => ({ ...made, id: planId }),
    }),
  );
  const making = stores.plan.make();
  await expect.poll(() => stores.plan.jobId).toBe('job-1');
  plans = [...plans, { ...summaryOf(made), status: 'draft' }];
  transport.emit('job', jobFixture({ state: 'done', result: { planId: 'new' } }));
  await making;
  await stores.plan.open();
  expect(stores.plan.current.value?.id).toBe('new');
});

test('a refused plan leaves its problem, the next one clears it', async () => {
  const { stores, transport } = await opened(
    fixtureTransport({ 'plan.make': () => refuse('plan-infeasible', { day: fixtureDay, why: 'old town' }) }),
  );
  await stores.plan.make();
  expect(stores.plan.problem?.code).toBe('plan-infeasible');
  transport.answer({ 'plan.make': () => ({ jobId: 'job-1' }) });
  void stores.plan.make();
  expect(stores.plan.problem).toBeNull();
});

test('an ended job is not brought back to life by a late report', async () => {
  const { stores, transport } = await opened();
  transport.emit('job', jobFixture({ state: 'cancelled' }));
  transport.emit('job', jobFixture({ state: 'running' }));
  expect(stores.jobs.running).toEqual([]);
});

test('an event that does not fit the contract is dropped', async () => {
  const { stores, transport } = await opened();
  transport.emit('job', { id: 'half a job' });
  expect(stores.jobs.list).toEqual([]);
});

test('an answer that is overtaken is dropped', async () => {
  const { stores, transport } = await opened();
  const waiting: ((state: ReturnType<typeof deskFixture>) => void)[] = [];
  transport.answer({ 'desk.state': () => new Promise((resolve) => waiting.push(resolve)) });
  const first = stores.desk.refresh();
  const second = stores.desk.refresh();
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]!(deskFixture({ operator: 'second' }));
  waiting[0]!(deskFixture({ operator: 'first' }));
  await Promise.all([first, second]);
  expect(stores.desk.operator).toBe('second');
});

test('protections cover 0 to L, both ends included, also when L is no multiple of the step', () => {
  expect(protectionSteps(2, 0.5)).toEqual([0, 0.5, 1, 1.5, 2]);
  expect(protectionSteps(2.2, 1)).toEqual([0, 1, 2, 2.2]);
});

test('the cursor keeps within its horizon and has no slot without one', async () => {
  const { stores } = await opened();
  stores.cursor.set(5);
  expect(stores.cursor.slot).toBeNull();
  stores.cursor.setHorizon(planFixture().horizon);
  stores.cursor.set(400);
  expect(stores.cursor.slot).toBe(95);
  expect(stores.cursor.label).toBe('23:45');
  stores.cursor.setHorizon(planFixture({}, '2023-03-26').horizon);
  expect(stores.cursor.slot).toBe(91);
});

test('a selected range is ordered, kept within the horizon and forgotten when cleared', async () => {
  const { stores } = await opened();
  stores.slotRange.set(3, 9);
  expect(stores.slotRange.selected).toBeNull();
  stores.cursor.setHorizon(planFixture().horizon);
  stores.slotRange.set(90, 400);
  expect(stores.slotRange.selected).toEqual({ fromSlot: 90, toSlot: 95 });
  stores.cursor.setHorizon(planFixture({}, '2023-03-26').horizon);
  expect(stores.slotRange.selected).toEqual({ fromSlot: 90, toSlot: 91 });
  stores.slotRange.set(9, 3);
  expect(stores.slotRange.selected).toEqual({ fromSlot: 3, toSlot: 9 });
  stores.slotRange.clear();
  expect(stores.slotRange.selected).toBeNull();
});
