import { describe, expect, it } from 'vitest';
import type { ComponentSet, FittedSet } from '../../uncertainty/types.ts';
import { heldOutDays, pastErrorDays } from './deviation-days.ts';

const component = (kind: 'load' | 'wind', part: Partial<ComponentSet>) =>
  ({ id: kind, name: kind, kind, halfWidthKw: [10, 10, 10, 10], ...part }) as ComponentSet;
const setOf = (...components: ComponentSet[]) => ({ components }) as FittedSet;

const residuals = [
  { day: '2023-01-01', errorKw: [1, 2, 3, 4], usable: true },
  { day: '2023-01-02', errorKw: [5, -4, 6, 8], usable: true },
  { day: '2023-01-03', errorKw: [9, 9, 9, 9], usable: false },
];

describe('days a plan is replayed on', () => {
  it('takes past errors as they were, on days usable for all, wind with the sign of demand', () => {
    const wind = residuals.map((day) => ({ ...day, usable: day.day !== '2023-01-01' }));
    const days = pastErrorDays(setOf(component('load', { residuals }), component('wind', { residuals: wind })));
    expect(days).toEqual([
      {
        label: '2023-01-02',
        deviationKw: [
          [5, -4, 6, 8],
          [-5, 4, -6, -8],
        ],
      },
    ]);
  });
  it('measures held-out errors by what had been promised, doubling at most, and skips what is flagged', () => {
    const heldOut = [{ day: '2023-01-02', promisedKw: [20, 10, 0.1, Infinity] }];
    const days = heldOutDays(setOf(component('load', { residuals, heldOut })));
    expect(days).toEqual([{ label: '2023-01-02', deviationKw: [[2.5, -4, 12, 0]] }]);
  });
});
