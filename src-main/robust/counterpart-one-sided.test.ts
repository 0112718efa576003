import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../program/affine.ts';
import { ProgramBuilder } from '../program/program.ts';
import { near, stage } from './conformance.ts';
import { addOneSidedCounterpart } from './counterpart-one-sided.ts';
import { solveByCuts } from './cutting-plane.ts';
import { optimum } from './fixtures/test-solver.ts';
import { oneSidedAdversary, oneSidedContains, oneSidedWorst } from './one-sided-budget.ts';
import { addRunningWorst } from './running-worst.ts';
import { rowAt } from './uncertain-row.ts';

const tenths = (min: number, max: number) => fc.integer({ min: min * 10, max: max * 10 }).map((x) => x / 10);
const list = (length: number, min: number, max: number) =>
  fc.array(tenths(min, max), { minLength: length, maxLength: length });
const sets = (length: number) => fc.record({ most: list(length, 0, 4), atOnce: tenths(0, 6) });

describe('the one-sided budget', () => {
  it('is at its worst at a vertex, found by enumeration', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }).chain((n) => fc.tuple(sets(n), list(n, -3, 5))),
        ([set, coefficients]) => {
          // Vertices: some components full, at most one in part with what is left of the budget.
          let best = 0;
          for (let full = 0; full < 2 ** set.most.length; full++) {
            const base = set.most.map((count, j) => ((full >> j) & 1 ? count : 0));
            const left = set.atOnce - base.reduce((a, b) => a + b, 0);
            if (left < -1e-12) continue;
            const value = base.reduce((sum, z, j) => sum + z * coefficients[j]!, 0);
            best = Math.max(best, value);
            set.most.forEach((count, j) => {
              if (!((full >> j) & 1)) best = Math.max(best, value + Math.min(count, left) * coefficients[j]!);
            });
          }
          expect(oneSidedWorst(set, coefficients)).toBeCloseTo(best, 9);
          expect(oneSidedContains(set, oneSidedAdversary(set, coefficients))).toBe(true);
        },
      ),
    );
  });
  it('refuses a budget that is no number', () => {
    expect(() => oneSidedAdversary({ most: [1], atOnce: NaN }, [1])).toThrow(RangeError);
  });
});

const randomRows = fc.integer({ min: 1, max: 5 }).chain((components) =>
  fc.record({
    set: sets(components),
    random: fc.record({
      halfWidths: fc.constant<number[]>([]),
      costs: list(3, 1, 5),
      rows: fc.array(
        fc.record({
          demand: tenths(0, 20),
          yields: list(3, 0, 3),
          constants: list(components, -2, 2),
          slopes: fc.array(list(3, -0.5, 0.5), { minLength: components, maxLength: components }),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  }),
);

it('has the optimum of the cutting planes, and leaves its adversary nothing to break', async () => {
  let binding = 0;
  await fc.assert(
    fc.asyncProperty(randomRows, async ({ set, random }) => {
      const whole = stage(random);
      for (const row of whole.rows) addOneSidedCounterpart(whole.program, row, set);
      const solved = await optimum(whole.program.compile());
      const { program, rows } = stage(random);
      const cut = await solveByCuts(
        program,
        rows.map((row) => ({ row, adversary: (f: readonly number[]) => oneSidedAdversary(set, f) })),
        optimum,
      );
      expect(near(solved.objective, cut.objective)).toBe(true);
      if (cut.cuts > 0) binding++;
      for (const row of whole.rows) {
        const worst = rowAt(row, oneSidedAdversary(set, row.uncertain.map((f) => evaluate(f, solved.columns)))); // prettier-ignore
        expect(evaluate({ terms: worst.terms, constant: -worst.upper }, solved.columns)).toBeLessThanOrEqual(1e-6);
      }
    }),
    { numRuns: 60, seed: 4 },
  );
  expect(binding).toBeGreaterThan(10);
});

it('needs no columns where the budget reaches everything and the signs are known', async () => {
  const program = new ProgramBuilder('whole');
  const x = program.addColumn({ name: 'x', lower: 1, upper: 5, cost: -1 });
  const row = { name: 'r', terms: [], uncertain: [{ terms: [[x, 2] as const], constant: 1 }], upper: 9 };
  addOneSidedCounterpart(program, row, { most: [1.5], atOnce: 2 }, 'nonnegative');
  expect(program.columnCount).toBe(1);
  // 1.5 (2 x + 1) ≤ 9
  expect((await optimum(program.compile())).columns[0]).toBeCloseTo(2.5, 8);
});

it('runs up what is lost at worst, time by time', async () => {
  await fc.assert(
    fc.asyncProperty(list(5, 0, 4), tenths(0, 6), async (losses, atOnce) => {
      const program = new ProgramBuilder('running');
      const columns = losses.map((loss, t) => program.addColumn({ name: `loss ${t}`, lower: loss, upper: loss }));
      const worst = addRunningWorst(program, {
        losses: columns.map((column, t) => (t === 2 ? null : { terms: [[column, 1]], constant: 0 })),
        atOnce,
        name: (t) => `lost by ${t}`,
      });
      // Every v_t as small as its rows let it be.
      worst.forEach(({ terms }, t) => {
        const sum = program.addColumn({ name: `shown ${t}`, lower: 0, upper: Infinity, cost: 1 });
        program.addRow({ name: `shown ${t}`, lower: 0, upper: Infinity, terms: [[sum, 1], ...terms.map(([c, v]) => [c, -v] as const)] }); // prettier-ignore
      });
      const { objective } = await optimum(program.compile());
      const wanted = losses.reduce((total, _, t) => {
        const known = losses.slice(0, t + 1).filter((__, tau) => tau !== 2);
        return total + oneSidedWorst({ most: known.map(() => 1), atOnce }, known);
      }, 0);
      expect(objective).toBeCloseTo(wanted, 6);
    }),
    { numRuns: 30, seed: 9 },
  );
});
