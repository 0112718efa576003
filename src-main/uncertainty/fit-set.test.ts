import { describe, expect, it } from 'vitest';
import { Refusal } from '../base/errors.ts';
import { componentOf, residualDays } from './fixtures/residuals.ts';
import { fitSet, type SetWish } from './fit-set.ts';

const wish: SetWish = { method: 'conformal', shape: 'level', nominal: 0.9, windowDays: 90 };
const law = {
  days: 90,
  slots: 24,
  errorAt: ({ day, slot }: { day: number; slot: number }, level: number) => 0.1 * level * (0.9 * day + 0.4 * slot),
  levelAt: (random: { uniform(): number }) => 20 + 180 * random.uniform(),
};

describe('fitSet', () => {
  it('gives wide intervals to high forecasts in the level shape, and one width to all in the other', () => {
    const component = {
      ...componentOf(residualDays(1, law)),
      centreKw: Float64Array.from({ length: 24 }, (_, h) => (h < 12 ? 40 : 180)),
    };
    const level = fitSet([component], wish).components[0]!.halfWidthKw;
    const perSlot = fitSet([component], { ...wish, shape: 'per-slot' }).components[0]!.halfWidthKw;
    const ratio = (widths: number[]) =>
      widths.slice(12).reduce((sum, width) => sum + width, 0) /
      widths.slice(0, 12).reduce((sum, width) => sum + width, 0);
    expect(ratio(level)).toBeGreaterThan(3);
    expect(ratio(perSlot)).toBeLessThan(1.5);
  });

  it('reports bands inside one another, residuals, correlation and coverage', () => {
    const set = fitSet([componentOf(residualDays(2, law))], wish);
    const component = set.components[0]!;
    expect(component.bands.map(({ share }) => share)).toEqual([0.2, 0.4, 0.6, 0.8]);
    for (let slot = 0; slot < 24; slot++) {
      component.bands.slice(1).forEach((band, index) => {
        expect(band.lowerKw[slot]).toBeLessThanOrEqual(component.bands[index]!.lowerKw[slot]!);
        expect(band.upperKw[slot]).toBeGreaterThanOrEqual(component.bands[index]!.upperKw[slot]!);
      });
    }
    expect(component.residuals).toHaveLength(90);
    expect(component.lag1Autocorrelation).toBeGreaterThan(0.5);
    expect(component.meanWidthKw).toBeCloseTo((2 * component.halfWidthKw.reduce((sum, half) => sum + half, 0)) / 24, 9);
    expect(component.coverage.days).toHaveLength(30);
    expect(set.budgetCoverage.map(({ protection }) => protection)).toEqual([0, 1]);
    expect(component.widening.every((factor) => factor === 1)).toBe(true);
  });

  it('keeps flagged days out of the resampling and widens their slots', () => {
    const flaggedAt = (day: number, slot: number) => slot === 7 && day >= 80;
    const component = fitSet([componentOf(residualDays(2, { ...law, flaggedAt }))], wish).components[0]!;
    expect(component.residuals.filter(({ usable }) => !usable)).toHaveLength(10);
    expect(component.widening[7]).toBeGreaterThan(1.2);
    expect(component.widening[7]).toBeGreaterThan(component.widening[8]!);
  });

  it('holds plain finite numbers even where errors are missing', () => {
    const days = residualDays(3, law);
    days[50]!.error.fill(NaN);
    const set = fitSet([componentOf(days)], wish);
    const numbers = JSON.stringify(set).match(/null/g);
    expect(numbers).toBeNull();
    expect(set.components[0]!.residuals[50]!.usable).toBe(true);
  });

  it('refuses a history that is too short', () => {
    const short = componentOf(residualDays(1, { ...law, days: 9 }));
    expect(() => fitSet([short], wish)).toThrow(Refusal);
    const flagged = componentOf(residualDays(1, { ...law, days: 30, flaggedAt: (day) => day > 8 }));
    expect(() => fitSet([flagged], wish)).toThrow(/9 usable days/);
  });
});
