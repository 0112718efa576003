import { describe, expect, it } from 'vitest';
import { addDays } from '../../base/zone.ts';
import { slotMargins } from './slot-margins.ts';

const history = (days: number, bias: number) => ({
  id: 'north wind',
  residuals: Array.from({ length: days }, (_, d) => ({
    day: addDays('2024-03-01', d),
    errorKw: [bias + (d % 2 === 0 ? 10 : -10), 4 * (d % 2 === 0 ? 10 : -10)],
    usable: d !== 0,
  })),
});

describe('slotMargins', () => {
  it('is −μ + kσ of the usable days, slot by slot', () => {
    // Twenty usable days of ±10 about the bias: σ = 10 √(20/19).
    const margins = slotMargins(history(21, 5), () => ({ kind: 'cantelli' }), 0.1);
    expect(margins[0]).toBeCloseTo(-5 + 3 * 10 * Math.sqrt(20 / 19), 9);
    expect(margins[1]).toBeCloseTo(3 * 40 * Math.sqrt(20 / 19), 9);
  });

  it('lets the form depend on the slot, and is never below zero', () => {
    const radii: number[] = [];
    slotMargins(
      history(21, 0),
      ({ deviation }) => {
        radii.push(deviation);
        return { kind: 'wasserstein', radius: deviation };
      },
      0.1,
    );
    expect(radii[1]! / radii[0]!).toBeCloseTo(4, 9);
    expect(slotMargins(history(21, 1000), () => ({ kind: 'cantelli' }), 0.1)[0]).toBe(0);
  });

  it('refuses too few usable days', () => {
    expect(() => slotMargins(history(10, 0), () => ({ kind: 'cantelli' }), 0.1)).toThrow(
      /Only 9 usable days of north wind/,
    );
  });
});
