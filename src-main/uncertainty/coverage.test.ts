import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { budgetCoverage } from './budget-coverage.ts';
import { clusterShare } from './cluster-share.ts';
import { residualTable } from './component-input.ts';
import { measureCoverage } from './coverage.ts';
import { componentOf, residualDays } from './fixtures/residuals.ts';
import { heldOutRatios, type HeldOutRatios } from './held-out.ts';

const dates = (count: number) => Array.from({ length: count }, (_, day) => `day ${day}`);

describe('clusterShare', () => {
  it('equals the exact binomial interval when slots are independent', () => {
    const random = seededRandom(1);
    const hits = Array.from(
      { length: 200 },
      () => Array.from({ length: 10 }, () => random.uniform()).filter((u) => u < 0.9).length,
    );
    const { share, lower, upper } = clusterShare(hits, new Array<number>(200).fill(10));
    expect(upper - lower).toBeGreaterThan(0.02);
    expect(upper - lower).toBeLessThan(0.035);
    expect(share).toBeCloseTo(0.9, 1);
  });
  it('counts days when the slots of a day move together', () => {
    const hits = Array.from({ length: 100 }, (_, day) => (day % 10 === 0 ? 0 : 96));
    const { hits: all, trials, lower, upper } = clusterShare(hits, new Array<number>(100).fill(96));
    expect([all, trials]).toEqual([8640, 9600]);
    // Clopper–Pearson of 90 out of 100.
    expect(lower).toBeCloseTo(0.824, 2);
    expect(upper).toBeCloseTo(0.951, 2);
  });
  it('stays humble when all days agree', () => {
    expect(clusterShare(new Array<number>(20).fill(96), new Array<number>(20).fill(96)).lower).toBeCloseTo(0.832, 2);
    expect(clusterShare([], [])).toEqual({ hits: 0, trials: 0, share: 0, lower: 0, upper: 1 });
  });
  it('holds the truth in about 95 of 100 samples of correlated days', () => {
    const random = seededRandom(7);
    let held = 0;
    for (let round = 0; round < 300; round++) {
      const hits = Array.from({ length: 60 }, () => {
        const day = random.normal();
        return Array.from({ length: 24 }, () => 0.9 * day + 0.436 * random.normal()).filter((z) => Math.abs(z) < 1.645)
          .length;
      });
      const { lower, upper } = clusterShare(hits, new Array<number>(60).fill(24));
      if (lower <= 0.9 && 0.9 <= upper) held++;
    }
    expect(held / 300).toBeGreaterThan(0.91);
  });
});

describe('measureCoverage', () => {
  it('counts slots, days and whole days', () => {
    const ratios = Float64Array.of(0.5, -1, 1.2, 0.1, NaN, 0.2, -3, 0.4, 0.9);
    const found = measureCoverage({ days: dates(3), slots: 3, ratios }, 0.9);
    expect(found.perSlot.map(({ hits, trials }) => [hits, trials])).toEqual([
      [2, 3],
      [2, 2],
      [2, 3],
    ]);
    expect([found.pooled.hits, found.pooled.trials]).toEqual([6, 8]);
    expect([found.wholeDay.hits, found.wholeDay.trials]).toEqual([0, 2]);
    expect(found.verdict).toBe('too-few');
  });

  const judge = (seed: number, growth: number, nominal: number) => {
    // Errors of the held-out third are `growth` times those before.
    let drawn = 0;
    const days = residualDays(seed, {
      days: 180,
      slots: 24,
      errorAt: ({ day, slot }) => (Math.floor(drawn++ / 24) >= 120 ? growth : 1) * (0.9 * day + 0.436 * slot),
    });
    const heldOut = heldOutRatios(residualTable(componentOf(days)), {
      method: 'conformal',
      shape: 'per-slot',
      nominal,
    });
    return measureCoverage(heldOut, nominal);
  };
  it('agrees with a law that does not change, nearly always', () => {
    const found = Array.from({ length: 50 }, (_, seed) => judge(seed + 1, 1, 0.9));
    expect(found[0]!.days).toHaveLength(60);
    // The interval knows the days it judged, not the chance in the days the set was fitted on: a little less than 95 %.
    const agreeing = found.filter(({ pooled, verdict }) => {
      expect(verdict === 'agrees').toBe(pooled.lower <= 0.9 && 0.9 <= pooled.upper);
      return verdict === 'agrees';
    });
    expect(agreeing.length).toBeGreaterThanOrEqual(42);
    const shares = found.map(({ pooled }) => pooled.share);
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeCloseTo(0.9, 1.5);
  });
  it.each([1, 2, 3])('disagrees when the errors have doubled since (seed %i)', (seed) => {
    expect(judge(seed, 2, 0.95).verdict).toBe('disagrees');
  });
});

describe('heldOutRatios', () => {
  it('judges a day by earlier days only, and not by the day before', () => {
    const days = residualDays(4, { days: 30, slots: 4, errorAt: ({ slot }) => slot });
    const wish = { method: 'prediction-normal', shape: 'per-slot', nominal: 0.9 } as const;
    const plain = heldOutRatios(residualTable(componentOf(days)), wish);
    expect(plain.days).toEqual(days.slice(20).map(({ day }) => day));
    const changed = days.map((day, row) => (row >= 24 ? { ...day, error: day.error.map((error) => 50 * error) } : day));
    const after = heldOutRatios(residualTable(componentOf(changed)), wish);
    // Day 25 is judged by rows up to 23: its half-width is unchanged.
    for (let at = 0; at < 4 * 4; at++) expect(after.ratios[at]).toBe(plain.ratios[at]);
    for (let at = 5 * 4; at < 6 * 4; at++) expect(after.ratios[at]).toBeCloseTo(50 * plain.ratios[at]!, 9);
  });
  it('passes over flagged slots', () => {
    const days = residualDays(4, {
      days: 30,
      slots: 4,
      errorAt: ({ slot }) => slot,
      flaggedAt: (day, slot) => day === 25 && slot === 2,
    });
    const { ratios } = heldOutRatios(residualTable(componentOf(days)), {
      method: 'conformal',
      shape: 'per-slot',
      nominal: 0.9,
    });
    expect(Array.from(ratios.keys()).filter((at) => Number.isNaN(ratios[at]!))).toEqual([5 * 4 + 2]);
  });
});

describe('budgetCoverage', () => {
  const component = (days: string[], ratios: number[]): HeldOutRatios => ({
    days,
    slots: 1,
    ratios: Float64Array.from(ratios),
  });
  it('asks for the box and the budget together, on shared judged days', () => {
    const found = budgetCoverage([
      component(['a', 'b', 'c', 'd', 'x'], [0.4, -0.9, 1.1, 0, 0]),
      component(['a', 'b', 'c', 'd'], [0.5, 0.8, 0, 0, NaN]),
    ]);
    expect(found.map(({ protection, coverage }) => [protection, coverage.hits, coverage.trials])).toEqual([
      [0, 1, 4],
      [1, 2, 4],
      [2, 3, 4],
    ]);
  });
  it('never falls with protection', () => {
    const random = seededRandom(3);
    const parts = Array.from({ length: 5 }, () =>
      component(
        dates(50),
        Array.from({ length: 50 }, () => 0.6 * random.normal()),
      ),
    );
    const shares = budgetCoverage(parts).map(({ coverage }) => coverage.share);
    expect(shares).toHaveLength(6);
    shares.slice(1).forEach((share, index) => expect(share).toBeGreaterThanOrEqual(shares[index]!));
  });
});
