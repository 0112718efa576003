/** What every store keeps of sets under a name. */
import { expect, it } from 'vitest';
import { setOf } from '../fixtures/plan.ts';
import type { StoreUnderTest } from './store-under-test.ts';

export function keepsFrozenSets({ fresh }: StoreUnderTest): void {
  it('under a name given once, with an entry of who froze it', () => {
    const store = fresh();
    store.saveSet(setOf());
    store.saveSet(setOf({ id: 'set-2' }));
    expect(store.listFrozen()).toEqual([]);
    const first = store.freezeSet({ name: 'Winter', setId: 'set-1', note: 'cold weeks', operator: 'ann' });
    const second = store.freezeSet({ name: 'Spring', setId: 'set-2', note: '', operator: 'bo' });
    expect(store.listFrozen()).toEqual([second, first]);
    expect(first).toMatchObject({ name: 'Winter', setId: 'set-1', note: 'cold weeks', operator: 'ann' });
    expect(store.listAudit({ offset: 1, limit: 1 }).entries[0]).toMatchObject({
      operator: 'ann',
      act: 'set.freeze',
      subject: 'set-1',
      atMs: first.frozenAtMs,
      detail: { name: 'Winter', note: 'cold weeks' },
    });
    const again = (setId: string, name: string) => () => store.freezeSet({ name, setId, note: '', operator: 'ann' });
    expect(again('set-2', 'WINTER')).toThrow(/"Winter" already/);
    expect(again('set-3', 'Summer')).toThrow(/no set "set-3"/);
    expect(store.listAudit({ offset: 0, limit: 9 }).total).toBe(2);
  });
}
