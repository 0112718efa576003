/** What every store keeps of plans, and the sets and sweeps beside them. */
import { expect, it } from 'vitest';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { PlanRecord } from '../../planning/ports.ts';
import { sha256 } from '../fixtures/open-at.ts';
import { outOfSample, planOf, setOf } from '../fixtures/plan.ts';
import type { StoreUnderTest } from './store-under-test.ts';

/** The text of what a plan says, part by part. */
const storedBytes = ({ outcome, problem, schedule, check, baseline, provenance }: PlanRecord): number =>
  [outcome, problem, schedule, check, baseline, provenance].reduce(
    (sum, part) => sum + new TextEncoder().encode(canonicalJson(part)).length,
    0,
  );

export function keepsPlans({ fresh }: StoreUnderTest): void {
  it('gives a plan back as it was saved, and lists it', () => {
    const store = fresh();
    const plan = planOf(sha256);
    store.savePlan(plan);
    expect(store.getPlan('plan-1')).toEqual(plan);
    expect(store.getPlan('plan-2')).toBeNull();
    expect(store.listPlans()).toEqual([
      {
        id: 'plan-1',
        day: '2023-06-15',
        status: 'draft',
        protection: 1,
        totalCost: 100,
        currency: 'EUR',
        createdAtMs: plan.provenance.createdAtMs,
        gap: 0.015,
        passed: true,
        basedOn: null,
        setAside: false,
        bytes: storedBytes(plan),
      },
    ]);
    expect(store.listPlans('2023-06-16')).toEqual([]);
  });

  it('lists of a what-if which plan it was made from', () => {
    const store = fresh();
    const { provenance } = planOf(sha256);
    const basedOn = { planId: 'plan-1', edits: [{ field: 'protection' as const, value: 2 }] };
    const whatIf = planOf(sha256, { id: 'plan-2', provenance: { ...provenance, basedOn } });
    store.savePlan(whatIf);
    expect(store.getPlan('plan-2')).toEqual(whatIf);
    expect(store.listPlans().map(({ id, basedOn: base }) => [id, base])).toEqual([['plan-2', 'plan-1']]);
  });

  it('keeps where the solver ended on the newest plans, and lets it be said anew', () => {
    const store = fresh();
    const basis = (value: number) => ({ columns: new Map([['gas, slot 1', value]]), rows: new Map([['balance', 0]]) });
    expect(() => store.savePlanBasis('plan-1', basis(1))).toThrow(/no plan "plan-1"/);
    const ids = Array.from({ length: 52 }, (_, k) => `plan-${k + 1}`);
    for (const id of ids) {
      store.savePlan(planOf(sha256, { id }));
      store.savePlanBasis(id, basis(1));
    }
    store.savePlanBasis('plan-52', basis(2));
    expect(store.getPlanBasis('plan-52')).toEqual(basis(2));
    expect(store.getPlanBasis('plan-51')).toEqual(basis(1));
    expect(ids.filter((id) => store.getPlanBasis(id) === null)).toHaveLength(2);
    expect(store.getPlanBasis('plan-1')).toBeNull();
  });

  it('writes a plan once and tests it once', () => {
    const store = fresh();
    store.savePlan(planOf(sha256));
    expect(() => store.savePlan(planOf(sha256))).toThrow();
    expect(() => store.savePlan({ ...planOf(sha256, { id: 'plan-2' }), contentHash: 'wrong' })).toThrow(/altered/);
    store.attachTest('plan-1', outOfSample());
    expect(store.getPlan('plan-1')!.test).toEqual(outOfSample());
    expect(() => store.attachTest('plan-1', outOfSample())).toThrow(/tested before/);
    expect(() => store.attachTest('plan-9', outOfSample())).toThrow(/no plan "plan-9"/);
  });

  it('approves one plan of a day and supersedes the one before', () => {
    const store = fresh();
    for (const id of ['plan-1', 'plan-2']) store.savePlan(planOf(sha256, { id }));
    store.savePlan(planOf(sha256, { id: 'other-day', day: '2023-06-16' }));
    const status = () => Object.fromEntries(store.listPlans().map((plan) => [plan.id, plan.status]));
    for (const id of ['other-day', 'plan-1', 'plan-2']) store.approvePlan(id, 'ann', 'checked');
    expect(status()).toEqual({ 'other-day': 'approved', 'plan-1': 'superseded', 'plan-2': 'approved' });
    expect(() => store.approvePlan('plan-2', 'ann', 'again')).toThrow(/approved already/);
    expect(() => store.approvePlan('plan-9', 'ann', 'what')).toThrow(/no plan/);
    const { total, entries } = store.listAudit({ offset: 0, limit: 1 });
    expect(total).toBe(3);
    expect(entries[0]).toMatchObject({
      operator: 'ann',
      act: 'plan.approve',
      subject: 'plan-2',
      detail: { superseded: 'plan-1' },
    });
    store.approvePlan('plan-1', 'ann', 'back to the first');
    expect(status()).toMatchObject({ 'plan-1': 'approved', 'plan-2': 'superseded' });
  });

  it('keeps sets and sweeps', () => {
    const store = fresh();
    store.saveSet(setOf());
    store.saveSet(setOf());
    expect(() => store.saveSet(setOf({ set: { ...setOf().set, nominal: 0.5 } }))).toThrow();
    expect(store.getSet('set-1')).toEqual(setOf());
    expect(store.getSet('set-2')).toBeNull();
    const summary = {
      id: 'set-1',
      day: '2023-06-15',
      createdAtMs: setOf().createdAtMs,
      method: 'conformal',
      nominal: 0.9,
    };
    expect(store.listSets('2023-06-15')).toEqual([summary]);
    expect(store.listSets('2023-06-16')).toEqual([]);
    const points = [{ protection: 0, cost: 1.5, bound: NaN }];
    store.saveSweep('2023-06-15', 'key', []);
    store.saveSweep('2023-06-15', 'key', points);
    expect(store.getSweep('2023-06-15', 'key')).toEqual(points);
    expect(store.getSweep('2023-06-15', 'other')).toBeNull();
    store.saveSweep('2023-06-15', 'kind', points);
    expect(
      store
        .listSweeps('2023-06-15')
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['key', 'kind']);
    expect(store.listSweeps('2023-06-15')[0]!.points).toEqual(points);
    expect(store.listSweeps('2023-06-16')).toEqual([]);
  });
}
