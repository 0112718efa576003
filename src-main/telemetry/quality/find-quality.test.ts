import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import { flagBits, type RegularSeries, type SeriesKind } from '../types.ts';
import { findQuality, type Quality } from './find-quality.ts';
import { trusted } from './trusted.ts';

const startUtcMs = Date.UTC(2023, 5, 1);
const zone = 'Europe/Berlin';

/** Eight weeks with a daily shape, slow weather and a little noise, in MW. */
function series(
  kind: SeriesKind,
  stepMinutes: number,
  edit: (values: Float64Array) => void = () => undefined,
  seed = 3,
): RegularSeries {
  const random = seededRandom(seed);
  const values = new Float64Array((56 * 1440) / stepMinutes);
  let weather = 0;
  for (let i = 0; i < values.length; i++) {
    weather = 0.98 * weather + random.normal();
    const hour = (i * stepMinutes) / 60;
    values[i] = 1000 + 200 * Math.sin((hour / 12) * Math.PI) + 30 * weather + 2 * random.normal();
  }
  edit(values);
  return {
    kind,
    unit: kind === 'price' ? 'EUR/MWh' : 'MW',
    startUtcMs,
    stepMinutes,
    values,
    flags: new Uint16Array(values.length),
  };
}
const found = ({ ranges }: Quality) => ranges.map(({ kind, count, detail }) => ({ kind, count, detail }));
const check = (input: RegularSeries, other?: RegularSeries) => findQuality(input, other ? { zone, other } : { zone });

describe('findQuality', () => {
  it('finds nothing in a series without faults, and leaves it unchanged', () => {
    for (const seed of [1, 2, 3, 4]) {
      const input = series('load-actual', 15, undefined, seed);
      const before = input.values.slice();
      expect(check(input).ranges).toEqual([]);
      expect(input.values).toEqual(before);
    }
  });
  it('states gaps by their length', () => {
    const quality = check(
      series('load-forecast', 15, (values) => {
        values[10] = NaN;
        values.fill(NaN, 96, 192);
      }),
    );
    expect(found(quality)).toEqual([
      { kind: 'gap', count: 1, detail: '1 value missing (15 minutes)' },
      { kind: 'gap', count: 96, detail: '96 values missing (24 hours)' },
    ]);
    expect(quality.ranges[1]).toMatchObject({
      fromUtcMs: startUtcMs + 86_400_000,
      toUtcMs: startUtcMs + 2 * 86_400_000,
    });
    expect(quality.flags[10]).toBe(flagBits.gap);
    expect(quality.flags[11]).toBe(0);
  });
  it('calls an hour impossible in which a part of the sum is missing, at any step', () => {
    const lose = (count: number) => (values: Float64Array) => {
      for (let i = 500; i < 500 + count; i++) values[i]! *= 0.2;
    };
    const hourly = check(series('wind-forecast', 60, lose(1)));
    expect(found(hourly)).toMatchObject([{ kind: 'impossible', count: 1 }]);
    expect(hourly.ranges[0]!.detail).toMatch(/^\d{3} MW between [\d,]+ and [\d,]+: a part seems to be missing$/);
    expect(hourly.ranges[0]!.fromUtcMs).toBe(startUtcMs + 500 * 3_600_000);
    expect(hourly.flags[500]).toBe(flagBits.impossible);
    expect(found(check(series('wind-forecast', 15, lose(4))))).toMatchObject([{ kind: 'impossible', count: 4 }]);
  });
  it('calls a lesser departure a spike, and a step, a ramp or a slow trough nothing', () => {
    const spike = check(
      series('load-actual', 15, (values) => {
        values[500] = values[500]! + 700;
      }),
    );
    expect(found(spike)).toMatchObject([{ kind: 'spike', count: 1 }]);
    const step = check(
      series('load-actual', 15, (values) => {
        for (let i = 500; i < values.length; i++) values[i]! += 700;
      }),
    );
    expect(step.ranges).toEqual([]);
    const ramp = check(
      series('load-actual', 15, (values) => {
        for (let i = 0; i < 12; i++) values[500 + i]! += i * 120;
        for (let i = 512; i < values.length; i++) values[i]! += 1440;
      }),
    );
    expect(ramp.ranges).toEqual([]);
    const trough = check(
      series('wind-actual', 15, (values) => {
        for (let i = 500; i < 520; i++) values[i]! *= 0.4;
      }),
    );
    expect(trough.ranges).toEqual([]);
  });
  it('measures a departure by how the series usually changes', () => {
    const random = seededRandom(5);
    const noisy = series('load-actual', 15, (values) =>
      values.forEach((_, i) => (values[i] = 2000 + 100 * random.normal())),
    );
    const changes = 100 * Math.SQRT2;
    const departing = (times: number): RegularSeries => {
      const values = noisy.values.slice();
      values.set([2000, 2000 + times * changes, 2000], 700);
      return { ...noisy, values };
    };
    expect(check(departing(6.5)).ranges).toEqual([]);
    expect(found(check(departing(9.5)))).toMatchObject([{ kind: 'spike', count: 1 }]);
  });
  it('believes a departure that forecast and actual share', () => {
    const dip = (values: Float64Array): void => {
      values[500] = 300;
    };
    const actual = series('wind-actual', 60, dip);
    expect(check(actual, series('wind-forecast', 60, dip, 4)).ranges).toEqual([]);
    expect(check(actual, series('wind-forecast', 60, undefined, 4)).ranges).toHaveLength(1);
    const later = {
      ...series(
        'wind-forecast',
        60,
        (values) => {
          values[476] = 300;
        },
        4,
      ),
      startUtcMs: startUtcMs + 86_400_000,
    };
    expect(check(actual, later).ranges).toEqual([]);
  });
  it('finds a stopped meter, but no calm, no full output and no equal prices', () => {
    const frozen = check(series('load-actual', 15, (values) => values.fill(1012.5, 300, 308)));
    expect(found(frozen)).toEqual([{ kind: 'frozen', count: 8, detail: '8 times 1,013 MW in a row (2 hours)' }]);
    const calm = check(
      series('wind-actual', 60, (values) => {
        values.fill(0, 300, 330);
        values.fill(2200, 400, 420);
      }),
    );
    expect(calm.ranges.filter(({ kind }) => kind === 'frozen')).toEqual([]);
    expect(check(series('price', 60, (values) => values.fill(90, 300, 330))).ranges).toEqual([]);
  });
  it('takes three equal values for chance and four for a fault where no two others are equal', () => {
    expect(check(series('load-actual', 60, (values) => values.fill(1012, 300, 303))).ranges).toEqual([]);
    expect(found(check(series('load-actual', 60, (values) => values.fill(1012, 300, 304))))).toMatchObject([
      { kind: 'frozen' },
    ]);
  });
  it('asks for longer runs where rounding makes neighbours equal', () => {
    const rounded = series('load-actual', 15, (values) =>
      values.forEach((value, i) => (values[i] = Math.round(value / 20) * 20)),
    );
    expect(check(rounded).ranges).toEqual([]);
    rounded.values.fill(1000, 300, 340);
    expect(found(check(rounded))).toMatchObject([{ kind: 'frozen', count: expect.closeTo(40, -1) as number }]);
  });
  it('finds what cannot be: negative load, ten times the usual, prices beyond every limit', () => {
    const load = check(
      series('load-actual', 15, (values) => {
        values[100] = -1;
        values.fill(10_000, 200, 230);
      }),
    );
    expect(found(load).map(({ kind, count }) => [kind, count])).toEqual(
      expect.arrayContaining([
        ['negative', 1],
        ['impossible', 30],
      ]),
    );
    const wind = check(
      series('wind-actual', 15, (values) => {
        values.fill(1, 98, 104);
        values[100] = -1;
      }),
    );
    expect(wind.ranges.filter(({ kind }) => kind === 'negative')).toEqual([]);
    expect(
      found(
        check(
          series('price', 60, (values) => {
            values[5] = -500;
            values[6] = 12_000;
          }),
        ),
      ),
    ).toEqual([{ kind: 'impossible', count: 1, detail: "12,000 EUR/MWh, beyond every exchange's limit" }]);
  });
  it('keeps what the import said of repeated rows and what the operator said of values', () => {
    const input = series('load-actual', 15);
    input.flags[7] = flagBits.duplicate;
    input.flags[9] = flagBits.duplicate | flagBits.impossible;
    input.flags[11] = flagBits.operatorGood | flagBits.spike;
    const quality = check(input);
    expect(found(quality).map(({ detail }) => detail)).toEqual([
      'the file repeats these rows; one of each is kept',
      'the file states two different values for the same time; the first is kept',
    ]);
    expect([7, 9, 11].map((slot) => quality.flags[slot])).toEqual([
      flagBits.duplicate,
      flagBits.duplicate | flagBits.impossible,
      flagBits.operatorGood,
    ]);
    const again = check({ ...input, flags: quality.flags });
    expect(again.flags).toEqual(quality.flags);
  });
  it('notes the hours of a clock change', () => {
    const autumn = { ...series('load-actual', 15), startUtcMs: Date.UTC(2022, 9, 1) };
    const quality = check(autumn);
    expect(quality.ranges).toEqual([
      {
        kind: 'clockChange',
        fromUtcMs: Date.parse('2022-10-30T00:00Z'),
        toUtcMs: Date.parse('2022-10-30T02:00Z'),
        count: 8,
        detail: '25-hour day 2022-10-30: an hour comes twice',
      },
    ]);
    expect(quality.flags.some((bits) => bits !== 0)).toBe(false);
    const spring = check({ ...autumn, startUtcMs: Date.UTC(2022, 2, 1) });
    expect(spring.ranges).toMatchObject([{ count: 4, fromUtcMs: Date.parse('2022-03-27T01:00Z') }]);
  });
});

describe('trusted', () => {
  it('lets the operator overrule findings, and bad overrule good', () => {
    expect(trusted(0)).toBe(true);
    expect(trusted(flagBits.clockChange | flagBits.duplicate | flagBits.filled)).toBe(true);
    for (const bit of [
      flagBits.gap,
      flagBits.frozen,
      flagBits.spike,
      flagBits.impossible,
      flagBits.negative,
      flagBits.operatorBad,
    ]) {
      expect(trusted(bit)).toBe(false);
      if (bit !== flagBits.operatorBad) expect(trusted(bit | flagBits.operatorGood)).toBe(true);
    }
    expect(trusted(flagBits.operatorBad | flagBits.operatorGood)).toBe(false);
  });
});
