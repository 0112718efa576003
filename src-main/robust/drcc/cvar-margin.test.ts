import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../program/program.ts';
import { optimum } from '../fixtures/test-solver.ts';
import { addCvarMargin, type CvarMarginSpec } from './cvar-margin.ts';
import { wassersteinSafe } from './wasserstein.ts';

/** minimise the reserve; one share is a column in [0, 1], the other is what is left of it. */
function stage(samples: number[][], epsilon: number, radius: number, over: Partial<CvarMarginSpec> = {}) {
  const program = new ProgramBuilder('reserve');
  const reserve = program.addColumn({ name: 'reserve', lower: -1000, upper: 1000, cost: 1 });
  const share = program.addColumn({ name: 'share', lower: 0, upper: 1 });
  addCvarMargin(program, {
    name: 'margin',
    shares: [
      { terms: [[share, 1]], constant: 0 },
      { terms: [[share, -1]], constant: 1 },
    ],
    samples,
    epsilon,
    radius,
    base: { terms: [[reserve, -1]], constant: 0 },
    upper: 0,
    ...over,
  });
  return program;
}

const value = fc.integer({ min: -50, max: 50 });
const risk = fc.double({ min: 0.02, max: 0.6, noNaN: true });
const radii = fc.double({ min: 0, max: 5, noNaN: true });

describe('addCvarMargin', () => {
  it('is the safe Wasserstein margin for a fixed share', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(value), { minLength: 1, maxLength: 20 }),
        risk,
        radii,
        async (samples, epsilon, radius) => {
          const fixed = { shares: [{ terms: [], constant: 1 }] };
          const { objective } = await optimum(stage(samples, epsilon, radius, fixed).compile());
          const losses = samples.map(([loss]) => loss);
          expect(objective).toBeCloseTo(wassersteinSafe(losses, epsilon, radius), 5);
        },
      ),
      { numRuns: 40, seed: 3 },
    );
  });

  it('chooses the shares of least margin', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 12 }),
        risk,
        radii,
        async (samples, epsilon, radius) => {
          const { objective } = await optimum(stage(samples, epsilon, radius).compile());
          const at = (share: number) =>
            wassersteinSafe(
              samples.map(([first, second]) => share * first + (1 - share) * second),
              epsilon,
              radius * Math.max(share, 1 - share),
            );
          const tried = Array.from({ length: 1001 }, (_, step) => at(step / 1000));
          expect(objective).toBeLessThanOrEqual(Math.min(...tried) + 1e-6);
          // Piecewise linear in the share: between two tries it falls by less than one step of the steepest slope.
          expect(objective).toBeGreaterThanOrEqual(Math.min(...tried) - (100 + radius / epsilon) / 1000);
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });

  it('refuses no samples, samples of another size, and an impossible radius or risk', () => {
    expect(() => stage([], 0.1, 1)).toThrow(/number of samples cannot be 0/);
    expect(() => stage([[1]], 0.1, 1)).toThrow(/size of a sample cannot be 1/);
    expect(() => stage([[1, 2]], 0.1, -1)).toThrow(/radius cannot be -1/);
    expect(() => stage([[1, 2]], 1, 0)).toThrow(/accepted risk cannot be 1/);
  });
});
