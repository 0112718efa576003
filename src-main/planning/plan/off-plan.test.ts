import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { electricCar, gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { Ev, V2gProblem } from '../../models/v2g/problem.ts';
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
const carsAt = (evs: Ev[], loadKw: number[], atOnce: number, parts: Partial<V2gProblem> = {}): V2gProblem =>
  smallProblem(loadKw, {
    gas: [gasUnit({ maxKw: 200, costQuadraticPerKwh2: 1e-3, costSegments: 8 })],
    evs: evs.map((ev, k) => ({ ...ev, id: `car-${k + 1}` })),
    throughputPerKwh: 1e-3,
    unmetPerKwh: 1,
    carsOffPlan: [atOnce],
    ...parts,
  });

/** The same day stated on its own: power guarded by the adversary, every arrival and departure of every car a row. */
async function byCuts(problem: V2gProblem): Promise<number> {
  const { loadKw, evs, gas, throughputPerKwh, unmetPerKwh } = problem;
  const unit = gas[0]!;
  const program = new ProgramBuilder('by cuts');
  const guarded: GuardedRow[] = [];
  const set = { most: evs.map(({ cars }) => cars), atOnce: problem.carsOffPlan![0]! };
  const guard = (name: string, terms: Term[], upper: number, perCar: Term[][]): void => {
    const uncertain = perCar.map((own) => ({ terms: own, constant: 0 }));
    guarded.push({ row: { name, terms, uncertain, upper }, adversary: (f) => oneSidedAdversary(set, f) });
  };
  const column = (name: string, upper: number, cost = 0): Column => program.addColumn({ name, lower: 0, upper, cost });
  const cars = evs.map((ev, i) => ({
    ev,
    charge: loadKw.map((_, t) => column(`c ${i} ${t}`, t >= ev.arrivalSlot && t < ev.departureSlot ? ev.chargeKw : 0, throughputPerKwh)), // prettier-ignore
    discharge: loadKw.map((_, t) => column(`d ${i} ${t}`, t >= ev.arrivalSlot && t < ev.departureSlot ? ev.dischargeKw : 0, throughputPerKwh)), // prettier-ignore
    unmet: column(`u ${i}`, Infinity, unmetPerKwh!),
    off: column(`v ${i}`, Infinity),
  }));
  const width = unit.maxKw / unit.costSegments;
  loadKw.forEach((kw, t) => {
    const supply = Array.from({ length: unit.costSegments }, (_, m): Term => [
      column(`g ${m} ${t}`, width, unit.costLinearPerKwh + unit.costQuadraticPerKwh2 * width * (2 * m + 1)),
      -1,
    ]);
    const flows = cars.flatMap(({ charge, discharge }): Term[] => [[charge[t]!, 1], [discharge[t]!, -1]]); // prettier-ignore
    const away = cars.map(({ ev, charge, discharge }): Term[] => {
      const { lateSlots, earlySlots } = ev.mayBe!;
      const inside = t >= ev.arrivalSlot && t < ev.departureSlot;
      const doubtful = inside && (t < ev.arrivalSlot + lateSlots || t >= ev.departureSlot - earlySlots);
      return doubtful ? [[discharge[t]!, 1 / ev.cars], [charge[t]!, -1 / ev.cars]] : []; // prettier-ignore
    });
    guard(`load ${t}`, [...supply, ...flows], -kw, away);
  });
  cars.forEach(({ ev, charge, discharge, unmet, off }, i) => {
    const { lateSlots, earlySlots, lackKwh } = ev.mayBe!;
    const atLeast = (
      name: string,
      first: number,
      end: number,
      startKwh: number,
      least: number,
      slack: Term[],
    ): void => {
      const terms: Term[] = [...slack];
      for (let t = first; t < end; t++) terms.push([charge[t]!, ev.efficiency], [discharge[t]!, -1 / ev.efficiency]);
      program.addRow({ name, lower: least - startKwh, upper: Infinity, terms });
    };
    for (let t = ev.arrivalSlot; t < ev.departureSlot; t++) {
      const most: Term[] = [];
      for (let s = ev.arrivalSlot; s <= t; s++)
        most.push([charge[s]!, ev.efficiency], [discharge[s]!, -1 / ev.efficiency]);
      program.addRow({ name: `full ${i} ${t}`, lower: -Infinity, upper: ev.maxKwh - ev.initialKwh, terms: most });
    }
    for (let late = 0; late <= lateSlots; late++)
      for (let early = 0; early <= earlySlots; early++) {
        const [first, end] = [ev.arrivalSlot + late, ev.departureSlot - early];
        atLeast(`leaves ${i} ${late} ${early}`, first, end, ev.initialKwh - lackKwh, ev.requiredKwh, [[off, 1]]);
        for (let t = first; t < end; t++)
          atLeast(`holds ${i} ${late} ${early} ${t}`, first, t + 1, ev.initialKwh - lackKwh, ev.minKwh, []);
      }
    atLeast(`planned ${i}`, ev.arrivalSlot, ev.departureSlot, ev.initialKwh, ev.requiredKwh, [[unmet, 1]]);
  });
  const worst = column('worst cost', Infinity, 1);
  guard('cost', [[worst, -1]], 0, cars.map(({ off, ev }): Term[] => [[off, unmetPerKwh! / ev.cars]])); // prettier-ignore
  return (await solveByCuts(program, guarded, optimum)).objective;
}

const whole = (min: number, max: number) => fc.integer({ min, max });
const car = fc
  .record({
    arrival: whole(0, 3),
    stay: whole(1, 5),
    initial: whole(16, 32),
    need: whole(-12, 10),
    cars: whole(1, 3),
    late: whole(0, 3),
    early: whole(0, 3),
    lack: whole(0, 4),
  }) // prettier-ignore
  .map(({ arrival, stay, initial, need, cars, late, early, lack }): Ev =>
    electricCar({
      arrivalSlot: arrival,
      departureSlot: Math.min(6, arrival + stay),
      cars,
      initialKwh: cars * initial,
      minKwh: cars * 3,
      maxKwh: cars * 40,
      requiredKwh: cars * (initial + need - 4),
      chargeKw: cars * 10,
      dischargeKw: cars * 10,
      efficiency: 0.9,
      mayBe: { lateSlots: late, earlySlots: early, lackKwh: cars * lack },
    }),
  );
const anyDay = fc.record({
  evs: fc.array(car, { minLength: 1, maxLength: 4 }),
  loadKw: fc.array(whole(0, 180), { minLength: 6, maxLength: 6 }),
  atOnce: fc.constantFrom(1, 2, 3.5),
});

describe('cars off plan', () => {
  it('cost what cutting planes and every arrival and departure tried one by one find', async () => {
    let dearer = 0;
    let setAside = 0;
    await fc.assert(
      fc.asyncProperty(anyDay, async ({ evs, loadKw, atOnce }) => {
        const problem = carsAt(evs, loadKw, atOnce);
        const schedule = await scheduleOf(problem);
        expect(checkPlan(problem, schedule).breaches).toEqual([]);
        const cut = await byCuts(problem);
        expect(Math.abs(schedule.objective - cut)).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(cut)));
        const trusting = await scheduleOf({ ...problem, carsOffPlan: [0] });
        expect(schedule.objective).toBeGreaterThanOrEqual(trusting.objective - 1e-6);
        if (schedule.objective > trusting.objective + 1e-3) dearer++;
        setAside += schedule.offPlan!.setAsideKw.reduce((sum, kw) => sum + kw, 0);
      }),
      { numRuns: 25, seed: 31 },
    );
    expect(dearer).toBeGreaterThan(5);
    expect(setAside).toBeGreaterThan(1);
  });

  it('set aside what one car of two was to give, and no more', async () => {
    // Both discharge 10 kW into the peak of slot 1 and may be gone by then; one at once.
    const one = electricCar({ arrivalSlot: 0, departureSlot: 2, mayBe: { lateSlots: 0, earlySlots: 1, lackKwh: 0 } });
    const gas = [gasUnit({ maxKw: 200, costLinearPerKwh: 0.1 })];
    const problem = carsAt([one, one], [0, 100], 1, { gas, unmetPerKwh: null });
    const schedule = await scheduleOf(problem);
    expect(schedule.offPlan!.setAsideKw[1]).toBeCloseTo(10, 6);
    expect(schedule.gas[0]!.outputKw[1]).toBeCloseTo(90, 6);
    expect(schedule.cost.generation).toBeCloseTo(9, 6);
  });

  it('are found by the re-check where a plan trusts every car', async () => {
    const one = electricCar({ departureSlot: 2, mayBe: { lateSlots: 0, earlySlots: 1, lackKwh: 2 }, requiredKwh: 20 });
    const problem = carsAt([one], [0, 100], 1, { unmetPerKwh: null });
    const trusting = { ...problem, carsOffPlan: [0] };
    const schedule = await scheduleOf(trusting);
    expect(checkPlan(problem, schedule).breaches.map(({ limit }) => limit)).toContain('cars off plan');
    const claimed = { ...schedule, offPlan: { setAsideKw: [0, 0], unmetKwh: [0] } };
    const sentences = checkPlan(problem, claimed).breaches.map(({ sentence }) => sentence);
    expect(sentences.join()).toMatch(/power set aside/);
    expect(sentences.join()).toMatch(/energy when it leaves/);
  });

  it('are refused where they are said of no aggregator or by half slots', async () => {
    await expect(scheduleOf(carsAt([electricCar()], [1, 1], 1, { carsOffPlan: [] }))).rejects.toMatchObject({ code: 'case-bad' }); // prettier-ignore
    const half = electricCar({ mayBe: { lateSlots: 0.5, earlySlots: 0, lackKwh: 0 } });
    await expect(scheduleOf(carsAt([half], [1, 1], 1))).rejects.toMatchObject({ code: 'case-bad' });
  });
});
