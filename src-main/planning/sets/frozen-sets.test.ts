/** Learning from chosen days, freezing the set, and planning another day from it: on the demo, through the contract. */
import { describe, expect, it } from 'vitest';
import { everyDay, passesFilter } from '../../base/day-filter.ts';
import { setSchemaVersion } from '../../base/schema-versions.ts';
import type { ComponentSet, FittedSet } from '../../uncertainty/types.ts';
import { loadDriver } from '../../store/driver.ts';
import { frozenNotes } from './frozen-set-of-day.ts';
import { onDemo } from '../fixtures/on-demo.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

const { desk, ask, refusal } = onDemo({ aggregators: 1 });

const fit = { method: 'conformal', shape: 'level', nominal: 0.9, windowDays: 126 } as const;
const workingDays = { ...everyDay, weekdays: 'working' } as const;

describe('the days learnt from', () => {
  it('are only those of the filter, for the errors and for the measured coverage', async () => {
    const all = await ask('uncertainty.fit', { day: '2023-06-14', ...fit });
    const working = await ask('uncertainty.fit', { day: '2023-06-14', ...fit, days: workingDays });
    expect(working.setId).not.toBe(all.setId);
    for (const { samples, coverage } of working.components) {
      expect(samples.length).toBeGreaterThan(60);
      for (const day of [...samples.map((sample) => sample.day), ...coverage.days])
        expect(passesFilter(workingDays, day), day).toBe(true);
      expect(coverage.pooled.trials).toBeGreaterThan(1000);
    }
    expect(all.components[0]!.samples.length).toBeGreaterThan(working.components[0]!.samples.length);
    expect(working.learntFrom.days).toEqual(workingDays);
  });

  it('may be a range of its own, in place of the window', async () => {
    const range = { from: '2023-03-01', to: '2023-04-30' };
    const spring = await ask('uncertainty.fit', {
      day: '2023-06-14',
      ...fit,
      windowDays: 10,
      days: { ...everyDay, range },
    });
    const days = spring.components[0]!.samples.map((sample) => sample.day);
    expect([days[0], days.at(-1), days.length]).toEqual(['2023-03-01', '2023-04-30', 61]);
  });

  it('are refused in words when too few, or when the range begins after the gate or ages ago', async () => {
    const summer = { ...everyDay, season: 'summer' } as const;
    const few = await refusal('uncertainty.fit', { day: '2023-06-07', ...fit, days: summer });
    expect(few).toMatchObject({
      code: 'too-few-filtered-days',
      message: expect.stringMatching(/Load: only 5 usable days .*"June to August"; at least 10/) as string,
    });
    const outside = (from: string, to: string) =>
      refusal('uncertainty.fit', { day: '2023-06-07', ...fit, days: { ...everyDay, range: { from, to } } });
    expect(await outside('2023-06-06', '2023-07-01')).toMatchObject({ code: 'out-of-range' });
    expect(await outside('1999-01-01', '2023-01-01')).toMatchObject({ code: 'out-of-range' });
    expect(await outside('2023-05-02', '2023-05-01')).toMatchObject({ code: 'bad-request' });
  });
});

describe('a frozen set', () => {
  it('is listed, plans another day from its own widths, and the plan says so', async () => {
    const frozen = await ask('uncertainty.fit', { day: '2023-06-14', ...fit, days: workingDays });
    await ask('uncertainty.freeze', { setId: frozen.setId, name: ' Working days ', note: 'from spring' });
    const listed = await ask('uncertainty.frozen', { day: '2023-06-15' });
    expect(listed).toMatchObject([
      {
        name: 'Working days',
        note: 'from spring',
        setId: frozen.setId,
        whyNot: null,
        learnt: { nominal: 0.9, days: workingDays },
      },
    ]);
    expect((await ask('audit.list', { offset: 0, limit: 1 })).entries[0]).toMatchObject({ act: 'set.freeze' });

    const itself = await ask('uncertainty.fit', { day: '2023-06-14', ...fit, setId: 'working days' });
    expect([itself.setId, itself.frozen]).toEqual([frozen.setId, null]);

    const { jobId } = await ask('plan.make', {
      day: '2023-06-15',
      set: 'budget',
      protection: 2,
      fit: { ...fit, setId: frozen.setId },
      timeLimitSeconds: unhurriedSeconds,
    });
    const ended = await desk().core.jobs.finished(jobId);
    expect(ended.error).toBeNull();
    const plan = await ask('plan.get', { planId: (ended.result as { planId: string }).planId });
    expect(plan.check.passed).toBe(true);
    expect(plan.provenance.notes.join()).toContain('frozen set "Working days"');

    const moved = await ask('uncertainty.fit', { day: '2023-06-15', ...fit, setId: frozen.setId });
    expect(moved.setId).toBe(plan.provenance.setId);
    expect(moved.frozen).toEqual({ setId: frozen.setId, name: 'Working days', day: '2023-06-14' });
    const anew = await ask('uncertainty.fit', { day: '2023-06-15', ...fit, days: workingDays });
    expect(moved.components[0]!.centreKw).toEqual(anew.components[0]!.centreKw);
    expect(moved.components[0]!.coverage).toEqual(frozen.components[0]!.coverage);
    expect(await refusal('uncertainty.freeze', { setId: moved.setId, name: 'Again', note: '' })).toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('frozen already') as string,
    });
  });

  it('is refused on a day whose clock changes, under an unknown name, and under a name that is taken', async () => {
    const frozen = await ask('uncertainty.fit', { day: '2023-06-13', ...fit });
    await ask('uncertainty.freeze', { setId: frozen.setId, name: 'Every day', note: '' });
    const [listed] = await ask('uncertainty.frozen', { day: '2023-03-26' });
    expect(listed!.whyNot).toMatch(/96 slots and the day 92/);
    const change = await refusal('uncertainty.fit', { day: '2023-03-26', ...fit, setId: 'Every day' });
    expect(change).toMatchObject({ code: 'set-does-not-fit' });
    expect(await refusal('uncertainty.fit', { day: '2023-06-15', ...fit, setId: 'nothing' })).toMatchObject({
      code: 'not-found',
    });
    expect(await refusal('uncertainty.freeze', { setId: frozen.setId, name: 'every DAY', note: '' })).toMatchObject({
      code: 'name-taken',
    });
  });

  it('of another format says so in the list and leaves the others readable', async () => {
    const kept = await ask('uncertainty.frozen', { day: '2023-06-15' });
    const database = new (loadDriver())(desk().databaseFile);
    database.exec('DROP TRIGGER sets_keep_content');
    const setFormat = (version: number) =>
      database.prepare('UPDATE sets SET schema_version = ? WHERE id = ?').run(version, kept[0]!.setId);
    setFormat(99);
    const listed = await ask('uncertainty.frozen', { day: '2023-06-15' });
    setFormat(setSchemaVersion);
    database.close();
    expect(listed[0]).toMatchObject({ learnt: null, whyNot: expect.stringMatching(/99/) as string });
    expect(listed.slice(1)).toEqual(kept.slice(1));
    expect(listed[1]!.learnt).not.toBeNull();
  });

  it('that has learnt from days after the planned one says so', () => {
    const component = { residuals: [{ day: '2023-06-11', errorKw: [], usable: true }] } as unknown as ComponentSet;
    const set = {
      frozen: { setId: 'a', name: 'Spring', day: '2023-06-13' },
      components: [component],
    } as unknown as FittedSet;
    expect(frozenNotes(set, '2023-06-20')).toHaveLength(1);
    expect(frozenNotes(set, '2023-06-01')[1]).toMatch(/learnt from days up to 2023-06-11: more than was known/);
    expect(frozenNotes({ ...set, frozen: undefined }, '2023-06-01')).toEqual([]);
  });
});
