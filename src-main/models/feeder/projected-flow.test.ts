import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { buildFeeder } from './build-feeder.ts';
import { smallFeeder } from './fixtures/small-feeder.ts';
import type { FeederProblem } from './problem.ts';
import type { FeederSchedule } from './schedule.ts';

const options = {
  timeLimitSeconds: 60,
  relativeGap: 1e-7,
  method: 'choose',
  seed: 1,
  explainInfeasibility: 'no',
} as const;

async function dispatched(problem: FeederProblem, cones: 'each' | 'projected'): Promise<FeederSchedule | string> {
  const { program, read } = buildFeeder(problem, cones);
  const outcome = await testSolver.solve(program, options);
  return 'solution' in outcome ? read(outcome.solution) : outcome.kind;
}

const solved = (answer: FeederSchedule | string): FeederSchedule => {
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
};

const problems = fc
  .record({
    scale: fc.double({ min: 0.3, max: 1.2, noNaN: true }),
    r: fc.double({ min: 0.005, max: 0.02, noNaN: true }),
    wind: fc.double({ min: 0, max: 1, noNaN: true }),
    prices: fc.tuple(fc.integer({ min: 5, max: 200 }), fc.integer({ min: 5, max: 200 })),
    voltageMinPu: fc.double({ min: 0.9, max: 0.99, noNaN: true }),
    mvar: fc.double({ min: 0, max: 0.4, noNaN: true }),
    limitMva: fc.option(fc.double({ min: 0.8, max: 2, noNaN: true })),
  })
  .map(({ scale, r, wind, prices, voltageMinPu, mvar, limitMva }) => {
    const base = smallFeeder();
    const branches = base.feeder.branches.map((branch, k) => ({
      ...branch,
      rPu: r,
      limitMva: k === 0 ? limitMva : null,
    }));
    return smallFeeder({
      feeder: { ...base.feeder, voltageMinPu, branches, capacitors: [{ bus: '3', mvar }] },
      loads: base.loads.map((load) => ({ ...load, pMw: load.pMw.map((p) => scale * p) })),
      wind: base.wind.map((park) => ({ ...park, availableMw: [wind, wind / 2] })),
      pricePerMwh: [...prices],
    });
  });

describe('branch flow with its columns left out', () => {
  it('has the optimum of all its cones, or none where they have none', async () => {
    const seen = { optimum: 0, none: 0 };
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const each = await dispatched(problem, 'each');
        const projected = await dispatched(problem, 'projected');
        if (typeof each === 'string') {
          expect(projected).toBe(each);
          seen.none++;
          return;
        }
        const { objective, lossMw, voltagePu, importMvar } = solved(projected);
        expect(Math.abs(objective - each.objective)).toBeLessThan(2e-5 * Math.max(1, Math.abs(each.objective)));
        // The optimum may be taken at several dispatches; of each the flow is its own.
        expect(lossMw.every((loss) => loss >= 0)).toBe(true);
        expect(Math.min(...voltagePu.flat())).toBeGreaterThan(problem.feeder.voltageMinPu - 1e-6);
        expect(importMvar.every(Number.isFinite)).toBe(true);
        seen.optimum++;
      }),
      { numRuns: 40, seed: 3 },
    );
    expect(seen.optimum).toBeGreaterThan(10);
    expect(seen.none).toBeGreaterThan(0);
  });

  it('needs no row or cone for a branch', () => {
    const each = buildFeeder(smallFeeder(), 'each').program;
    const projected = buildFeeder(smallFeeder(), 'projected').program;
    expect(projected.cones).toHaveLength(smallFeeder().slots);
    expect(projected.rowCount).toBeLessThan(each.rowCount);
    expect(projected.columnCount).toBeLessThan(each.columnCount);
  });
});
