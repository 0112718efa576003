import { expect, test } from 'vitest';
import { createClient } from '../../src-main/contract/client.ts';
import type { PlanPayload } from '../../src-main/contract/plan.ts';
import { deskFixture } from './fixtures/desk-fixture.ts';
import { fixtureTransport, refuse } from './fixtures/fixture-transport.ts';
import { planFixture, summaryOf } from './fixtures/plan-fixture.ts';
import { createStores } from './stores.svelte.ts';

/** A desk with `plan-0001` on it and `other` beside it. */
async function opened(other: PlanPayload | null) {
  const plan = planFixture();
  const beside = planFixture({ id: 'other', protection: 2 });
  const stores = createStores(
    createClient(
      fixtureTransport({
        'desk.state': () => deskFixture({ plans: [{ ...summaryOf(beside), createdAtMs: 0 }, summaryOf(plan)] }),
        'plan.get': ({ planId }) => (planId === plan.id ? plan : (other ?? refuse('plan-not-found', { id: planId }))),
      }),
    ),
  );
  await stores.desk.refresh();
  await stores.plan.open();
  return stores;
}

test('offers the other plans of the day and shows the one chosen, until none is', async () => {
  const { ghost } = await opened(planFixture({ id: 'other', protection: 2 }));
  expect(ghost.choices.map((one) => one.id)).toEqual(['other']);
  expect(ghost.shown).toBeNull();
  await ghost.choose('other');
  expect(ghost.shown?.protection).toBe(2);
  expect(ghost.problem).toBeNull();
  await ghost.choose(null);
  expect(ghost.shown).toBeNull();
});

test('the plan on the desk is never its own ghost', async () => {
  const { ghost, plan } = await opened(planFixture({ id: 'other' }));
  await ghost.choose('other');
  await plan.open('other');
  expect(ghost.chosenId).toBeNull();
  expect(ghost.shown).toBeNull();
});

test('refuses in words a plan with other slots, and one that cannot be read', async () => {
  const halves = planFixture({ id: 'other' });
  halves.horizon = { ...halves.horizon, slotMinutes: 30, slots: 48 };
  const { ghost } = await opened(halves);
  await ghost.choose('other');
  expect(ghost.shown).toBeNull();
  expect(ghost.problem).toContain('48 slots of 30 minutes');
  const { ghost: unread } = await opened(null);
  await unread.choose('other');
  expect(unread.shown).toBeNull();
  expect(unread.problem).toMatch(/\w{3}/);
});
