import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneOf } from '../../base/zone.ts';
import { flagBits, type RegularSeries, type SeriesKind } from '../types.ts';
import { fillMethods, weeklyFill, type FillMethod, type FillRule } from '../../base/fill-gaps.ts';
import { fillSeries } from './fill-series.ts';

const zone = 'Europe/Berlin';
function series(
  kind: SeriesKind,
  values: ArrayLike<number>,
  startUtcMs = Date.UTC(2023, 5, 1),
  stepMinutes = 60,
): RegularSeries {
  return {
    kind,
    unit: 'MW',
    startUtcMs,
    stepMinutes,
    values: Float64Array.from(values),
    flags: new Uint16Array(values.length),
  };
}

describe('fillSeries', () => {
  it('draws a line over two hours and marks it', () => {
    const filled = fillSeries(series('load-actual', [10, NaN, NaN, 40]), zone, weeklyFill);
    expect([...filled.series.values]).toEqual([10, 20, 30, 40]);
    expect([...filled.series.flags]).toEqual([0, flagBits.filled, flagBits.filled, 0]);
    expect(filled.counts).toEqual({ line: 2, longer: 0, open: 0 });
  });
  it('replaces values that are not trusted, and keeps those the operator vouched for', () => {
    const input = series('load-actual', [10, 900, 12]);
    input.flags[1] = flagBits.spike;
    expect([...fillSeries(input, zone, weeklyFill).series.values]).toEqual([10, 11, 12]);
    expect(fillSeries(input, zone, weeklyFill).series.flags[1]).toBe(flagBits.spike | flagBits.filled);
    input.flags[1] = flagBits.spike | flagBits.operatorGood;
    expect([...fillSeries(input, zone, weeklyFill).series.values]).toEqual([10, 900, 12]);
  });
  it('takes the same wall clock a week before, else the day before, across a clock change', () => {
    // Three weeks around 27 March 2022; each value is its local hour, and 100 more in the third week.
    const start = Date.parse('2022-03-20T00:00+01:00');
    const rules = zoneOf(zone);
    const values = Array.from({ length: 21 * 24 }, (_, i) => {
      const local = rules.toLocal(start + i * 3_600_000);
      return ((local / 3_600_000) % 24) + (i >= 14 * 24 ? 100 : 0);
    });
    const at = (text: string) => (Date.parse(text) - start) / 3_600_000;
    const [from, to] = [at('2022-03-29T10:00+02:00'), at('2022-03-29T16:00+02:00')];
    const input = series('load-actual', values, start);
    input.values.fill(NaN, from, to);
    const filled = fillSeries(input, zone, weeklyFill).series.values.slice(from, to);
    expect([...filled]).toEqual([10, 11, 12, 13, 14, 15]);
    input.values[from - 24] = 77;
    const yesterday: FillRule = { lineMinutes: 120, longer: 'day-before' };
    expect(fillSeries(input, zone, yesterday).series.values[from]).toBe(77);
    const week = at('2022-03-22T10:00+01:00');
    input.values.fill(NaN, week, week + 6);
    expect(fillSeries(input, zone, weeklyFill).series.values[from]).toBe(10);
    const open: FillRule = { lineMinutes: 120, longer: 'leave-out' };
    expect(fillSeries(input, zone, open).counts).toEqual({ line: 0, longer: 0, open: 12 });
  });
  it('takes the first pass of a repeated hour, and the hour after one left out', () => {
    const start = Date.parse('2022-10-29T00:00+02:00');
    const values = Array.from({ length: 10 * 24 }, (_, i) => i);
    const at = (text: string) => (Date.parse(text) - start) / 3_600_000;
    const hole = (text: string): number => {
      const input = series('load-actual', values, start);
      input.values.fill(NaN, at(text) - 2, at(text) + 2);
      return fillSeries(input, zone, weeklyFill).series.values[at(text)]!;
    };
    expect(hole('2022-11-06T02:00+01:00')).toBe(at('2022-10-30T02:00+02:00'));
    expect(hole('2022-11-06T03:00+01:00')).toBe(at('2022-10-30T03:00+01:00'));
    const spring = Date.parse('2022-03-20T00:00+01:00');
    const later = Array.from({ length: 17 * 24 }, (_, i) => i);
    const after = series('load-actual', later, spring);
    // 02:30 of 3 April looks back to an hour that the 27th of March does not have.
    const gap = (Date.parse('2022-04-03T02:00+02:00') - spring) / 3_600_000;
    after.values.fill(NaN, gap - 2, gap + 2);
    expect(fillSeries(after, zone, weeklyFill).series.values[gap]).toBe(
      (Date.parse('2022-03-27T03:00+02:00') - spring) / 3_600_000,
    );
  });
  it('holds the last price on and leaves open what nothing precedes', () => {
    const filled = fillSeries(series('price', [NaN, 90, NaN, NaN, NaN, NaN, 70]), zone, {
      lineMinutes: 0,
      longer: 'last-value',
    });
    expect([...filled.series.values]).toEqual([NaN, 90, 90, 90, 90, 90, 70]);
    expect(filled.counts).toEqual({ line: 0, longer: 4, open: 1 });
  });
  it('never touches a trusted value and never fills silently', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: NaN }), {
          minLength: 1,
          maxLength: 400,
        }),
        fc.constantFrom<FillMethod>(...fillMethods),
        fc.constantFrom(0, 60, 120, 360),
        (values, longer, lineMinutes) => {
          const { series: filled, counts } = fillSeries(series('load-actual', values), zone, { lineMinutes, longer });
          values.forEach((value, i) => {
            const marked = (filled.flags[i]! & flagBits.filled) !== 0;
            if (!Number.isNaN(value)) expect([filled.values[i], marked]).toEqual([value, false]);
            else expect(marked).toBe(!Number.isNaN(filled.values[i]!));
          });
          expect(counts.line + counts.longer + counts.open).toBe(values.filter((value) => Number.isNaN(value)).length);
        },
      ),
    );
  });
});
