import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { feederTree } from '../../models/feeder/feeder-tree.ts';
import { smallFeeder } from '../../models/feeder/fixtures/small-feeder.ts';
import type { FeederProblem } from '../../models/feeder/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkFeeder } from '../../verify/check-feeder.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveCase } from './solve-case.ts';
import { solveFeeder } from './solve-feeder.ts';

async function planned(problem: FeederProblem) {
  const answer = await solveFeeder(problem, testSolver, exactSolve);
  if (answer.kind !== 'optimal') throw new Error(`${problem.name} is ${JSON.stringify(answer)}`);
  return answer;
}

const random = fc
  .record({
    scale: fc.double({ min: 0.3, max: 1.2, noNaN: true }),
    r: fc.double({ min: 0.005, max: 0.02, noNaN: true }),
    wind: fc.double({ min: 0, max: 1, noNaN: true }),
    prices: fc.tuple(fc.integer({ min: 5, max: 200 }), fc.integer({ min: 5, max: 200 })),
  })
  .map(({ scale, r, wind, prices }) => {
    const base = smallFeeder();
    return smallFeeder({
      feeder: { ...base.feeder, branches: base.feeder.branches.map((branch) => ({ ...branch, rPu: r })) },
      loads: base.loads.map((load) => ({ ...load, pMw: load.pMw.map((p) => scale * p) })),
      wind: base.wind.map((park) => ({ ...park, availableMw: [wind, wind / 2] })),
      pricePerMwh: [...prices],
    });
  });

describe('solveFeeder', () => {
  it('agrees with the AC power flow of its own answer', async () => {
    await fc.assert(
      fc.asyncProperty(random, async (problem) => {
        const { check } = await planned(problem);
        expect(check.report.breaches).toEqual([]);
        expect(Math.max(...check.voltageGapPu)).toBeLessThan(1e-5);
        expect(Math.max(...check.importGapMw.map(Math.abs))).toBeLessThan(1e-5);
      }),
      { numRuns: 25 },
    );
  });

  it('is cheaper and blind to losses when linear', async () => {
    const conic = await planned(smallFeeder());
    const linear = await planned(smallFeeder({ network: 'lindistflow' }));
    expect(linear.schedule.objective).toBeLessThan(conic.schedule.objective);
    expect(linear.schedule.lossMw).toEqual([0, 0]);
    expect(Math.min(...linear.check.importGapMw)).toBeGreaterThan(1e-3);
  });

  it('has a lossless optimum that the linear plan overrates: a voltage the flow finds too low is refused', async () => {
    const base = smallFeeder({ network: 'lindistflow', wind: [], batteries: [] });
    const { check } = await planned(base);
    const lowest = Math.min(...check.flows.flatMap(({ voltagePu }) => voltagePu));
    const believed = Math.min(...(await planned(base)).schedule.voltagePu.flat());
    expect(lowest).toBeLessThan(believed);
    const limit = (lowest + believed) / 2;
    const strict = { ...base, feeder: { ...base.feeder, voltageMinPu: limit } };
    const linear = await planned(strict);
    expect(linear.check.report.passed).toBe(false);
    expect(linear.check.report.breaches[0]).toMatchObject({ limit: 'lowest voltage', slot: 1, unit: 'pu' });
    const conic = await solveFeeder({ ...strict, network: 'branch-flow' }, testSolver, exactSolve);
    expect(conic.kind).toBe('infeasible');
  });

  it('keeps a line within its limit, and buys the battery for it', async () => {
    // At one price the battery has no other reason to move.
    const base = smallFeeder({ pricePerMwh: [100, 100] });
    const free = await planned(base);
    const top = Math.max(...free.check.flows.map(({ sendingMva }) => sendingMva[1]!));
    const branches = base.feeder.branches.map((branch, i) => (i === 0 ? { ...branch, limitMva: 0.97 * top } : branch));
    const tight = await planned({ ...base, feeder: { ...base.feeder, branches } });
    expect(Math.max(...tight.check.flows.map(({ sendingMva }) => sendingMva[1]!))).toBeLessThan(0.97 * top + 1e-5);
    expect(tight.schedule.objective).toBeGreaterThan(free.schedule.objective);
  });

  it('protects the bill against every price inside the ellipsoid, and against none for nothing', async () => {
    const base = smallFeeder();
    const nominal = await planned(base);
    const robust = await planned({ ...base, priceEllipsoid: { kappa: 2, sdShareOfPrice: 0.2 } });
    const { importMw } = robust.schedule;
    const sd = importMw.map((power, t) => 0.2 * base.pricePerMwh[t]! * power);
    const norm = Math.hypot(...sd);
    // The worst price lies along the standard deviations; replaying it costs exactly what the plan says.
    const worst = base.pricePerMwh.map((price, t) => price * (1 + 0.2 * 2 * (sd[t]! / norm)));
    const rest = robust.schedule.objective - importMw.reduce((sum, power, t) => sum + base.pricePerMwh[t]! * power, 0);
    const bill = importMw.reduce((sum, power, t) => sum + worst[t]! * power, 0);
    const other = rest - 2 * norm;
    expect(bill + other).toBeCloseTo(robust.schedule.objective, 4);
    expect(robust.schedule.objective).toBeGreaterThan(nominal.schedule.objective);
  });

  it('finds a planted breach of each kind', async () => {
    const problem = smallFeeder();
    const { schedule } = await planned(problem);
    const tree = feederTree(problem.feeder);
    const planted = (change: (copy: typeof schedule) => void): string[] => {
      const copy = structuredClone(schedule);
      change(copy);
      return checkFeeder(problem, tree, copy).report.breaches.map(({ limit }) => limit);
    };
    expect(planted(() => undefined)).toEqual([]);
    expect(planted((copy) => (copy.windMw[0]![0] = 0.3))).toContain('wind');
    expect(planted((copy) => (copy.windMvar[0]![0] = 0.3))).toContain('reactive wind');
    expect(planted((copy) => (copy.chargeMw[0]![0] = 0.4))).toContain('battery charge');
    expect(planted((copy) => (copy.energyMwh[0]![1]! -= 0.01))).toContain('battery energy');
    expect(planted((copy) => (copy.windMw[0]![0] = -4))).toContain('lowest voltage');
  });

  it.each<[string, Partial<FeederProblem>, RegExp]>([
    ['a load at no bus', { loads: [{ bus: '9', pMw: [1, 1], qMvar: [0, 0] }] }, /load 1 stands at bus 9/],
    ['a short price', { pricePerMwh: [1] }, /price has 1 values for 2 slots/],
    [
      'a battery overfull',
      { batteries: [{ ...smallFeeder().batteries[0]!, initialMwh: 2 }] },
      /initial energy of depot/,
    ],
    [
      'wind below zero',
      { wind: [{ ...smallFeeder().wind[0]!, availableMw: [0, -1] }] },
      /available power .*\[1\] is -1/,
    ],
    ['a negative radius', { priceEllipsoid: { kappa: -1, sdShareOfPrice: 0.1 } }, /kappa is -1/],
  ])('refuses %s', async (_, changes, complaint) => {
    await expect(solveFeeder(smallFeeder(changes), testSolver, exactSolve)).rejects.toThrow(complaint);
  });
});

const folder = new URL('../../../../shared/cases/feeder/', import.meta.url);
describe.skipIf(!existsSync(folder))('feeder cases with proven optima, where they are at hand', () => {
  it('reproduces ieee33-ev.json', async () => {
    const { expected, ...instance } = JSON.parse(readFileSync(new URL('ieee33-ev.json', folder), 'utf8')) as {
      expected: { objectiveUsd: number }[];
    };
    const { results } = await solveCase(instance, testSolver);
    results.forEach((result, query) => {
      expect(result).toMatchObject({ status: 'optimal', passed: true });
      const { objectiveUsd } = result as { objectiveUsd: number };
      expect(Math.abs(objectiveUsd / expected[query]!.objectiveUsd - 1)).toBeLessThan(1e-7);
    });
  });
});
