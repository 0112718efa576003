import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setWorstCase } from '../robust/sets/set-adversary.ts';
import type { DaySetFit, UncertaintySet } from './day-set.ts';
import { daySets } from './fixtures/day-sets.ts';
import { budgetScale, dayScale, intervalScale, onScale, resized, sizeOf, sizesAlong } from './set-size.ts';

const [slots, components] = [4, 2];

/** A fit as it is stored: a hull is kept stretched, its size says how far. */
function fitOf(set: UncertaintySet): DaySetFit {
  const size = { name: 'size', value: 1.7 };
  if (set.kind === 'ellipsoid' || set.kind === 'moment') size.value = set.radius;
  if (set.kind === 'factor') size.value = set.scale;
  if (set.kind === 'scenarios') size.value = set.points.length;
  const share = { hits: 0, trials: 0, share: NaN, lower: NaN, upper: NaN };
  const guarantee = { event: 'day' as const, probability: 0.9, source: '', assumes: '' };
  const measured = { days: 0, perSlot: [], limits: share, wholeDay: share };
  return { kind: set.kind, set, size, facts: [], evidence: { guarantee, measured, verdict: 'too-few' }, heldOut: [] };
}
const fits = (seed: number): DaySetFit[] =>
  daySets(seed, slots, components)
    .filter(({ kind }) => kind !== 'interval' && kind !== 'budget')
    .map(fitOf);
// Directions from the centre, so that what moves is the size alone.
const away = (set: UncertaintySet, direction: readonly number[]): number => {
  const centre = 'centre' in set ? set.centre.reduce((sum, value, j) => sum + value * direction[j]!, 0) : -Infinity;
  return Math.max(centre, setWorstCase(set, direction));
};

describe('the size of a set', () => {
  it('at the fitted size is the fitted set, and a larger set never has a smaller worst case', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: slots * components, maxLength: slots * components }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (seed, direction, one, other) => {
          for (const fit of fits(seed)) {
            const scale = dayScale(fit);
            expect(away(resized(fit, scale.fitted), direction)).toBeCloseTo(away(fit.set, direction), 9);
            const [small, large] = [one, other].sort((a, b) => a - b).map((part) => onScale(scale, part * scale.most));
            const worst = [small!, large!].map((size) => away(resized(fit, Math.max(1e-3, size)), direction));
            expect(worst[0]).toBeLessThanOrEqual(worst[1]! + 1e-9);
          }
        },
      ),
      { numRuns: 40, seed: 7 },
    ));
  it('is read back from the set that has it', () => {
    for (const fit of fits(3)) {
      const scale = dayScale(fit);
      for (const part of [0.25, 0.5, 0.9]) {
        const size = onScale(scale, part * scale.most);
        expect(sizeOf(resized(fit, size), fit)).toBeCloseTo(size, 9);
      }
    }
  });
  it('of scenarios is a number of days, the newest first', () => {
    const fit = fits(5).find(({ kind }) => kind === 'scenarios')!;
    const all = fit.set as Extract<UncertaintySet, { kind: 'scenarios' | 'support' }>;
    expect(resized(fit, 3)).toMatchObject({ points: all.points.slice(-3) });
    expect(sizesAlong(dayScale(fit), 5)).toEqual([0, 3, 6, 9, 12]);
  });
  it('goes along its scale with both ends and the size in force', () => {
    expect(sizesAlong(budgetScale(8, 5), 5)).toEqual([0, 2, 4, 5, 6, 8]);
    expect(sizesAlong(intervalScale, 3)).toEqual([0, 1, 2]);
    expect(onScale(intervalScale, 7)).toBe(2);
  });
  it('of intervals and budgets is not that of whole days', () => {
    const interval: UncertaintySet = { kind: 'interval', halfWidths: [1] };
    expect(() => dayScale(fitOf(interval))).toThrow(/no set of whole days/);
    expect(() => resized(fitOf(interval), 1)).toThrow(/no set of whole days/);
  });
});
