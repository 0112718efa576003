import { describe, expect, it } from 'vitest';
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import { electricCar } from '../../models/v2g/fixtures/small-problem.ts';
import { protectedProblem } from '../../models/v2g/fixtures/protected-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { optimum, testSolver } from '../../robust/fixtures/test-solver.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import { daySets } from '../../uncertainty/fixtures/day-sets.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { chanceWords, failureOf } from './chance-form.ts';
import { solveChance } from './solve-chance.ts';
import { solveV2g } from './solve-v2g.ts';
import type { V2gAnswer } from './v2g-answer.ts';

const base = protectedProblem();
const ball = daySets(11, base.slots, base.uncertainty.components.length).find(
  (set) => set.kind === 'wasserstein-exact',
)!;
const under = (set: UncertaintySet, parts: Partial<V2gProblem> = {}): V2gProblem => ({
  ...base,
  ...parts,
  uncertainty: { ...base.uncertainty, set },
});
const solve = (problem: V2gProblem, solver: Solver = testSolver) =>
  solveChance(problem, exactSolve, async (stated: V2gProblem, options: SolveOptions) => ({
    problem: stated,
    answer: await solveV2g(stated, solver, options),
  }));
const costOf = (answer: V2gAnswer): number => ('schedule' in answer ? answer.schedule.objective : NaN);

/** Its searches over binaries of the chance end as given. */
const withoutChance = (ends: { kind: 'failed'; problem: string } | { kind: 'cancelled' }): Solver => ({
  ...testSolver,
  solve: (program, options) =>
    program.columnNames.some((name) => name.includes('given up'))
      ? Promise.resolve({ ...ends, statistics: { solver: 'stub', seconds: 0, iterations: 0, nodes: 0 } })
      : testSolver.solve(program, options),
});

describe('solveChance', () => {
  it('takes the exact form with binaries where shares are decisions, and costs less than CVaR', async () => {
    const exact = await solve(under(ball));
    expect(exact.chance).toEqual({ used: 'exact-binaries', days: 12, why: null });
    expect(chanceWords(exact.chance!)).toBe('exact mixed-integer, 12 days');
    // Rows stated where they were broken come to the optimum of all of them.
    const all = await optimum(buildV2g(under(ball)).program);
    expect(costOf(exact.answer)).toBeCloseTo(all.objective, 3);
    const safe = await solve(under({ ...ball, kind: 'wasserstein' } as UncertaintySet));
    expect(chanceWords(safe.chance!)).toBe('CVaR (safe), 12 days, as chosen');
    expect(costOf(exact.answer)).toBeLessThan(costOf(safe.answer) - 1e-3);
  });
  it('sorts the days where every car answers for itself, and the check agrees', async () => {
    const problem = under(ball, { poolAccount: 'by-car-in-days' });
    const { answer, chance } = await solve(problem);
    expect(chance!.used).toBe('exact-sorted');
    expect('schedule' in answer && checkPlan(problem, answer.schedule).breaches).toEqual([]);
    const safe = await solve(
      under({ ...ball, kind: 'wasserstein' } as UncertaintySet, { poolAccount: 'by-car-in-days' }),
    );
    expect(costOf(answer)).toBeLessThan(costOf(safe.answer) - 1e-3);
  });
  it('falls back on CVaR where the search does not end, and says why', async () => {
    const { problem, answer, chance } = await solve(
      under(ball),
      withoutChance({ kind: 'failed', problem: 'time ran out' }),
    );
    expect(problem.uncertainty.set!.kind).toBe('wasserstein');
    expect('schedule' in answer && checkPlan(problem, answer.schedule).breaches).toEqual([]);
    expect(chanceWords(chance!)).toBe(
      'CVaR (safe), 12 days, because the exact form did not end in its time (time ran out)',
    );
  });
  it('falls back on CVaR where the days are too many for binaries, and says why', async () => {
    const many = Array.from({ length: 61 }, (_, i) => ball.points[i % 12]!.map((kw) => kw * (1 - i / 100)));
    const { problem, chance } = await solve(under({ ...ball, points: many }));
    expect(problem.uncertainty.set!.kind).toBe('wasserstein');
    expect(chance!.why).toBe('61 days are more than the exact form takes (60)');
  });
  it('says what to do where nothing takes the place of the exact form', () => {
    expect(failureOf(under(ball), 'time ran out')).toMatch(/^time ran out; .* choose the set "wasserstein"/);
    expect(failureOf(under(ball, { poolAccount: 'by-car-in-days' }), 'time ran out')).toBe('time ran out');
  });
  it('does not fall back after a cancel', async () => {
    const { answer, chance } = await solve(under(ball), withoutChance({ kind: 'cancelled' }));
    expect(answer.kind).toBe('cancelled');
    expect(chance!.used).toBe('exact-binaries');
  });
  it('finds a plan where CVaR says that there is none', async () => {
    // One bad day in ten that may be given up: supply of 60 kW holds without it, and not with its mean.
    const slots = 2;
    const points = Array.from({ length: 10 }, (_, i) => [i === 0 ? 30 : 1, 1]);
    const rare = { kind: 'wasserstein-exact' as const, points, risk: 0.2, radius: 0.05 };
    const tight: V2gProblem = {
      ...base,
      slots,
      loadKw: [50, 40],
      gas: [{ ...base.gas[0]!, maxKw: 60 }],
      wind: [],
      evs: [electricCar({ departureSlot: slots, initialKwh: 20, requiredKwh: 20, dischargeKw: 0 })],
      uncertainty: {
        components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [30, 1] }],
        protection: 1,
        set: rare,
      },
      uncoordinatedKw: base.uncoordinatedKw.map((own) => own.slice(0, slots)),
    };
    expect((await solve(tight)).answer.kind).toBe('optimal');
    const safe = { ...tight, uncertainty: { ...tight.uncertainty, set: { ...rare, kind: 'wasserstein' as const } } };
    expect((await solve(safe)).answer.kind).toBe('infeasible');
  });
});
