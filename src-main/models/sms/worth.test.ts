import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { defaultSolveOptions } from '../../solver/solver.ts';
import { anySms } from './fixtures/small-sms.ts';
import { withoutTrucks } from './pattern.ts';
import type { SmsProblem } from './problem.ts';
import { balanceDuals, extremePrograms, worthRanges } from './worth.ts';

async function dualsOf(problem: SmsProblem, program: ReturnType<typeof withoutTrucks>['program']): Promise<number[][]> {
  const outcome = await testSolver.solve(program, { ...defaultSolveOptions, method: 'simplex' });
  if (outcome.kind !== 'optimal') throw new Error(`${program.name} is ${outcome.kind}`);
  return balanceDuals(problem, program, outcome.solution.rowDuals);
}

describe('worthRanges', () => {
  it('hold what a MW is worth at any power the trucks can give or take', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySms({ slots: 3, trucks: 'two', levels: 1 }),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
        async (problem, shares) => {
          const [discharging, charging] = extremePrograms(problem);
          const ranges = worthRanges(problem, await dualsOf(problem, discharging), await dualsOf(problem, charging));
          const fleetMw = problem.trucks.reduce((sum, truck) => sum + truck.powerMw, 0);
          const grids = problem.grids.map((grid, g) => ({
            ...grid,
            loadMw: grid.loadMw.map((load, slot) => load + fleetMw * shares[3 * g + slot]!),
          }));
          const moved = { ...problem, grids };
          const worth = await dualsOf(moved, withoutTrucks(moved).program);
          worth.forEach((slots, g) =>
            slots.forEach((usd, slot) => {
              expect(usd).toBeGreaterThanOrEqual(ranges[g]![slot]!.lower - 1e-6);
              expect(usd).toBeLessThanOrEqual(ranges[g]![slot]!.upper + 1e-6);
            }),
          );
        },
      ),
      { numRuns: 30, seed: 11 },
    );
  });
  it('are much narrower than the price of failure where slots are not coupled', async () => {
    const [problem] = fc.sample(anySms({ slots: 3, trucks: 'one', levels: 1 }), { numRuns: 1, seed: 1 });
    const grids = problem!.grids.map((grid) => ({ ...grid, generatorRampMw: null }));
    const free = { ...problem!, slotHours: 1, grids };
    const [discharging, charging] = extremePrograms(free);
    const ranges = worthRanges(free, await dualsOf(free, discharging), await dualsOf(free, charging));
    for (const { lower, upper } of ranges.flat()) expect(upper - lower).toBeLessThan(300);
    const coupled = { ...free, grids: grids.map((grid) => ({ ...grid, generatorRampMw: 1 })) };
    expect(worthRanges(coupled, [], [])[0]![0]).toEqual({ lower: -200, upper: 300 });
  });
});
