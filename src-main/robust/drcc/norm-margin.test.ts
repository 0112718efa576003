import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type Term } from '../../program/program.ts';
import { optimum } from '../fixtures/test-solver.ts';
import { cantelliFactor } from './cantelli.ts';
import { coneTolerance } from '../sets/counterpart-ellipsoid.ts';
import { addNormMargin, type NormMarginSpec } from './norm-margin.ts';

/** Σ = R Rᵀ + ridge. */
const randomCovariance = fc
  .integer({ min: 2, max: 4 })
  .chain((size) =>
    fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
  )
  .map((root) =>
    root.map((row, i) =>
      root.map((other, j) => row.reduce((sum, x, at) => sum + (x * other[at]!) / 100, 0) + (i === j ? 0.2 : 0)),
    ),
  );

/** x with Σ x = 1, by elimination. */
function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  rows.forEach((pivot, i) => {
    rows.forEach((row, j) => {
      if (j === i) return;
      const factor = row[i]! / pivot[i]!;
      for (let at = i; at <= rows.length; at++) row[at]! -= factor * pivot[at]!;
    });
  });
  return rows.map((row, i) => row[rows.length]! / row[i]!);
}

/** √(aᵀ Σ a) */
const deviationOf = (covariance: readonly (readonly number[])[], shares: readonly number[]): number =>
  Math.sqrt(
    covariance.reduce((sum, row, i) => sum + row.reduce((part, x, j) => part + x * shares[i]! * shares[j]!, 0), 0),
  );

/** minimise reserve with Σ shares = 1 and reserve ≥ mean·a + factor ‖Σ^{1/2} a‖. */
function stage(covariance: readonly (readonly number[])[], factor: number, over: Partial<NormMarginSpec> = {}) {
  const program = new ProgramBuilder('shares');
  const reserve = program.addColumn({ name: 'reserve', lower: -1000, upper: 1000, cost: 1 });
  const columns = covariance.map((_, j) => program.addColumn({ name: `share ${j}`, lower: -100, upper: 100 }));
  program.addRow({ name: 'whole', lower: 1, upper: 1, terms: columns.map((column): Term => [column, 1]) });
  addNormMargin(program, {
    name: 'margin',
    shares: columns.map((column) => ({ terms: [[column, 1]], constant: 0 })),
    covariance,
    mean: covariance.map(() => 0),
    factor,
    base: { terms: [[reserve, -1]], constant: 0 },
    upper: 0,
    ...over,
  });
  return { program, columns };
}

describe('addNormMargin', () => {
  it('finds the shares of least deviation, k / √(1ᵀ Σ⁻¹ 1), and keeps the row within its tolerance', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomCovariance,
        fc.double({ min: 0.02, max: 0.4, noNaN: true }),
        async (covariance, epsilon) => {
          const factor = cantelliFactor(epsilon);
          const { program, columns } = stage(covariance, factor);
          const answer = await optimum(program.compile());
          const weights = solveLinear(
            covariance,
            covariance.map(() => 1),
          );
          const total = weights.reduce((sum, x) => sum + x, 0);
          const closed = factor / Math.sqrt(total);
          expect(Math.abs(answer.objective - closed)).toBeLessThanOrEqual(1e-5 * (1 + closed));
          expect(answer.objective).toBeLessThanOrEqual(closed + 1e-6);
          const shares = columns.map((column) => answer.columns[column]!);
          const needed = factor * deviationOf(covariance, shares);
          expect(needed).toBeLessThanOrEqual(answer.objective + 1.01 * coneTolerance);
        },
      ),
      { numRuns: 25, seed: 7 },
    );
  });

  it('weighs the mean against the spread as in the closed form of two independent components', async () => {
    // One share a of a component with mean 1 and deviation 1, 1 − a of one with mean 0 and deviation 1, k = 1:
    // minimise a + √(a² + (1 − a)²), whose minimum over −½ … ½ lies at a = 0 with value 1.
    const { program, columns } = stage(
      [
        [1, 0],
        [0, 1],
      ],
      1,
      { mean: [1, 0] },
    );
    const answer = await optimum(program.compile());
    expect(answer.objective).toBeCloseTo(1, 5);
    expect(answer.columns[columns[0]!]).toBeCloseTo(0, 2);
  });

  it('is the fixed margin when the shares are fixed', async () => {
    const program = new ProgramBuilder('fixed');
    const reserve = program.addColumn({ name: 'reserve', lower: 0, upper: Infinity, cost: 1 });
    addNormMargin(program, {
      name: 'margin',
      shares: [0.6, 0.4].map((constant) => ({ terms: [], constant })),
      covariance: [
        [4, 1],
        [1, 9],
      ],
      mean: [-0.5, 0],
      factor: 3,
      base: { terms: [[reserve, -1]], constant: 0 },
      upper: 0,
    });
    const answer = await optimum(program.compile());
    expect(answer.objective).toBeCloseTo(-0.3 + 3 * Math.sqrt(0.36 * 4 + 2 * 0.24 + 0.16 * 9), 5);
  });

  it('refuses what is no covariance', () => {
    const attempt =
      (covariance: number[][], factor = 1) =>
      () =>
        stage(covariance, factor);
    expect(
      attempt([
        [1, 2],
        [0, 1],
      ]),
    ).toThrow(/Covariance 1, 2 cannot be 2/);
    expect(
      attempt([
        [-1, 0],
        [0, 1],
      ]),
    ).toThrow(/Variance 1 cannot be -1/);
    expect(
      attempt(
        [
          [1, 0],
          [0, 1],
        ],
        -1,
      ),
    ).toThrow(/margin factor cannot be -1/);
    expect(attempt([[1, 0]])).toThrow(/size of the covariance/);
  });
});
