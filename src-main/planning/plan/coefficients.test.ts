import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { battery, electricCar, gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { UncertainCoefficients, V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { ProgramBuilder, type Column, type Term } from '../../program/program.ts';
import { solveByCuts, type GuardedRow } from '../../robust/cutting-plane.ts';
import { optimum, testSolver } from '../../robust/fixtures/test-solver.ts';
import { oneSidedAdversary } from '../../robust/one-sided-budget.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveV2g } from './solve-v2g.ts';

const options = { ...exactSolve, explainInfeasibility: 'no' as const };
async function scheduleOf(problem: V2gProblem): Promise<V2gSchedule> {
  const answer = await solveV2g(problem, testSolver, options);
  if (answer.kind !== 'optimal') throw new Error(`answer is ${answer.kind}`);
  return answer.schedule;
}

const dayOf = (loadKw: number[], coefficients: UncertainCoefficients, parts: Partial<V2gProblem> = {}): V2gProblem =>
  smallProblem(loadKw, {
    gas: [
      gasUnit({ maxKw: 80, costLinearPerKwh: 0.1 }),
      gasUnit({ id: 'gas-2', name: 'Gas 2', maxKw: 120, costLinearPerKwh: 0.25 }),
    ],
    wind: [{ id: 'wind', name: 'Wind', availableKw: loadKw.map(() => 20), maintenancePerKwh: 0 }],
    storage: [battery({ finalMinKwh: 20, chargeEfficiency: 0.95, dischargeEfficiency: 0.9, degradationPerKwh: 0.001 })],
    coefficients,
    ...parts,
  });
const losses = (gas: number, second: number, wind: number, storage: number): UncertainCoefficients['losses'] => [
  { kind: 'gas', id: 'gas-1', share: gas },
  { kind: 'gas', id: 'gas-2', share: second },
  { kind: 'wind', id: 'wind', share: wind },
  { kind: 'storage', id: 'battery-1', share: storage },
];

/** The same day stated on its own, every uncertain row cut by the adversary. */
async function byCuts({ loadKw, gas, wind, storage, coefficients }: V2gProblem): Promise<number> {
  const store = storage[0]!;
  const { unitsAtOnce, slotsAtOnce } = coefficients!;
  const [first, second, park, rho] = coefficients!.losses.map(({ share }) => share) as [number, number, number, number];
  const program = new ProgramBuilder('by cuts');
  const guarded: GuardedRow[] = [];
  const guard = (name: string, terms: Term[], upper: number, uncertain: Term[][], atOnce: number): void => {
    const set = { most: uncertain.map(() => 1), atOnce };
    const row = { name, terms, upper, uncertain: uncertain.map((own) => ({ terms: own, constant: 0 })) };
    guarded.push({ row, adversary: (f) => oneSidedAdversary(set, f) });
  };
  const column = (name: string, upper: number, cost = 0): Column => program.addColumn({ name, lower: 0, upper, cost });
  const slots = loadKw.map((kw, t) => {
    const units = [
      column(`g1 ${t}`, gas[0]!.maxKw, gas[0]!.costLinearPerKwh),
      column(`g2 ${t}`, gas[1]!.maxKw, gas[1]!.costLinearPerKwh),
      column(`w ${t}`, wind[0]!.availableKw[t]!),
    ];
    const wear = store.degradationPerKwh;
    const [c, d] = [column(`c ${t}`, store.chargeKw, wear), column(`d ${t}`, store.dischargeKw, wear)];
    const supply: Term[] = [...units.map((unit): Term => [unit, -1]), [c, 1], [d, -1]];
    guard(`load ${t}`, supply, -kw, units.map((unit, k) => [[unit, [first, second, park][k]!]]), unitsAtOnce); // prettier-ignore
    return { c, d };
  });
  slots.forEach((_, t) => {
    const past = slots.slice(0, t + 1);
    const stored = (sign: number): Term[] =>
      past.flatMap(({ c, d }): Term[] => [[c, sign * store.chargeEfficiency], [d, -sign / store.dischargeEfficiency]]); // prettier-ignore
    const lost = past.map(({ c, d }): Term[] => [
      [c, store.chargeEfficiency * rho],
      [d, (1 / (1 - rho) - 1) / store.dischargeEfficiency],
    ]);
    program.addRow({ name: `full ${t}`, lower: -Infinity, upper: store.maxKwh - store.initialKwh, terms: stored(1) });
    const least = t === slots.length - 1 ? store.finalMinKwh : store.minKwh;
    guard(`energy ${t}`, stored(-1), store.initialKwh - least, lost, slotsAtOnce);
  });
  return (await solveByCuts(program, guarded, optimum)).objective;
}

const share = fc.integer({ min: 0, max: 30 }).map((percent) => percent / 100);
const anyDay = fc.record({
  loadKw: fc.array(fc.integer({ min: 20, max: 120 }), { minLength: 6, maxLength: 6 }),
  shares: fc.tuple(share, share, share, share),
  unitsAtOnce: fc.constantFrom(0, 1, 1.5, 3),
  slotsAtOnce: fc.constantFrom(0, 1, 2.5, 6),
});

describe('coefficients that are not known', () => {
  it('cost what cutting planes find, and pass the re-check', async () => {
    let undelivered = 0;
    let dearer = 0;
    await fc.assert(
      fc.asyncProperty(anyDay, async ({ loadKw, shares, unitsAtOnce, slotsAtOnce }) => {
        const problem = dayOf(loadKw, { losses: losses(...shares), unitsAtOnce, slotsAtOnce });
        const schedule = await scheduleOf(problem);
        expect(checkPlan(problem, schedule).breaches).toEqual([]);
        const cut = await byCuts(problem);
        expect(Math.abs(schedule.objective - cut)).toBeLessThanOrEqual(1e-5 * (1 + cut));
        const { coefficients: _, ...known } = problem;
        const certain = await scheduleOf(known);
        expect(schedule.objective).toBeGreaterThanOrEqual(certain.objective - 1e-6);
        if (schedule.objective > certain.objective + 1e-3) dearer++;
        undelivered += schedule.undeliveredKw?.reduce((sum, kw) => sum + kw, 0) ?? 0;
      }),
      { numRuns: 25, seed: 5 },
    );
    expect(undelivered).toBeGreaterThan(10);
    expect(dearer).toBeGreaterThan(10);
  });

  it('ask for as much more as a unit may not deliver, known by hand', async () => {
    // 72 kW of load from one unit that delivers nine tenths at worst: 80 kW.
    const gas = [gasUnit({ maxKw: 100, costLinearPerKwh: 0.1 })];
    const one = { losses: [{ kind: 'gas' as const, id: 'gas-1', share: 0.1 }], unitsAtOnce: 1, slotsAtOnce: 0 };
    const schedule = await scheduleOf(dayOf([72], one, { gas, wind: [], storage: [] }));
    expect(schedule.gas[0]!.outputKw[0]).toBeCloseTo(80, 6);
    expect(schedule.undeliveredKw![0]).toBeCloseTo(8, 6);
  });

  it('of chargers leave a car with what it needs whichever slots are the bad ones, its standby too', async () => {
    const evs = [electricCar({ departureSlot: 4, initialKwh: 10, requiredKwh: 20, efficiency: 0.9 })];
    const chargers = {
      losses: [{ kind: 'aggregator' as const, id: 'depot', share: 0.2 }],
      unitsAtOnce: 0,
      slotsAtOnce: 1,
    };
    const problem = dayOf([30, 40, 50, 40], chargers, {
      evs,
      poolAccount: 'by-car',
      uncertainty: {
        components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [4, 4, 4, 4] }],
        protection: 1,
      },
    });
    const schedule = await scheduleOf(problem);
    expect(checkPlan(problem, schedule).breaches).toEqual([]);
    const { coefficients: _, ...known } = problem;
    const trusting = await scheduleOf(known);
    expect(schedule.evs[0]!.energyKwh[3]!).toBeGreaterThan(20 + 1);
    expect(checkPlan(problem, trusting).breaches.map(({ limit }) => limit)).toContain('uncertain coefficients');
  });

  it('are found by the re-check in storage and supply where a plan trusts them', async () => {
    const doubted = { losses: losses(0.2, 0.1, 0.3, 0.25), unitsAtOnce: 2, slotsAtOnce: 2 };
    const problem = dayOf([60, 110, 40, 90], doubted);
    const { coefficients: _, ...known } = problem;
    const sentences = checkPlan(problem, await scheduleOf(known)).breaches.map(({ sentence }) => sentence).join('\n'); // prettier-ignore
    expect(sentences).toMatch(/supply, slot \d: power set aside/);
    expect(sentences).toMatch(/energy at worst/);
  });

  it('are refused of a device that is not there, twice, or beyond all of it', async () => {
    const refused = async (of: Partial<UncertainCoefficients>, parts: Partial<V2gProblem> = {}) =>
      scheduleOf(dayOf([40], { losses: [], unitsAtOnce: 1, slotsAtOnce: 1, ...of }, parts)).then(
        () => null,
        (thrown: { code?: string }) => thrown.code,
      );
    const gas = { kind: 'gas' as const, id: 'gas-1', share: 0.1 };
    expect(await refused({ losses: [{ ...gas, id: 'none' }] })).toBe('case-bad');
    expect(await refused({ losses: [gas, gas] })).toBe('case-bad');
    expect(await refused({ losses: [{ ...gas, share: 1 }] })).toBe('case-bad');
    expect(await refused({ unitsAtOnce: -1 })).toBe('case-bad');
    const cars = { losses: [{ kind: 'aggregator' as const, id: 'depot', share: 0.1 }] };
    expect(await refused(cars)).toBe('case-bad');
    expect(await refused(cars, { poolAccount: 'by-car' })).toBeNull();
  });
});
