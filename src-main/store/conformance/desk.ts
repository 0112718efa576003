/** What every store keeps of the desk: site, settings, log, runs, copies. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Store } from '../../planning/ports.ts';
import { sha256 } from '../fixtures/open-at.ts';
import { planOf, setOf } from '../fixtures/plan.ts';
import { importFile, importQuarters, quarterMs, session, sessionFile, startMs } from '../fixtures/samples.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import type { StoreUnderTest } from './store-under-test.ts';

export function keepsDesk({ fresh, open, opened }: StoreUnderTest): void {
  it('keeps site, settings and the log of who did what', () => {
    const store = fresh();
    expect([store.getSite(), store.siteSavedMs(), store.getSetting('operator')]).toEqual([null, null, null]);
    const site = { name: 'Harbour', zone: 'Europe/Berlin' } as Parameters<Store['saveSite']>[0];
    store.saveSite({ ...site, name: 'Old' }, 'ann');
    store.saveSite(site, 'ann');
    expect(store.getSite()).toEqual(site);
    expect(store.siteSavedMs()).toBe(store.listAudit({ offset: 0, limit: 1 }).entries[0]!.atMs);
    store.setSetting('operator', 'ann');
    store.setSetting('operator', 'bo');
    expect(store.getSetting('operator')).toBe('bo');
    store.addAudit({ operator: 'bo', act: 'export', subject: 'plan-1', detail: { files: 2 } });
    const { total, entries } = store.listAudit({ offset: 0, limit: 2 });
    expect(total).toBe(3);
    expect(entries.map(({ act, operator }) => [act, operator])).toEqual([
      ['export', 'bo'],
      ['site.save', 'ann'],
    ]);
    expect(entries[0]!.atMs).toBeGreaterThan(entries[1]!.atMs);
    expect([store.lastActMs('export'), store.lastActMs('set.freeze')]).toEqual([entries[0]!.atMs, null]);
  });

  it('keeps runs with what was asked and what came of it, newest first', () => {
    const store = fresh();
    const asked = { kind: 'plan', title: 'Plan', asked: { day: '2023-06-15' }, operator: 'ann', startedAtMs: 5 };
    const error = { code: 'internal' as const, message: 'm', next: 'n', details: {} };
    const failed = { outcome: 'failed' as const, said: '', result: null, error, endedAtMs: 7 };
    const first = store.startRun(asked);
    const second = store.startRun({ ...asked, startedAtMs: 6 });
    store.endRun(first, failed);
    expect(() => store.endRun(first, { ...failed, outcome: 'done' })).toThrow(/no running/);
    expect(store.listRuns({ offset: 0, limit: 9 })).toEqual({
      total: 2,
      runs: [
        { ...asked, id: second, startedAtMs: 6, outcome: null, said: '', result: null, error: null, endedAtMs: null },
        { ...asked, ...failed, id: first },
      ],
    });
    const done = { outcome: 'done' as const, said: '81.25 EUR', result: 'plan-1', error: null, endedAtMs: 9 };
    store.endRun(second, done);
    expect(store.listRuns({ offset: 0, limit: 1 }).runs).toMatchObject([done]);
    expect(store.listRuns({ offset: 1, limit: 9 })).toMatchObject({ total: 2, runs: [{ id: first }] });
  });

  it('backs up to a new file that opens as the same database, and never over another', async () => {
    const store = fresh();
    importQuarters(store, [1, NaN, 3]);
    importFile(store, sessionFile(), (writer) => writer.addSessions([session()]));
    store.savePlan(planOf(sha256));
    store.approvePlan('plan-1', 'ann', 'checked');
    const copyFile = join(scratchFolder(), 'copy.db');
    expect(await store.backup(copyFile)).toBeGreaterThan(10_000);
    const copy = opened(copyFile);
    const content = (of: Store) => ({
      series: of.listSeries(),
      values: of.readSeries(1, startMs, startMs + 3 * quarterMs),
      batches: of.listBatches(),
      sessions: of.readSessions(0, Date.UTC(2100, 0)),
      plan: of.getPlan('plan-1'),
      audit: of.listAudit({ offset: 0, limit: 99 }),
      schema: of.info().schemaVersion,
    });
    expect(content(copy)).toEqual(content(store));
    await expect(store.backup(copyFile)).rejects.toThrow(/already there/);
    expect(copy.listSeries()).toHaveLength(1);
  });

  it('is the same after closing and opening', () => {
    const file = join(scratchFolder(), 'store.db');
    const before = open(file);
    importQuarters(before, [1, 2]);
    before.saveSet(setOf());
    const kept = [before.listSeries(), before.listBatches(), before.getSet('set-1')];
    before.close();
    const after = opened(file);
    expect([after.listSeries(), after.listBatches(), after.getSet('set-1')]).toEqual(kept);
  });
}
