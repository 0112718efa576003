import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../program/program.ts';
import type { ConvexSet, UncertaintySet } from '../../uncertainty/day-set.ts';
import { optimum } from '../fixtures/test-solver.ts';
import { describeChanceSet } from './chance-conformance.ts';
import { describeDaySet, number, numbers } from './conformance.ts';
import { setWorstCase } from './set-adversary.ts';
import { addSetCounterpart } from './set-counterpart.ts';

const door = { describe, it };
const factorsOf = (coordinates: number) => fc.array(numbers(coordinates, -2, 2), { minLength: 1, maxLength: 3 });
const pointsOf = (coordinates: number) => fc.array(numbers(coordinates, -3, 3), { minLength: 2, maxLength: 6 });
const mean = (points: readonly number[][]) =>
  points[0]!.map((_, j) => points.reduce((sum, point) => sum + point[j]!, 0) / points.length);

function sized(set: ConvexSet, share: number): ConvexSet {
  switch (set.kind) {
    case 'interval':
      return { ...set, halfWidths: set.halfWidths.map((width) => share * width) };
    case 'budget':
      return { ...set, slotProtection: share * set.slotProtection };
    case 'ellipsoid':
    case 'moment':
      return { ...set, radius: share * set.radius };
    case 'wasserstein':
      return { ...set, radius: share * set.radius, risk: Math.min(0.999, set.risk / share) };
    default:
      return { ...set, scale: share * set.scale };
  }
}
const subject = (sets: (coordinates: number) => fc.Arbitrary<ConvexSet>) => ({ sets, sized, solve: optimum });

describeDaySet(
  door,
  'interval',
  subject((n) => numbers(n, 0, 4).map((halfWidths) => ({ kind: 'interval', halfWidths }))),
);
describeDaySet(
  door,
  'budget',
  subject((n) =>
    fc
      .record({ halfWidths: numbers(n, 0, 4), protection: number(0, 3), slotProtection: number(0, 2) })
      .map((parts) => ({ kind: 'budget', slots: 2, ...parts })),
  ),
);
for (const kind of ['ellipsoid', 'moment'] as const)
  describeDaySet(
    door,
    kind,
    subject((n) =>
      fc
        .record({ centre: numbers(n, -1, 1), factors: factorsOf(n), spread: numbers(n, 0, 2), radius: number(0, 3) })
        .map((parts) => ({ kind, ...parts })),
    ),
  );
describeDaySet(
  door,
  'factor',
  subject((n) =>
    fc
      .record({
        centre: numbers(n, -1, 1),
        factors: factorsOf(n),
        rest: numbers(n, 0, 1),
        budget: number(0, 3),
        scale: number(0, 2),
      })
      .map((parts) => ({ kind: 'factor', ...parts, budget: Math.min(parts.budget, parts.factors.length) })),
  ),
);
for (const kind of ['scenarios', 'support'] as const)
  describeDaySet(
    door,
    kind,
    subject((n) =>
      fc
        .record({ points: pointsOf(n), scale: number(0, 2) })
        .map(({ points, scale }) => ({ kind, centre: mean(points), points, scale })),
    ),
  );
describeDaySet(
  door,
  'wasserstein',
  subject((n) =>
    fc
      .record({ points: pointsOf(n), risk: number(0.05, 0.9), radius: number(0, 1) })
      .map((parts) => ({ kind: 'wasserstein', ...parts })),
  ),
);

describeChanceSet(door, 'wasserstein-exact', optimum);

describe('addSetCounterpart', () => {
  const coupled: UncertaintySet = {
    kind: 'budget',
    slots: 3,
    halfWidths: [4, 2, 1, 3, 5, 0],
    protection: 1.5,
    slotProtection: 1.5,
  };
  it('knows a budget over slots by hand', () => {
    // Slots: 4 + 3/2 = 5.5, 5 + 2/2 = 6, 1. Dearest one and a half of them: 6 + 5.5 / 2.
    expect(setWorstCase(coupled, [1, 1, 1, 1, 1, 1])).toBeCloseTo(8.75, 12);
    expect(setWorstCase({ ...coupled, slotProtection: 3 }, [1, 1, 1, 1, 1, 1])).toBeCloseTo(12.5, 12);
  });
  it('needs no magnitudes where the coefficients are known not to be negative', async () => {
    const build = (sign: 'any' | 'nonnegative') => {
      const program = new ProgramBuilder(sign);
      const share = program.addColumn({ name: 'share', lower: 0.5, upper: 1, cost: 0 });
      const room = program.addColumn({ name: 'room', lower: 0, upper: 100, cost: 1 });
      const uncertain = coupled.halfWidths.map(() => ({ terms: [[share, 1] as const], constant: 0 }));
      addSetCounterpart(program, { name: 'row', terms: [[room, -1]], uncertain, upper: 0 }, coupled, sign);
      return program;
    };
    expect((await optimum(build('any').compile())).objective).toBeCloseTo(4.375, 7);
    expect((await optimum(build('nonnegative').compile())).objective).toBeCloseTo(4.375, 7);
    expect(build('nonnegative').columnCount).toBeLessThan(build('any').columnCount);
  });
  it('refuses a row of another size', () => {
    const row = { name: 'r', terms: [], uncertain: [{ terms: [], constant: 1 }], upper: 0 };
    expect(() => addSetCounterpart(new ProgramBuilder('mismatch'), row, coupled)).toThrow(/set of 6/);
  });
});
