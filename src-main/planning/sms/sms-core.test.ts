import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingOf } from '../../models/sms/assemble-plan.ts';
import { anySms, onBattery } from '../../models/sms/fixtures/small-sms.ts';
import { legsOf, terminalBySlot } from '../../models/sms/itinerary.ts';
import { buildCoreProgram } from '../../models/sms/marginal/core-program.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { keptRooms } from '../../models/sms/marginal/day-rooms.ts';
import { buildFixedRoutes } from '../../models/sms/marginal/fixed-routes.ts';
import { truckClasses } from '../../models/sms/marginal/truck-classes.ts';
import { networkOf, type Arc } from '../../models/sms/network.ts';
import type { SmsProblem, Truck } from '../../models/sms/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { exactSolve } from '../exact-solve.ts';
import { smsCurves } from './sms-curves.ts';

const options = { ...exactSolve, explainInfeasibility: 'no' as const };

/** All paths of one truck. */
function pathsOf(problem: SmsProblem, truck: Truck): Arc[][] {
  const network = networkOf(problem, truck);
  const onwards = (terminal: number, slot: number): Arc[][] =>
    slot === problem.slots
      ? terminal === truck.end
        ? [[]]
        : []
      : network
          .filter((arc) => arc.from === terminal && arc.fromSlot === slot)
          .flatMap((arc) => onwards(arc.to, arc.untilSlot).map((rest) => [arc, ...rest]));
  return onwards(truck.start, 0);
}

/** The best of every combination of routes, each by a program of its own. */
async function bestOfRoutes(problem: SmsProblem, curves: CostCurve[][]): Promise<number> {
  const paths = problem.trucks.map((truck) => pathsOf(problem, truck));
  const fleets = paths.reduce<Arc[][][]>(
    (made, own) => made.flatMap((some) => own.map((path) => [...some, path])),
    [[]],
  );
  let best = -Infinity;
  for (const fleet of fleets) {
    const routes = fleet.map(legsOf);
    const places = routes.map((legs) => terminalBySlot(problem, legs));
    const fits = problem.terminals.every(
      (terminal, i) =>
        terminal.kind === 'depot' ||
        places[0]!.every((_, slot) => places.filter((own) => own[slot] === i).length <= terminal.truckCapacity),
    );
    if (!fits) continue;
    const fixed = buildFixedRoutes(problem, curves, settingOf(problem, { routes, priceUsdPerMwh: [] }));
    const outcome = await testSolver.solve(fixed.program, options);
    if (outcome.kind !== 'optimal') continue;
    const wayUsd = fleet.flat().reduce((sum, { costUsd }) => sum + costUsd, 0);
    best = Math.max(best, -outcome.solution.objective - wayUsd);
  }
  return best;
}

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
