import { describe, expect, it } from 'vitest';
import { electricCar, gasUnit, gridAt, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import { smallNetwork } from '../../models/v2g/fixtures/small-network.ts';
import type { Objectives } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import type { Solver } from '../../solver/solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { networkFlow } from '../../verify/network-flow.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveOnNetwork } from '../network/solve-on-network.ts';

/** Energy is cheapest in the first slot; a fleet at the end of the feeder needs 900 kWh by the end of the third. */
const evening = (model: 'lindistflow' | 'branch-flow', objectives?: Objectives): V2gProblem =>
  smallProblem([900, 900, 900], {
    grid: gridAt([0.1, 0.11, 0.12], { importLimitKw: 5000 }),
    evs: [
      electricCar({
        capacityKwh: 3000,
        initialKwh: 300,
        maxKwh: 3000,
        requiredKwh: 1200,
        chargeKw: 1400,
        dischargeKw: 0,
        departureSlot: 3,
      }),
    ],
    // Expected losses are told and minimised, those at the worst deviations supplied beside them.
    uncertainty: {
      components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [60, 60, 60] }],
      protection: 1,
    },
    recourse: 0,
    network: smallNetwork({ model }),
    ...(objectives ? { objectives } : {}),
  });

const least: Objectives = { rule: 'lexicographic', order: [{ objective: 'loss', tolerance: 0 }] };

async function planned(problem: V2gProblem) {
  const found = await solveOnNetwork(problem, testSolver, exactSolve);
  if (!('schedule' in found.answer)) throw new Error(JSON.stringify(found.answer).slice(0, 300));
  const { schedule } = found.answer;
  expect(checkPlan(found.problem, schedule).breaches).toEqual([]);
  const acKwh = networkFlow(found.problem, schedule, found.problem.network!).slots.reduce(
    (sum, { flow }) => sum + 1000 * flow.lossMw,
    0,
  );
  return { schedule, acKwh };
}

describe('least loss on a feeder', () => {
  it.each(['lindistflow', 'branch-flow'] as const)(
    'spreads charging evenly and loses less, under %s',
    async (model) => {
      const cheapest = await planned(evening(model));
      const gentlest = await planned(evening(model, least));
      // Loss is convex in the flow and the load is flat: a third of the need in every slot.
      for (const kw of gentlest.schedule.evs[0]!.chargeKw) expect(kw).toBeGreaterThan(290);
      for (const kw of gentlest.schedule.evs[0]!.chargeKw) expect(kw).toBeLessThan(310);
      expect(gentlest.acKwh).toBeLessThan(cheapest.acKwh - 1);
      const stated = gentlest.schedule.objectives!.values.loss!;
      expect(Math.abs(stated - gentlest.acKwh)).toBeLessThan(0.5);
    },
  );
});

/** A unit beside the load at B: it saves the way there, but its least output is more than some slots need. */
const withUnit = (onAt?: number[]): V2gProblem =>
  smallProblem([900, 150, 120, 700], {
    grid: gridAt([0.1, 0.1, 0.1, 0.1], { importLimitKw: 5000, exportLimitKw: 5000 }),
    gas: [
      gasUnit({
        minKw: 260,
        maxKw: 900,
        rampKwPerHour: 5000,
        costLinearPerKwh: 0.3,
        commitment: 'committed',
        ...(onAt ? { onAt } : {}),
      }),
    ],
    // What is supplied covers what is lost, so that no limit of the feeder is in the way.
    lossShare: 0.05,
    recourse: 0,
    network: smallNetwork({ gasBus: ['B'] }),
    objectives: least,
  });

describe('least loss with a unit', () => {
  it('has whole units and loses what the best of all their choices loses', async () => {
    const choices = Array.from({ length: 16 }, (_, bits) => [0, 1, 2, 3].map((slot) => (bits >> slot) & 1));
    let fewest = Infinity;
    let best: number[] = [];
    for (const onAt of choices) {
      const { schedule } = await planned(withUnit(onAt));
      const lost = schedule.objectives!.values.loss!;
      if (lost < fewest) [fewest, best] = [lost, onAt];
    }
    const { schedule } = await planned(withUnit());
    const { steps, values } = schedule.objectives!;
    expect(schedule.gas[0]!.on).toEqual(best);
    expect(values.loss!).toBeLessThanOrEqual(fewest * (1 + 2e-4));
    // On in some slots and off in others; between the two less would be lost, so the relaxation is below every plan.
    expect(new Set(best).size).toBe(2);
    expect(steps[0]!.atBest!).toBeLessThan(fewest * 0.99);
  });

  it('stands, with its cost in order, where there is no time for the cheapest of its kind', async () => {
    // What keeps a loss while the cost is made least is not solved.
    const late: Solver = {
      ...testSolver,
      solve: async (program, options) => {
        const kept = program.columnUpper[program.columnNames.indexOf('objective: loss')]!;
        const isLast = kept < Infinity && program.rowNames.some((name) => name.startsWith('near the loss'));
        const answer = await testSolver.solve(program, options);
        return isLast
          ? { kind: 'failed', problem: 'time ran out before a first solution', statistics: answer.statistics }
          : answer;
      },
    };
    const { problem, answer } = await solveOnNetwork(withUnit(), late, exactSolve);
    if (!('schedule' in answer)) throw new Error(JSON.stringify(answer).slice(0, 300));
    expect(answer.kind).toBe('feasible');
    expect(checkPlan(problem, answer.schedule).breaches).toEqual([]);
    const whole = await planned(withUnit());
    expect(answer.schedule.objectives!.steps.map(({ objective }) => objective)).toEqual(['loss']);
    expect(answer.schedule.objectives!.values.loss!).toBeCloseTo(whole.schedule.objectives!.steps[0]!.reached, 2);
  });
});
