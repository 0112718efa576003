import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import { objectiveKinds, senseOf, type ObjectiveKind, type Objectives } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { objectiveValues, quadraticGeneration } from '../../verify/objective-values.ts';
import { exactSolve } from '../exact-solve.ts';
import { scheduleOf, town, towns } from './fixtures/town.ts';
import { payoffTable, rangesOf } from './payoff-table.ts';
import { solveObjectives } from './solve-objectives.ts';

/** Every plan whose car and wind move in whole kW, told by the re-check to keep all limits. */
function* enumerated(problem: V2gProblem, like: V2gSchedule): Generator<V2gSchedule> {
  const { objectives: _, ...bare } = like;
  const walk = function* (net: number[], used: number[]): Generator<V2gSchedule> {
    const slot = used.length;
    if (slot === problem.slots) {
      let energy = 20;
      const schedule: V2gSchedule = {
        ...bare,
        gas: [
          {
            ...bare.gas[0]!,
            outputKw: net.map((kw, t) => (problem.loadKw[t]! + like.worstDeviationKw[t]! + kw) / 0.9 - used[t]!),
          },
        ],
        wind: [{ id: 'wind-1', outputKw: used }],
        evs: [
          {
            ...bare.evs[0]!,
            chargeKw: net.map((kw) => Math.max(0, kw)),
            dischargeKw: net.map((kw) => Math.max(0, -kw)),
            energyKwh: net.map((kw) => (energy += kw)),
          },
        ],
      };
      // Costs are told by another hand; every other breach counts.
      const limits = checkPlan(problem, schedule).breaches.filter(({ limit }) => !/cost|objective/.test(limit));
      if (limits.length === 0) yield schedule;
      return;
    }
    for (let kw = -2; kw <= 2; kw++)
      for (let windKw = 0; windKw <= problem.wind[0]!.availableKw[slot]!; windKw++)
        yield* walk([...net, kw], [...used, windKw]);
  };
  yield* walk([], []);
}

describe('objectives', () => {
  it('finds no whole-kW plan that is better in any single objective, nor one that dominates a weighted plan', async () => {
    await fc.assert(
      fc.asyncProperty(
        towns(2),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 }),
        async (drawn, drawnWeights) => {
          const problem = town(drawn);
          const rows = await payoffTable(problem, objectiveKinds, testSolver, exactSolve);
          const ranges = rangesOf(rows, objectiveKinds);
          const weights = objectiveKinds.map((objective, k) => ({ objective, weight: drawnWeights[k]! }));
          const schedule = await scheduleOf(problem, { rule: 'weighted', weights });
          const own = schedule.objectives!.values;
          const worth = (values: Partial<Record<ObjectiveKind, number>>): number =>
            ranges.reduce((sum, { objective, best, nadir }, k) => {
              const range = Math.abs(nadir - best);
              const size = Math.max(1, Math.abs(best));
              const by = range > 1e-6 * size ? range : size;
              return sum + (drawnWeights[k]! * senseOf(objective) * values[objective]!) / by;
            }, 0);
          let plans = 0;
          for (const other of enumerated(problem, schedule)) {
            plans++;
            const values = objectiveValues(problem, other);
            for (const { objective, best } of ranges)
              expect(senseOf(objective) * (values[objective]! - best), objective).toBeGreaterThan(-2e-4);
            expect(worth(values)).toBeGreaterThan(worth(own) - 1e-4);
            const gains = objectiveKinds.map((kind) => senseOf(kind) * (own[kind]! - values[kind]!));
            const dominates = gains.every((gain) => gain > -1e-6) && gains.some((gain) => gain > 1e-2);
            expect(dominates).toBe(false);
          }
          expect(plans).toBeGreaterThan(0);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('keeps the limits of the set under every objective, and the largest deviation is the one of the worst day', async () => {
    const problem = town({ load: [10, 10], wind: [4, 4], width: [2, 2] }, { recourse: 0, evs: [] });
    const schedule = await scheduleOf(problem, {
      rule: 'lexicographic',
      order: [{ objective: 'deviation', tolerance: 0 }],
    });
    // 10 kW and up to 2 kW more against 4 kW of wind.
    expect(schedule.objectives!.values.deviation).toBeCloseTo(8, 3);
    expect(schedule.gas[0]!.outputKw[0]).toBeCloseTo(12 / 0.9 - 4, 3);
  });

  it('does not buy an objective with cars that leave without their energy', async () => {
    const short = town({ load: [10, 10], wind: [4, 4], width: [0, 0] }, { unmetPerKwh: 5 });
    const evs = [{ ...short.evs[0]!, requiredKwh: 24 }];
    for (const objective of ['loss', 'deviation', 'generation'] as const) {
      const schedule = await scheduleOf(
        { ...short, evs },
        {
          rule: 'lexicographic',
          order: [{ objective, tolerance: 0 }],
        },
      );
      expect(schedule.evs[0]!.unmetKwh, objective).toBeLessThan(1e-5);
    }
  });

  it('tells how far the chords lie above the quadratic cost, and never more than is stated', async () => {
    const coarse = [gasUnit({ maxKw: 40, costLinearPerKwh: 0.1, costQuadraticPerKwh2: 0.01, costSegments: 3 })];
    const problem = town({ load: [10, 7], wind: [1, 3], width: [1, 0] }, { gas: coarse });
    const objectives: Objectives = { rule: 'lexicographic', order: [{ objective: 'generation', tolerance: 0 }] };
    const { exact, chords, mostAbove } = quadraticGeneration(problem, await scheduleOf(problem, objectives));
    expect(chords - exact).toBeGreaterThan(0.01);
    expect(chords - exact).toBeLessThanOrEqual(mostAbove);
    // Two hours of c₂ w²/4 with w = 40/3.
    expect(mostAbove).toBeCloseTo((2 * 0.01 * (40 / 3) ** 2) / 4, 9);
  });

  it('dispatches quadratic units within the stated error of the closed form, where all run at one marginal cost', async () => {
    const costs = [
      { costLinearPerKwh: 0.05, costQuadraticPerKwh2: 0.004 },
      { costLinearPerKwh: 0.12, costQuadraticPerKwh2: 0.001 },
    ];
    const gas = costs.map((cost, k) => gasUnit({ id: `gas-${k + 1}`, maxKw: 60, costSegments: 12, ...cost }));
    const load = [40, 70];
    const day = smallProblem(load, { gas, lossShare: 0 });
    const objectives: Objectives = { rule: 'lexicographic', order: [{ objective: 'generation', tolerance: 0 }] };
    const schedule = await scheduleOf(day, objectives);
    const { exact, mostAbove } = quadraticGeneration(day, schedule);
    // λ with Σ (λ − c₁) / 2c₂ = load, slot by slot; both units inside their limits.
    const closed = load.reduce((sum, kw) => {
      const steepness = costs.reduce((all, { costQuadraticPerKwh2: q }) => all + 1 / (2 * q), 0);
      const offset = costs.reduce((all, { costLinearPerKwh: c, costQuadraticPerKwh2: q }) => all + c / (2 * q), 0);
      const marginal = (kw + offset) / steepness;
      const outputs = costs.map(({ costLinearPerKwh: c, costQuadraticPerKwh2: q }) => (marginal - c) / (2 * q));
      for (const output of outputs) expect(output > 0 && output < 60).toBe(true);
      return sum + costs.reduce((all, { costLinearPerKwh: c, costQuadraticPerKwh2: q }, k) => all + c * outputs[k]! + q * outputs[k]! ** 2, 0); // prettier-ignore
    }, 0);
    expect(exact).toBeGreaterThanOrEqual(closed - 1e-6);
    expect(exact).toBeLessThanOrEqual(closed + mostAbove);
    // Two hours of (0.004 + 0.001) w²/4 with w = 5.
    expect(mostAbove).toBeCloseTo((2 * 0.005 * 25) / 4, 9);
  });

  it('refuses objectives that the problem cannot state', async () => {
    const calm = town({ load: [10, 10], wind: [0, 0], width: [0, 0] }, { lossShare: 0 });
    const refused = async (objective: ObjectiveKind): Promise<string> => {
      const order = [{ objective, tolerance: 0 }];
      const asked = solveObjectives({ ...calm, objectives: { rule: 'lexicographic', order } }, testSolver, exactSolve);
      return asked.then(
        () => 'solved',
        (thrown: { report: { details: { problem: string } } }) => thrown.report.details.problem,
      );
    };
    expect(await refused('deviation')).toContain('no renewable power is available');
    expect(await refused('loss')).toContain('no loss is modelled');
  });
});
