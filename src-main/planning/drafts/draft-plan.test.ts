import { beforeAll, expect, it } from 'vitest';
import { relaxation } from '../../contract/drafts.ts';
import type { PlanEditPayload } from '../../contract/plan-edit.ts';
import { readPlan } from '../plan/approve-plan.ts';
import { planContentHash } from '../plan/plan-hash.ts';
import { onFirstAggregator } from '../fixtures/demo-desk.ts';
import { onDemo } from '../fixtures/on-demo.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

const { desk, ask } = onDemo();
let planId: string;

async function draft(edits: PlanEditPayload[], from = planId) {
  const { jobId } = await ask('plan.draft', { planId: from, edits, timeLimitSeconds: unhurriedSeconds });
  return desk().core.jobs.finished(jobId);
}

beforeAll(async () => {
  const fit = { method: 'conformal', shape: 'level', nominal: 0.95, windowDays: 120 } as const;
  const options = { day: '2023-06-15', set: 'budget', protection: 2, fit, timeLimitSeconds: unhurriedSeconds } as const;
  const made = await onFirstAggregator(desk(), async () => {
    const { jobId } = await ask('plan.make', options);
    return desk().core.jobs.finished(jobId);
  });
  planId = (made.result as { planId: string }).planId;
});

it('a what-if is a checked, tested draft that says what it was made from, and its consequence', async () => {
  const [unit] = (await ask('plan.editable', { planId })).filter(({ kind }) => kind === 'gas');
  const most = unit!.fields.find(({ field }) => field === 'gas.maxKw')!.most!;
  const before = await ask('plan.get', { planId });
  const peak = Math.max(...before.gas[0]!.valueKw);
  expect(peak).toBeLessThanOrEqual(most);
  const limit = Math.floor(0.9 * peak);
  const edits = [{ field: 'gas.maxKw', id: unit!.id!, value: limit, fromSlot: 60, toSlot: 91 }] as const;
  const job = await draft([...edits]);
  expect(job.error).toBeNull();
  const { planId: draftId } = job.result as { planId: string };
  const after = await ask('plan.get', { planId: draftId });
  expect(after.check.passed).toBe(true);
  expect(after.test).not.toBeNull();
  expect(after.whatIf).toMatchObject({ planId, edits });
  expect(after.whatIf!.sentences[0]).toMatch(/15:00–23:00: greatest output/);
  expect(after.provenance.inputsHash).not.toBe(before.provenance.inputsHash);
  expect(Math.max(...after.gas[0]!.valueKw.slice(60, 92))).toBeLessThanOrEqual(limit + 1e-6);
  expect((await ask('plan.get', { planId })).provenance).toEqual(before.provenance);
  const change = await ask('plan.compare', { fromId: planId, toId: draftId });
  expect(change.same).toEqual({ data: true, set: true, horizon: true });
  expect(change.cost.to).toBeGreaterThan(change.cost.from);
  expect(change.resources.find(({ id }) => id === unit!.id)!.largestKw).toBeLessThan(0);
  expect(change.changedSlots).toBeGreaterThan(0);
  const again = await ask('plan.compare', { fromId: draftId, toId: draftId });
  expect([again.changedSlots, again.resources, again.promises, again.newExceptions]).toEqual([0, [], [], []]);
  const listed = await ask('plan.list', {});
  expect(listed.find(({ id }) => id === draftId)!.basedOn).toBe(planId);
  expect(listed.find(({ id }) => id === planId)!.basedOn).toBeNull();
});

it('without a plan says what conflicts and the least change that would do, and applying that does', async () => {
  const editable = await ask('plan.editable', { planId });
  const units = editable.filter(({ kind }) => kind === 'gas').map(({ id }) => id!);
  const night = { fromSlot: 72, toSlot: 79 };
  const edits: PlanEditPayload[] = [
    ...units.map((id) => ({ field: 'gas.outOfService' as const, id, ...night })),
    ...(editable.some(({ kind }) => kind === 'grid') ? [{ field: 'grid.importKw' as const, value: 0, ...night }] : []),
  ];
  const { error } = await draft(edits);
  expect(error?.code).toBe('plan-infeasible');
  expect(error?.message).toMatch(/demand|limits/);
  const relax = relaxation.array().parse(error?.details['relax']);
  expect(relax.length).toBeGreaterThan(0);
  const [first] = relax;
  expect(first!.sentence).toMatch(/18:00–20:00/);
  const eased = edits.map((edit, at) => (at === first!.replaces ? first!.edit : edit));
  expect((await draft(first!.replaces === null ? [...edits, first!.edit] : eased)).error).toBeNull();
});

it('refuses what cannot be before anything is solved', async () => {
  expect((await draft([{ field: 'protection', value: 99 }])).error).toMatchObject({ code: 'out-of-range' });
  expect((await draft([{ field: 'protection', value: 1 }], 'no-plan')).error).toMatchObject({ code: 'plan-not-found' });
});

it('a what-if of a plan in which CVaR took the place of the exact form says so too', async () => {
  const fit = { method: 'conformal', shape: 'level', nominal: 0.95, windowDays: 120 } as const;
  const options = {
    day: '2023-06-15',
    set: 'wasserstein',
    protection: 2,
    fit,
    timeLimitSeconds: unhurriedSeconds,
  } as const;
  const made = await onFirstAggregator(desk(), async () => {
    const { jobId } = await ask('plan.make', options);
    return desk().core.jobs.finished(jobId);
  });
  const { store, hash } = desk().core.tools;
  const chosen = readPlan(store, (made.result as { planId: string }).planId);
  expect(chosen.provenance.chance).toMatchObject({ used: 'cvar', why: null });
  const chance = { ...chosen.provenance.chance!, why: 'the exact form did not end' };
  const stoodIn = { ...chosen, id: `${chosen.id}-cvar`, provenance: { ...chosen.provenance, chance } };
  store.savePlan({ ...stoodIn, contentHash: planContentHash(stoodIn, hash) });
  const [unit] = (await ask('plan.editable', { planId: stoodIn.id })).filter(({ kind }) => kind === 'gas');
  const most = unit!.fields.find(({ field }) => field === 'gas.maxKw')!.most!;
  const edits = [{ field: 'gas.maxKw', id: unit!.id!, value: 0.99 * most, fromSlot: 60, toSlot: 61 }] as const;
  const { planId: draftId } = (await draft([...edits], stoodIn.id)).result as { planId: string };
  const after = await ask('plan.get', { planId: draftId });
  expect(after.chance!.sentence).toMatch(/because the exact form did not end$/);
});
