import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComponentSet, FittedSet } from '../../uncertainty/types.ts';
import { coverageExceptions } from './coverage-exceptions.ts';
import { judgeCoverage } from './judge-coverage.ts';

const pooled = (share: number, lower: number, upper: number) => ({ hits: 0, trials: 100, share, lower, upper });
const judge = (share: number, lower: number, upper: number) =>
  judgeCoverage({ verdict: 'agrees', nominal: 0.9, pooled: pooled(share, lower, upper) });

describe('judgeCoverage', () => {
  it('calls a promise broken only when the whole interval lies below it', () => {
    expect(judge(0.8, 0.75, 0.85)).toEqual({ state: 'broken', level: 1 });
    expect(judge(0.8, 0.7, 0.9)).toEqual({ state: 'kept', level: null });
  });
  it('notes a set that is wider than needed, whatever its size', () => {
    expect(judge(0.999, 0.99, 1)).toEqual({ state: 'wider', level: 3 });
    expect(judge(0.93, 0.9, 0.96)).toEqual({ state: 'kept', level: null });
  });
  it('says nothing on too few days', () => {
    expect(judgeCoverage({ verdict: 'too-few', nominal: 0.9, pooled: pooled(0, 0, 0.1) })).toEqual({
      state: 'untold',
      level: null,
    });
  });
  it('never reddens what lies above nominal', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.9, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (at, reach) => {
          expect(judge(at, at - reach, Math.min(1, at + reach)).level).not.toBe(1);
        },
      ),
    );
  });
});

describe('exceptions of a plan', () => {
  const component = (name: string, share: number, reach: number): ComponentSet => ({
    id: name,
    name,
    kind: 'load',
    centreKw: [],
    biasKw: [],
    halfWidthKw: [],
    widening: [],
    bands: [],
    residuals: [],
    heldOut: [],
    coverage: {
      nominal: 0.9,
      days: [],
      perSlot: [],
      pooled: pooled(share, share - reach, Math.min(1, share + reach)),
      wholeDay: pooled(0, 0, 1),
      verdict: 'disagrees',
    },
    meanWidthKw: 1,
    lag1Autocorrelation: 0,
  });
  const listed = (...components: ComponentSet[]) => {
    const set: FittedSet = {
      method: 'conformal',
      shape: 'per-slot',
      nominal: 0.9,
      windowDays: 30,
      components,
      budgetCoverage: [],
    };
    return coverageExceptions(set);
  };
  it('has the level of the one rule for every component', () => {
    const parts = [component('Load', 0.7, 0.05), component('Wind', 0.98, 0.01), component('Depot', 0.88, 0.05)];
    const rows = listed(...parts);
    expect(rows.map(({ level, code, count }) => [level, code, count])).toEqual([
      [1, 'coverage-broken', 1],
      [3, 'coverage-wider', 1],
    ]);
    expect(rows[0]!.cause).toContain('Load: intervals meant to hold 90 % held 70 %');
    for (const { coverage, name } of parts) {
      const { level } = judgeCoverage(coverage);
      expect(rows.some((row) => row.cause.startsWith(name) && row.level === level)).toBe(level !== null);
    }
  });
  it('names the component furthest below among several', () => {
    expect(listed(component('Load', 0.8, 0.05), component('Wind', 0.6, 0.05))[0]!.cause).toContain('held 60 % (Wind)');
  });
});
