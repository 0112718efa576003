/** What every store keeps of plans that are out of the lists. */
import { expect, it } from 'vitest';
import type { Store } from '../../planning/ports.ts';
import { sha256 } from '../fixtures/open-at.ts';
import { planOf } from '../fixtures/plan.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const aside = (store: Store): string[] => store.listPlans().flatMap(({ id, setAside }) => (setAside ? [id] : []));
const acts = (store: Store): unknown[] =>
  store.listAudit({ offset: 0, limit: 99 }).entries.map(({ act, subject, operator }) => [act, subject, operator]);

export function keepsPlansAside({ fresh }: StoreUnderTest): void {
  const withPlans = (...ids: string[]): Store => {
    const store = fresh();
    for (const id of ids) store.savePlan(planOf(sha256, { id }));
    return store;
  };

  it('marks them, takes the marks away, and writes down who did it, once each', () => {
    const store = withPlans('plan-1', 'plan-2', 'plan-3');
    const before = store.getPlan('plan-1');
    expect(store.setPlansAside(['plan-1', 'plan-2'], 'ann')).toEqual(['plan-1', 'plan-2']);
    expect(store.setPlansAside(['plan-2', 'plan-3'], 'bo')).toEqual(['plan-3']);
    expect(aside(store).sort()).toEqual(['plan-1', 'plan-2', 'plan-3']);
    expect(store.bringPlansBack(['plan-1', 'plan-2'], 'cy')).toEqual(['plan-1', 'plan-2']);
    expect(store.bringPlansBack(['plan-2'], 'cy')).toEqual([]);
    expect(aside(store)).toEqual(['plan-3']);
    expect(store.getPlan('plan-1')).toEqual(before);
    expect(acts(store)).toEqual([
      ['plan.bring-back', 'plan-2', 'cy'],
      ['plan.bring-back', 'plan-1', 'cy'],
      ['plan.set-aside', 'plan-3', 'bo'],
      ['plan.set-aside', 'plan-2', 'ann'],
      ['plan.set-aside', 'plan-1', 'ann'],
    ]);
  });

  it('keeps what is approved in sight, and brings back what is approved', () => {
    const store = withPlans('plan-1', 'plan-2');
    store.setPlansAside(['plan-1'], 'ann');
    store.approvePlan('plan-1', 'ann', 'after all');
    expect(aside(store)).toEqual([]);
    expect(() => store.setPlansAside(['plan-2', 'plan-1'], 'ann')).toThrow(/plan-1 is approved/);
    expect(aside(store)).toEqual([]);
    store.approvePlan('plan-2', 'ann', 'better');
    expect(store.setPlansAside(['plan-1'], 'ann')).toEqual(['plan-1']);
  });

  it('knows no plan that is not there', () => {
    const store = withPlans('plan-1');
    expect(() => store.setPlansAside(['plan-1', 'plan-9'], 'ann')).toThrow(/no plan "plan-9"/);
    expect(() => store.bringPlansBack(['plan-9'], 'ann')).toThrow(/no plan "plan-9"/);
    expect(aside(store)).toEqual([]);
    expect(acts(store)).toEqual([]);
  });
}
