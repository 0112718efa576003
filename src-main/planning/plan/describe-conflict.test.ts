import { describe, expect, it } from 'vitest';
import { battery, electricCar, gasUnit, gridAt, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import { balanceName, evName, gasName, poolName } from '../../models/v2g/names.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { describeConflict } from './describe-conflict.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveV2g } from './solve-v2g.ts';

describe('describeConflict', () => {
  const clock = (slot: number) => `${String(6 + slot).padStart(2, '0')}:00`;
  const late = (id: string, aggregator = 0) =>
    electricCar({ id, aggregator, initialKwh: 2000, maxKwh: 40_000, requiredKwh: 9100, chargeKw: 2975 });

  it('puts numbers to cars that cannot leave as promised, together per aggregator', () => {
    const aggregators = ['1', '2', '3'].map((n) => ({ id: n, name: `Aggregator ${n}` }));
    const problem = smallProblem([0, 0], { aggregators, grid: gridAt([1, 1]), evs: [late('a', 2), late('b', 2)] });
    const named = describeConflict(
      problem,
      [evName('a', 'energy needed at departure'), evName('b', 'energy balance', 0)],
      clock,
    );
    expect(named).toEqual([
      'Aggregator 3 with 2 EVs must leave with 18.2 MWh by 08:00; at most 15.9 MWh can be reached.',
    ]);
    expect(describeConflict(problem, [evName('a', 'energy needed at departure')], clock)).toEqual([
      'EV a of Aggregator 3 must leave with 9100.0 kWh by 08:00; at most 7950.0 kWh can be reached.',
    ]);
  });
  it('understands the bounds a solver names, and judges everything when it names nothing', () => {
    const problem = smallProblem([10, 150], { gas: [gasUnit()] });
    const sentence = 'At slot 1 a demand of 150 kW must be met; all supply gives at most 100 kW.';
    expect(describeConflict(problem, [balanceName(1), `bound of ${gasName('gas-1', 'output', 1)}`])).toEqual([
      sentence,
    ]);
    expect(describeConflict(problem, [])).toEqual([sentence]);
  });
  it('names the protection in a demand that supply cannot meet', () => {
    const uncertainty = {
      components: [{ id: 'l', name: 'L', kind: 'load' as const, halfWidthKw: [20] }],
      protection: 0.5,
    };
    expect(describeConflict(smallProblem([95], { gas: [gasUnit()], uncertainty }), [balanceName(0)])).toEqual([
      'At slot 0 a demand of 105 kW, 10 kW of it for protection, must be met; all supply gives at most 100 kW.',
    ]);
  });
  it('lists the limits where no number tells the story, and admits when it does not know', () => {
    const problem = smallProblem([10, 90], { gas: [gasUnit({ rampKwPerHour: 50 })], evs: [electricCar()] });
    expect(describeConflict(problem, [balanceName(0), balanceName(1), gasName('gas-1', 'ramp up', 1)])).toEqual([
      'These limits cannot hold together: the load to be met (slot 0 to slot 1); Gas 1 changes by at most 50 kW in a slot (slot 1).',
    ]);
    expect(describeConflict(problem, [poolName('power', 1)])[0]).toContain('the EV pool must keep');
    expect(describeConflict(problem, [])[0]).toContain('not found');
  });

  const infeasible: [string, V2gProblem, RegExp][] = [
    [
      'a must-run unit',
      smallProblem([10], { gas: [gasUnit({ minKw: 50 })] }),
      /must run leave at least 50 kW .* demand is 10 kW/,
    ],
    [
      'energy for a car',
      smallProblem([0, 0], { grid: gridAt([1, 1], { importLimitKw: 5 }), evs: [electricCar({ requiredKwh: 40 })] }),
      /EV car-1 needs 20\.0 kWh .* at most 10\.0 kWh/,
    ],
    [
      'a battery',
      smallProblem([0], { grid: gridAt([1]), storage: [battery({ finalMinKwh: 50 })] }),
      /Battery 1 must end the day with 50\.0 kWh; at most 45\.0 kWh/,
    ],
    [
      'the reserve',
      smallProblem([95], { gas: [gasUnit()], reserve: { shareOfLoad: 0.1, counts: 'installed' } }),
      /above the reserve gives at most 91 kW/,
    ],
    [
      'a minimum time',
      smallProblem([10, 90], {
        gas: [
          gasUnit({
            commitment: 'committed',
            minKw: 50,
            minimumUpHours: 4,
            initial: { state: 'on', hours: 1, outputKw: null },
          }),
        ],
      }),
      /Gas 1 gives at least 50 kW when on .*Gas 1 is still on from before the day/,
    ],
  ];
  it.each(infeasible)('tells the story of %s from what the solver found', async (_, problem, story) => {
    const answer = await solveV2g(problem, testSolver, exactSolve);
    expect(answer.kind === 'infeasible' ? answer.why : answer.kind).toMatch(story);
  });
});
