import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../program/program.ts';
import { optimum } from '../fixtures/test-solver.ts';
import { addPolyhedralMargin } from './polyhedral-margin.ts';

/** Σ = R Rᵀ, of any rank. */
const covariances = fc
  .integer({ min: 1, max: 4 })
  .chain((size) =>
    fc.tuple(
      fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size }), {
        minLength: size,
        maxLength: size,
      }),
      fc.array(fc.constantFrom(0, 0, 0.2, 0.5, 1), { minLength: size, maxLength: size }),
    ),
  )
  .map(([root, shares]) => ({
    covariance: root.map((row) => root.map((other) => row.reduce((sum, x, at) => sum + (x * other[at]!) / 10, 0))),
    shares,
  }));

/** Least reserve ≥ mean·a + 2 ‖Σ^{1/2} a‖ at fixed shares. */
async function reserveFor(covariance: number[][], shares: readonly number[]): Promise<number> {
  const program = new ProgramBuilder('margin');
  const reserve = program.addColumn({ name: 'reserve', lower: -100, upper: 1000, cost: 1 });
  const columns = shares.map((share, g) => program.addColumn({ name: `share ${g}`, lower: share, upper: share }));
  addPolyhedralMargin(program, {
    name: 'margin',
    shares: columns.map((column) => ({ terms: [[column, 1]], constant: 0 })),
    covariance,
    mean: shares.map((_, g) => g / 10),
    factor: 2,
    base: { terms: [[reserve, -1]], constant: 0 },
    upper: 0,
  });
  return (await optimum(program.compile())).objective;
}

const exact = (covariance: readonly number[][], shares: readonly number[]): number => {
  const variance = shares.reduce(
    (sum, a, i) => sum + shares.reduce((own, b, j) => own + a * b * covariance[i]![j]!, 0),
    0,
  );
  return shares.reduce((sum, a, g) => sum + (a * g) / 10, 0) + 2 * Math.sqrt(Math.max(0, variance));
};

describe('addPolyhedralMargin', () => {
  it('is never below the margin, at most a fifth of a percent above it, and exact for one component alone', async () => {
    await fc.assert(
      fc.asyncProperty(covariances, async ({ covariance, shares }) => {
        const wanted = exact(covariance, shares);
        const found = await reserveFor(covariance, shares);
        expect(found).toBeGreaterThanOrEqual(wanted - 1e-6);
        expect(found).toBeLessThanOrEqual(wanted + 2e-3 * (1 + Math.abs(wanted)));
        for (const [g] of shares.entries()) {
          const alone = shares.map((_, h) => (h === g ? 0.7 : 0));
          expect(await reserveFor(covariance, alone)).toBeCloseTo(exact(covariance, alone), 6);
        }
      }),
      { numRuns: 40, seed: 1 },
    );
  });
  it('lets opposite errors cancel', async () => {
    const covariance = [
      [1, -1],
      [-1, 1],
    ];
    expect(await reserveFor(covariance, [0.5, 0.5])).toBeCloseTo(0.05, 6);
  });
});
