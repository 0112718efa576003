import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySms, onBattery } from '../../models/sms/fixtures/small-sms.ts';
import { buildCoreProgram } from '../../models/sms/marginal/core-program.ts';
import { keptRooms } from '../../models/sms/marginal/day-rooms.ts';
import { truckClasses } from '../../models/sms/marginal/truck-classes.ts';
import { networkOf } from '../../models/sms/network.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { exactSolve } from '../exact-solve.ts';
import { bestOfRoutes } from './fixtures/best-of-routes.ts';
import { smsCurves } from './sms-curves.ts';

const options = { ...exactSolve, explainInfeasibility: 'no' as const };

describe('the core of all arcs', () => {
  it.each([
    ['free driving', (problem: SmsProblem) => problem],
    ['driving on the battery', (problem: SmsProblem) => onBattery(problem, 0.3, 0.6)],
  ])('is the best of every combination of routes: %s', async (_, changed) => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(anySms({ slots: 2, trucks: 'two', levels: 2 }), async (drawn) => {
        const grids = drawn.grids.map((grid) => ({ ...grid, generatorRampMw: null }));
        const problem = changed({ ...drawn, grids });
        const known = await smsCurves(problem, testSolver, options);
        if (known.kind !== 'known') throw new Error(`the curves are ${known.kind}`);
        const rooms = problem.trucks.map((truck) => keptRooms(truck, { path: networkOf(problem, truck), netMw: [] }));
        const { curves } = known;
        const core = buildCoreProgram({ problem, curves, classes: truckClasses(problem), rooms });
        const outcome = await testSolver.solve(core.program, options);
        const wanted = await bestOfRoutes(problem, curves);
        if (wanted === -Infinity) {
          expect(outcome.kind).toBe('infeasible');
          return;
        }
        if (outcome.kind !== 'optimal') throw new Error(`the core is ${outcome.kind}`);
        expect(Math.abs(-outcome.solution.objective - wanted)).toBeLessThanOrEqual(
          2e-5 * Math.max(1, Math.abs(wanted)),
        );
        answered++;
      }),
      { numRuns: 6, seed: 3 },
    );
    expect(answered).toBeGreaterThan(2);
  });
});
