import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { residualTable, type ResidualTable } from './component-input.ts';
import { componentOf, residualDays } from './fixtures/residuals.ts';
import { fitInterval, type IntervalWish } from './interval-model.ts';
import { wideningFactor } from './widen.ts';

const wishes: IntervalWish[] = (['prediction-normal', 'conformal'] as const).flatMap((method) =>
  (['per-slot', 'level'] as const).map((shape) => ({ method, shape, nominal: 0.95 })),
);
const law = {
  days: 60,
  slots: 8,
  errorAt: ({ day, slot }: { day: number; slot: number }) => 10 * (0.8 * day + 0.6 * slot),
};
const table = residualTable(componentOf(residualDays(1, law)));
const halfWidths = (from: ResidualTable, wish: IntervalWish) => {
  const model = fitInterval(from, 0, from.days.length, wish, []);
  return Array.from(model.widened, (width, slot) => width * model.scale(100, slot));
};
const withFlags = (flags: readonly number[]): ResidualTable => {
  const flagged = new Uint8Array(table.flagged.length);
  for (const at of flags) flagged[at] = 1;
  return { ...table, flagged };
};

describe.each(wishes)('fitInterval $method $shape', (wish) => {
  it('is near 1.96 standard deviations of normal errors', () => {
    const long = residualTable(componentOf(residualDays(2, { ...law, days: 400 })));
    const widths = halfWidths(long, wish);
    const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length;
    expect(mean).toBeGreaterThan(18);
    expect(mean).toBeLessThan(22);
  });

  it('never narrows when more is flagged', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(table.flagged.length - 1), { maxLength: 200 }),
        fc.uniqueArray(fc.nat(table.flagged.length - 1), { maxLength: 200 }),
        (some, others) => {
          const before = halfWidths(withFlags(some), wish);
          const after = halfWidths(withFlags([...some, ...others]), wish);
          before.forEach((width, slot) => expect(after[slot]).toBeGreaterThanOrEqual(width));
        },
      ),
      { numRuns: 60 },
    ));

  it('does not narrow when values are missing instead of flagged', () => {
    const missing = { ...table, errors: table.errors.slice(), flagged: table.flagged.slice() };
    for (let day = 40; day < 46; day++) {
      missing.errors[day * 8 + 3] = NaN;
      missing.flagged[day * 8 + 3] = 1;
    }
    expect(halfWidths(missing, wish)[3]).toBeGreaterThan(halfWidths(table, wish)[3]!);
  });

  it('is not sized by a flagged false value, nor wrecked by an unflagged one', () => {
    const falseOne = { ...table, errors: table.errors.slice(), flagged: table.flagged.slice() };
    falseOne.errors[30 * 8 + 3] = 15_110;
    const unflagged = halfWidths(falseOne, wish)[3]!;
    falseOne.flagged[30 * 8 + 3] = 1;
    const flagged = halfWidths(falseOne, wish)[3]!;
    const sound = halfWidths(table, wish)[3]!;
    expect(flagged).toBeGreaterThanOrEqual(unflagged);
    expect(flagged).toBeLessThan(1.5 * sound);
    falseOne.errors[30 * 8 + 3] = 1e12;
    expect(halfWidths(falseOne, wish)[3]).toBeCloseTo(flagged, 6);
  });

  it('widens the slots whose forecast rests on replaced values', () => {
    const model = fitInterval(table, 0, 60, wish, [5]);
    expect(model.widening[5]).toBe(2);
    expect(model.widening[4]).toBe(1);
  });
});

it('weighs recent flags more', () => {
  const old = new Uint8Array(30).fill(0);
  const recent = old.slice();
  old[0] = 1;
  recent[29] = 1;
  const factor = (flags: Uint8Array) => wideningFactor(flags, 1, 0, 30, [])[0]!;
  expect(factor(recent)).toBeGreaterThan(factor(old));
  expect(factor(old)).toBeGreaterThan(1);
  expect(factor(new Uint8Array(30).fill(1))).toBeCloseTo(2, 12);
});

it('keeps a guarantee beyond the data out of conformal sets with few days', () => {
  const few = residualTable(componentOf(residualDays(3, { ...law, days: 12 })));
  const conformal = halfWidths(few, { method: 'conformal', shape: 'per-slot', nominal: 0.99 });
  const normal = halfWidths(few, { method: 'prediction-normal', shape: 'per-slot', nominal: 0.99 });
  conformal.forEach((width, slot) => expect(width).toBeGreaterThanOrEqual(normal[slot]!));
});
