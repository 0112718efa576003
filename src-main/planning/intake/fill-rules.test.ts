import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillMethods, type FillRule } from '../../base/fill-gaps.ts';
import { dayHorizon } from '../../base/horizon.ts';
import { seededRandom } from '../../base/random.ts';
import { townLoad } from '../../forecast/fixtures/series.ts';
import { forecastDay } from '../../forecast/forecast-day.ts';
import { flagBits, type RegularSeries } from '../../telemetry/types.ts';
import { halfWidthsOf } from '../../uncertainty/fit-set.ts';
import { openDemoDesk, type DemoDesk } from '../fixtures/demo-desk.ts';
import { fillNotes, fillReport, fillRulesOf, setFillRule } from './fill-rules.ts';
import { tomorrowOf } from '../desk-state.ts';

const rule = fc.record({
  lineMinutes: fc.constantFrom(0, 60, 120, 360),
  longer: fc.constantFrom(...fillMethods),
});

describe('flagging more can only widen', () => {
  const horizon = dayHorizon('2023-05-20', 'UTC', 60);
  const windowDays = 40;
  const actual = townLoad(7, 140, 2);
  const random = seededRandom(8);
  const published: RegularSeries = {
    ...actual,
    kind: 'load-forecast',
    values: actual.values.map((value) => value + 2 * random.normal()),
  };
  const flagged = (series: RegularSeries, slots: readonly number[]): RegularSeries => {
    const flags = series.flags.slice();
    for (const slot of slots) flags[slot]! |= flagBits.operatorBad;
    return { ...series, flags };
  };
  const forecastWith = (slots: readonly number[], fill: FillRule, which: 'actual' | 'imported') =>
    forecastDay({
      actual: which === 'actual' ? flagged(actual, slots) : actual,
      imported: which === 'imported' ? flagged(published, slots) : published,
      horizon,
      windowDays,
      fill: { actual: fill, imported: fill },
    });
  const sound = forecastWith([], { lineMinutes: 120, longer: 'week-before' }, 'actual');
  /** The widths that the same errors give under the doubts of a forecast. */
  const widthsUnder = ({ residualDays, doubtfulSlots }: ReturnType<typeof forecastWith>): number[] => {
    const doubts = new Map(residualDays.map((day) => [day.day, day.flaggedSlots]));
    return halfWidthsOf(
      {
        id: 'load',
        name: 'Load',
        kind: 'load',
        centreKw: sound.centre,
        biasKw: sound.bias,
        doubtfulSlots,
        residualDays: sound.residualDays.map((day) => ({ ...day, flaggedSlots: doubts.get(day.day) ?? [] })),
      },
      { method: 'conformal', shape: 'per-slot', nominal: 0.9 },
    );
  };
  const runs = fc.array(fc.tuple(fc.integer({ min: 70 * 24, max: 139 * 24 }), fc.integer({ min: 1, max: 30 })), {
    minLength: 1,
    maxLength: 4,
  });
  const slotsOf = (of: readonly (readonly [number, number])[]) =>
    of.flatMap(([from, length]) => Array.from({ length }, (_, i) => Math.min(140 * 24 - 1, from + i)));

  it.each(['actual', 'imported'] as const)('under every fill rule, in the %s series', (which) => {
    fc.assert(
      fc.property(rule, runs, runs, (fill, some, others) => {
        const few = forecastWith(slotsOf(some), fill, which);
        const many = forecastWith([...slotsOf(some), ...slotsOf(others)], fill, which);
        expect(many.residualDays.map(({ day }) => day)).toEqual(few.residualDays.map(({ day }) => day));
        few.residualDays.forEach(({ flaggedSlots }, row) =>
          expect(many.residualDays[row]!.flaggedSlots).toEqual(expect.arrayContaining(flaggedSlots)),
        );
        expect(many.doubtfulSlots).toEqual(expect.arrayContaining(few.doubtfulSlots));
        const narrow = widthsUnder(few);
        widthsUnder(many).forEach((kw, slot) => expect(kw).toBeGreaterThanOrEqual(narrow[slot]! - 1e-9));
      }),
      { numRuns: 25 },
    );
  });
  it('leaves the whole day of a long gap out, and only that day', () => {
    const noon = 100 * 24 + 12;
    const { residualDays } = forecastWith(slotsOf([[noon, 5]]), { lineMinutes: 120, longer: 'leave-out' }, 'actual');
    expect(
      residualDays.filter(({ flaggedSlots }) => flaggedSlots.length > 0).map((day) => day.flaggedSlots.length),
    ).toEqual([24]);
    const bridged = forecastWith(slotsOf([[noon, 2]]), { lineMinutes: 120, longer: 'leave-out' }, 'actual');
    expect(bridged.residualDays.flatMap((day) => day.flaggedSlots)).toEqual([12, 13]);
  });
});

describe('the rules of a desk', () => {
  let desk: DemoDesk;
  beforeAll(async () => {
    desk = await openDemoDesk();
  });
  afterAll(() => desk.close());

  it('are changed with an audit entry, counted where they are used, and written into the export', async () => {
    const { store } = desk.core.tools;
    const day = tomorrowOf(store, store.getSite()!)!;
    const load = store.listSeries().find(({ kind }) => kind === 'load-actual')!;
    const noon = Date.parse(`${day}T00:00:00Z`) - 5 * 86_400_000;
    store.markBad(load.id, noon, noon + 4 * 3_600_000, 'meter off', 'test');
    const countsOf = () => fillReport(store, 60)!.kinds.find(({ kind }) => kind === 'load-actual')!.counts!;
    const before = countsOf();
    expect(before.longer).toBe(16);
    const wish: FillRule = { lineMinutes: 240, longer: 'leave-out' };
    await setFillRule(store, 'load-actual', wish);
    expect(fillRulesOf(store)).toMatchObject({ 'load-actual': wish, price: { longer: 'last-value' } });
    expect(countsOf()).toEqual({ line: before.line + 16, longer: 0, open: 0 });
    const { total, entries } = store.listAudit({ offset: 0, limit: 1 });
    expect(entries[0]).toMatchObject({
      act: 'telemetry.fill-rule',
      subject: 'load-actual',
      detail: { before: { lineMinutes: 120, longer: 'week-before' }, after: wish },
    });
    await setFillRule(store, 'load-actual', wish);
    expect(store.listAudit({ offset: 0, limit: 1 }).total).toBe(total);
    const fit = await desk.core.dispatch('uncertainty.fit', {
      day,
      method: 'conformal',
      shape: 'per-slot',
      nominal: 0.9,
      windowDays: 60,
    });
    expect(fit.ok).toBe(true);
  });
});

describe('fillNotes', () => {
  it('say what was made up, and nothing when nothing was', () => {
    expect(fillNotes('Load', { lineMinutes: 120, longer: 'day-before' }, { line: 1, longer: 1200, open: 0 })).toEqual([
      'Load: missing or flagged values of the window were stood in for: 1 value by a straight line, 1,200 values by the same time the day before.',
    ]);
    expect(fillNotes('Load', { lineMinutes: 0, longer: 'leave-out' }, { line: 0, longer: 0, open: 3 })[0]).toContain(
      '3 values left out with their days',
    );
    expect(fillNotes('Load', { lineMinutes: 0, longer: 'leave-out' }, { line: 0, longer: 0, open: 0 })).toEqual([]);
  });
});
