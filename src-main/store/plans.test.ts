import { describe, expect, it, onTestFinished } from 'vitest';
import { canonicalJson } from '../base/canonical-json.ts';
import { loadDriver, type Database } from './driver.ts';
import { openAt, sha256 } from './fixtures/open-at.ts';
import { outOfSample, planOf, provenance } from './fixtures/plan.ts';
import { scratchStore } from './fixtures/scratch.ts';
import { contentColumns, hashContent } from './plan-content.ts';

/** Someone opens the file with another tool, takes the guards away and changes something. */
function tampered(change: string) {
  const { store, file } = scratchStore();
  store.savePlan(planOf(sha256));
  store.attachTest('plan-1', outOfSample());
  store.close();
  const database: Database = new (loadDriver())(file);
  const guards = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all() as string[];
  for (const guard of guards) database.exec(`DROP TRIGGER ${guard}`);
  expect(database.prepare(change).run().changes).toBe(1);
  database.close();
  const again = openAt(file);
  onTestFinished(() => again.close());
  return again;
}

describe('a stored plan', () => {
  it('has the hash of its canonical content', () => {
    const { status, test, contentHash, ...content } = planOf(sha256, { day: '2023-06-15', baseline: null });
    expect([status, test]).toEqual(['draft', null]);
    const columns = contentColumns(planOf(sha256, { baseline: null }));
    expect(hashContent(content.id, content.day, columns, sha256)).toBe(sha256(canonicalJson(content)));
    expect(contentHash).toBe(sha256(canonicalJson(content)));
  });

  it.each([
    ['schedule', `UPDATE plans SET schedule_json = replace(schedule_json, '53.1', '53.2')`],
    ['day', `UPDATE plans SET day = '2023-06-16'`],
    ['outcome', `UPDATE plans SET outcome_json = replace(outcome_json, 'feasible', 'optimal')`],
    ['provenance', `UPDATE plans SET provenance_json = replace(provenance_json, '"seed":7', '"seed":8')`],
    ['baseline', `UPDATE plans SET baseline_json = 'null'`],
    ['hash', `UPDATE plans SET content_hash = 'aa'`],
    ['test', `UPDATE plans SET test_json = replace(test_json, '"hits":1', '"hits":0')`],
    ['summary', `UPDATE plans SET total_cost = 90`],
  ])('is refused when its %s was altered', (_what, change) => {
    expect(() => tampered(change).getPlan('plan-1')).toThrow(/plan plan-1 was altered after it was written/);
  });

  it.each([
    ['of a later shape', provenance({ schemaVersion: 99 }), 99],
    ['that does not say its shape', { ...provenance(), schemaVersion: undefined as unknown as number }, 0],
  ])('%s is refused in words and stays listed', (_what, made, found) => {
    const { store } = scratchStore();
    store.savePlan(planOf(sha256, { provenance: made }));
    const words = `The plan plan-1 is kept in format ${found}; this Surewatt reads format 1.`;
    expect(() => store.getPlan('plan-1')).toThrow(words);
    expect(store.getAlteredContent('plan-1')).toBeNull();
    expect(store.listPlans()).toMatchObject([{ id: 'plan-1', totalCost: 100 }]);
  });

  it('is given back when only its status moved', () => {
    expect(tampered(`UPDATE plans SET status = 'approved'`).getPlan('plan-1')!.status).toBe('approved');
  });

  it('may come with its test and standing, as from another desk', () => {
    const { store } = scratchStore();
    const plan = planOf(sha256, {
      status: 'approved',
      test: outOfSample(),
      outcome: { kind: 'optimal', bound: 100, gap: null },
    });
    store.savePlan(plan);
    expect(store.getPlan('plan-1')).toEqual(plan);
    expect(store.listPlans()[0]).toMatchObject({ status: 'approved', gap: null });
  });

  it('is not half saved when a part of it cannot be', () => {
    const { store } = scratchStore();
    const test = { ...outOfSample(), perSlot: Float64Array.of(1) as unknown as number[] };
    expect(() => store.savePlan(planOf(sha256, { test }))).toThrow(/Float64Array/);
    expect(store.listPlans()).toEqual([]);
  });

  it('is listed by day, then by age, newest first', () => {
    const { store } = scratchStore();
    const at = (id: string, day: string, createdAtMs: number) =>
      store.savePlan(planOf(sha256, { id, day, provenance: provenance({ createdAtMs }) }));
    at('old', '2023-06-15', 1);
    at('later-day', '2023-06-16', 0);
    at('new', '2023-06-15', 2);
    expect(store.listPlans().map(({ id }) => id)).toEqual(['later-day', 'new', 'old']);
    expect(store.listPlans('2023-06-15').map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it('stays with the plan approved before when approving fails half-way', () => {
    const { store } = scratchStore();
    for (const id of ['a', 'b']) store.savePlan(planOf(sha256, { id }));
    store.approvePlan('a', 'ann', 'checked');
    const reason = new Float64Array(1) as unknown as string;
    expect(() => store.approvePlan('b', 'ann', reason)).toThrow(/Float64Array/);
    expect(store.listPlans().map(({ id, status }) => [id, status])).toEqual([
      ['a', 'approved'],
      ['b', 'draft'],
    ]);
    expect(store.listAudit({ offset: 0, limit: 9 }).total).toBe(1);
  });
});
