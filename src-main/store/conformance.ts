/** What every `Store` must do, whatever lies beneath it. An adapter's test calls this with a way to open a file. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../planning/ports.ts';
import { sha256 } from './fixtures/open-at.ts';
import { outOfSample, planOf, setOf } from './fixtures/plan.ts';
import {
  importFile,
  importQuarters,
  loadFile,
  quarterMs,
  quarters,
  session,
  sessionFile,
  startMs,
} from './fixtures/samples.ts';
import { scratchFolder } from './fixtures/scratch.ts';

/** `open` opens a database file, making it when it is not there; the suite closes every store it opened. */
export function describeStore(name: string, open: (file: string) => Store): void {
  const opened = (file: string): Store => {
    const store = open(file);
    onTestFinished(() => store.close());
    return store;
  };
  const fresh = (): Store => opened(join(scratchFolder(), 'store.db'));

  describe(`${name} keeps telemetry`, () => {
    it('gives back what a file brought, on the grid, with NaN where nothing came', () => {
      const store = fresh();
      const batch = importFile(store, loadFile(), (writer) => {
        writer.addSamples([{ utcMs: startMs, value: 51.5, flags: 0 }]);
        writer.addSamples([
          { utcMs: startMs + 3 * quarterMs, value: -2.25, flags: 32 },
          { utcMs: startMs + 2 * quarterMs, value: NaN, flags: 1 },
        ]);
      });
      expect(batch).toMatchObject({ storedCount: 3, flaggedCount: 2, replacedCount: 0, fileName: 'load.csv' });
      const [series] = store.listSeries();
      expect(series).toMatchObject({
        kind: 'load-actual',
        name: 'Grid',
        unit: 'MW',
        stepMinutes: 15,
        fromUtcMs: startMs,
        toUtcMs: startMs + 4 * quarterMs,
        valueCount: 2,
        flaggedCount: 2,
      });
      const read = store.readSeries(series!.id, startMs - quarterMs, startMs + 5 * quarterMs);
      expect(read.startUtcMs).toBe(startMs - quarterMs);
      expect([...read.values]).toEqual([NaN, 51.5, NaN, NaN, -2.25, NaN]);
      expect([...read.flags]).toEqual([0, 0, 0, 1, 32, 0]);
    });

    it('shows nothing of an import before its end, and nothing at all of one rolled back', () => {
      const store = fresh();
      const writer = store.beginImport(loadFile());
      writer.addSamples(quarters([1, 2, 3]));
      expect(store.listSeries()).toEqual([]);
      expect(store.listBatches()).toEqual([]);
      writer.rollback();
      expect(store.listSeries()).toEqual([]);
      expect(store.findBatch('hash-of-load', 'load-actual')).toBeNull();
      importQuarters(store, [4]);
      expect(store.listSeries()).toHaveLength(1);
    });

    it('finds a known file again, by content and kind', () => {
      const store = fresh();
      const batch = importQuarters(store, [1, 2]);
      expect(store.findBatch('hash-of-load', 'load-actual')).toEqual(batch);
      expect(store.findBatch('hash-of-load', 'load-forecast')).toBeNull();
      expect(store.findBatch('another', 'load-actual')).toBeNull();
    });

    it('lets the newest file win, counts what it replaced and keeps every batch listed', () => {
      const store = fresh();
      importQuarters(store, [1, 2, 3, 4]);
      const second = importQuarters(store, [30, 40, 50], startMs + 2 * quarterMs, { fileHash: 'second' });
      expect(second).toMatchObject({ storedCount: 3, replacedCount: 2 });
      const [series] = store.listSeries();
      expect(series).toMatchObject({ valueCount: 5, toUtcMs: startMs + 5 * quarterMs });
      expect([...store.readSeries(series!.id, startMs, series!.toUtcMs).values]).toEqual([1, 2, 30, 40, 50]);
      expect(store.listBatches().map((batch) => batch.fileHash)).toEqual(['second', 'hash-of-load']);
    });

    it('keeps series apart by kind and name, and refuses to mix units or steps', () => {
      const store = fresh();
      importQuarters(store, [1]);
      importQuarters(store, [2], startMs, { kind: 'load-forecast' });
      expect(store.listSeries().map(({ kind }) => kind)).toEqual(['load-actual', 'load-forecast']);
      const series = loadFile().series!;
      const mixed = (change: Partial<typeof series>) => () =>
        store.beginImport(loadFile({ series: { ...series, ...change } }));
      expect(mixed({ unit: 'EUR/MWh' })).toThrow(/the unit EUR\/MWh.*kept in MW/);
      expect(mixed({ stepMinutes: 60 })).toThrow(/steps of 60 minutes.*kept in steps of 15 minutes/);
      importQuarters(store, [3], startMs + quarterMs);
      expect(store.listSeries()[0]!.valueCount).toBe(2);
    });

    it('keeps sessions with their defects, the newest file winning', () => {
      const store = fresh();
      const broken = session({
        id: 'S-2',
        departureUtcMs: NaN,
        energyKwh: NaN,
        defects: ['no-end', 'no-energy'],
        row: 2,
      });
      const first = importFile(store, sessionFile(), (writer) => writer.addSessions([session(), broken]));
      expect(first).toMatchObject({ storedCount: 2, flaggedCount: 1, replacedCount: 0 });
      const corrected = session({ energyKwh: 14, row: 8 });
      const second = importFile(store, sessionFile({ fileHash: 'b' }), (writer) => writer.addSessions([corrected]));
      expect(second).toMatchObject({ storedCount: 1, replacedCount: 1 });
      expect(store.readSessions(startMs, startMs + 1)).toEqual([broken, corrected]);
      expect(store.sessionStations()).toEqual([
        { station: 'Garage', count: 2, usable: 1, fromUtcMs: startMs, toUtcMs: corrected.departureUtcMs },
      ]);
    });
  });

  describe(`${name} keeps findings and verdicts`, () => {
    it('replaces findings but never a verdict', () => {
      const store = fresh();
      importQuarters(store, [1, 2, 900, 4]);
      const { id } = store.listSeries()[0]!;
      const spikeAt = { fromUtcMs: startMs + 2 * quarterMs, toUtcMs: startMs + 3 * quarterMs };
      const spike = { kind: 'spike', ...spikeAt, count: 1, detail: '900 MW after 2 MW' };
      const assess = () => {
        const flags = store.readSeries(id, startMs, startMs + 4 * quarterMs);
        flags.flags.set([0, 0, 8, 0]);
        store.replaceFlags(id, [{ ...flags, ranges: [spike] }]);
      };
      const bits = () => [...store.readSeries(id, startMs, startMs + 4 * quarterMs).flags];
      assess();
      expect(store.listFlags({ offset: 0, limit: 10 })).toMatchObject({
        total: 1,
        ranges: [{ ...spike, override: null }],
      });
      expect(bits()).toEqual([0, 0, 8, 0]);
      expect(store.listSeries()[0]!.flaggedCount).toBe(1);
      const judged = store.overrideFlag(
        store.listFlags({ offset: 0, limit: 1 }).ranges[0]!.id,
        'good',
        'cup final',
        'ann',
      );
      expect(judged.override).toMatchObject({ verdict: 'good', reason: 'cup final', operator: 'ann' });
      assess();
      expect(store.listFlags({ seriesId: id, kind: 'spike', offset: 0, limit: 10 })).toEqual({
        total: 1,
        ranges: [judged],
      });
      expect(bits()).toEqual([0, 0, 8 | 512, 0]);
      expect(store.listSeries()[0]!.flaggedCount).toBe(0);
    });

    it('marks a range bad by hand, with a reason and an audit entry', () => {
      const store = fresh();
      importQuarters(store, [1, 2, 3, 4]);
      const { id } = store.listSeries()[0]!;
      expect(() => store.markBad(id, startMs, startMs + quarterMs, ' ', 'ann')).toThrow(/needs a reason/);
      const marked = store.markBad(id, startMs + quarterMs, startMs + 3 * quarterMs, 'meter swapped', 'ann');
      expect(marked).toMatchObject({ kind: 'operatorBad', count: 2, override: { verdict: 'bad' } });
      expect([...store.readSeries(id, startMs, startMs + 4 * quarterMs).flags]).toEqual([0, 256, 256, 0]);
      const quality = store.dayQuality(id, 'UTC');
      expect(quality.days).toEqual(['2023-06-15']);
      expect([quality.validShare[0], quality.flagged[0]]).toEqual([2 / 96, 2]);
      expect(store.listAudit({ offset: 0, limit: 5 }).entries.map(({ act }) => act)).toEqual(['telemetry.markBad']);
    });
  });

  describe(`${name} keeps plans`, () => {
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
    });
  });

  describe(`${name} keeps back-tests`, () => {
    const failed = (day: string, strategy: string, problem = 'no data') =>
      ({ state: 'failed', day, strategy, code: 'no-telemetry', problem }) as const;

    it('outcomes by settings, day and strategy, the newest of each', () => {
      const store = fresh();
      store.saveStrategyDay('key', failed('2023-05-02', 'nominal'));
      store.saveStrategyDay('key', failed('2023-05-01', 'perfect'));
      store.saveStrategyDay('key', failed('2023-05-01', 'nominal'));
      store.saveStrategyDay('other', failed('2023-05-01', 'nominal'));
      store.saveStrategyDay('key', failed('2023-05-01', 'nominal', 'still no data'));
      expect(store.listStrategyDays('key', '2023-05-01', '2023-05-02')).toEqual([
        failed('2023-05-01', 'nominal', 'still no data'),
        failed('2023-05-01', 'perfect'),
        failed('2023-05-02', 'nominal'),
      ]);
      expect(store.listStrategyDays('key', '2023-05-02', '2023-05-09')).toHaveLength(1);
      expect(store.listStrategyDays('none', '2023-05-01', '2023-05-02')).toEqual([]);
    });

    it('questions by id, the one asked last first', () => {
      const store = fresh();
      const record = (id: string, createdAtMs: number) => ({
        id,
        settingsKey: 'key',
        currency: 'EUR',
        createdAtMs,
        asked: {
          from: '2023-05-01',
          to: '2023-05-09',
          every: 2,
          strategies: ['nominal'],
          fit: { method: 'conformal', shape: 'level', nominal: 0.95, windowDays: 90 } as const,
          settlement: { spread: 0.5, unservedPerKwh: 5 },
          timeLimitSeconds: 30,
        },
      });
      store.saveBackTest(record('one', 1));
      store.saveBackTest(record('two', 2));
      expect(store.listBackTests()).toEqual([record('two', 2), record('one', 1)]);
      store.saveBackTest(record('one', 3));
      expect(store.listBackTests()).toEqual([record('one', 3), record('two', 2)]);
      expect(store.getBackTest('two')).toEqual(record('two', 2));
      expect(store.getBackTest('three')).toBeNull();
    });
  });

  describe(`${name} keeps frozen sets`, () => {
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
  });

  describe(`${name} keeps the desk`, () => {
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
  });
}
