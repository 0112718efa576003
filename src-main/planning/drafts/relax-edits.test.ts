import { expect, it } from 'vitest';
import { battery, electricCar, gasUnit, gridAt, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveV2g } from '../plan/solve-v2g.ts';
import { applyEdits } from './apply-edits.ts';
import { plainSpan } from './edit-words.ts';
import type { PlanEdit } from './plan-edit.ts';
import { relaxEdits } from './relax-edits.ts';

async function relax(problem: V2gProblem, edits: PlanEdit[]) {
  const answer = await solveV2g(applyEdits(problem, edits), testSolver, exactSolve);
  if (answer.kind !== 'infeasible') throw new Error(`the day is ${answer.kind}`);
  return relaxEdits(problem, edits, answer.conflict, { solver: testSolver, options: exactSolve, span: plainSpan });
}
const whole = { fromSlot: 0, toSlot: 1 };

it('finds the output a limited unit must be allowed: 80 kW of load against 25 from the battery', async () => {
  const problem = smallProblem([80, 60], { gas: [gasUnit()], storage: [battery({ dischargeKw: 25, initialKwh: 50 })] });
  const found = await relax(problem, [{ field: 'gas.maxKw', id: 'gas-1', value: 30, ...whole }]);
  // 55 kW in slot 0 with 25 from the battery leaves 25 kWh for the 60 of slot 1.
  expect(found[0]).toEqual({
    replaces: 0,
    edit: { field: 'gas.maxKw', id: 'gas-1', value: 55, ...whole },
    sentence: 'Raise Gas 1: greatest output to 55 kW (now 30 kW), slots 0 to 1.',
  });
});

it('lets a unit that is out of service give what is missing, not less than its minimum', async () => {
  const two = smallProblem([80, 60], {
    gas: [gasUnit(), gasUnit({ id: 'gas-2', name: 'Gas 2', minKw: 10, maxKw: 75 })],
  });
  const [first] = await relax(two, [{ field: 'gas.outOfService', id: 'gas-1', ...whole }]);
  expect(first?.edit).toEqual({ field: 'gas.maxKw', id: 'gas-1', value: 5, ...whole });
});

it('names the target at departure where energy is a hard limit: 10 kWh in two slots on top of 10 of 40', async () => {
  const late = electricCar({ initialKwh: 10, requiredKwh: 28, chargeKw: 9 });
  const problem = smallProblem([0, 0], { grid: gridAt([0.1, 0.1]), evs: [late] });
  const edit: PlanEdit = { field: 'aggregator.chargeKw', id: 'depot', value: 5, ...whole };
  const found = await relax(problem, [edit]);
  expect(found.map(({ replaces }) => replaces)).toEqual([0, null]);
  expect(found[0]!.edit).toMatchObject({ field: 'aggregator.chargeKw', value: 9 });
  expect(found[1]!.edit).toMatchObject({ field: 'aggregator.departureShare', id: 'depot', value: 0.5 });
  expect(found[1]!.sentence).toContain('Lower Depot: charge at departure to 50 % (now 70 %)');
});

it('lowers what is held too high, and offers the protection where that helps too', async () => {
  const problem = smallProblem([50, 50], {
    gas: [gasUnit({ maxKw: 58 })],
    uncertainty: {
      components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [20, 5] }],
      protection: 0,
    },
  });
  const found = await relax(problem, [{ field: 'protection', value: 1 }]);
  // 8 kW above the load are 0.4 of the half-width of 20.
  expect(found.map(({ edit }) => edit)).toEqual([{ field: 'protection', value: 0.4 }]);
  const [pin] = await relax(smallProblem([50, 50], { gas: [gasUnit()] }), [
    { field: 'gas.pinKw', id: 'gas-1', value: 90, ...whole },
  ]);
  expect(pin?.edit).toMatchObject({ field: 'gas.pinKw', value: 50 });
});

it('finds the least reserve that must be given up with on/off decisions, where no straight path tells', async () => {
  const problem = smallProblem([90, 80], {
    gas: [gasUnit({ commitment: 'committed', minKw: 20 })],
    reserve: { shareOfLoad: 0, counts: 'spinning' },
  });
  const found = await relax(problem, [
    { field: 'reserve.share', value: 0.2, ...whole },
    { field: 'gas.maxKw', id: 'gas-1', value: 95, ...whole },
  ]);
  // 5 kW of headroom are 5.5 % of 90; the limit lifted to 100 would give 11 %, not 20.
  expect(found.map(({ edit }) => edit)).toEqual([{ field: 'reserve.share', value: 0.05, ...whole }]);
});

it('offers nothing where nothing single helps', async () => {
  const problem = smallProblem([500, 500], { gas: [gasUnit()] });
  expect(await relax(problem, [{ field: 'gas.maxKw', id: 'gas-1', value: 50, ...whole }])).toEqual([]);
});
