import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { battery, electricCar, gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { ProgramBuilder, type Column, type Term } from '../../program/program.ts';
import { oneSidedAdversary } from '../../robust/one-sided-budget.ts';
import { solveByCuts, type GuardedRow } from '../../robust/cutting-plane.ts';
import { optimum, testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { checkRealisedDay } from '../../verify/check-realised-day.ts';
import { realiseDay } from '../../verify/realise-day.ts';
import { replayOf } from '../../verify/replay-day.ts';
import { createShortages } from '../../verify/shortages.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveV2g } from './solve-v2g.ts';

async function scheduleOf(problem: V2gProblem): Promise<V2gSchedule> {
  const answer = await solveV2g(problem, testSolver, { ...exactSolve, explainInfeasibility: 'no' });
  if (answer.kind !== 'optimal') throw new Error(`answer is ${answer.kind}`);
  return answer.schedule;
}

/** `atOnce` slots of the day may bring the whole of what the load may deviate. */
function deviating(loadKw: number[], widths: number[], atOnce: number, parts: Partial<V2gProblem> = {}): V2gProblem {
  return smallProblem(loadKw, {
    gas: [gasUnit({ maxKw: 90, rampKwPerHour: 25, costQuadraticPerKwh2: 1e-3, costSegments: 6 })],
    storage: [battery({ dischargeEfficiency: 0.9, chargeEfficiency: 0.95, finalMinKwh: 20, degradationPerKwh: 0.01 })],
    uncertainty: {
      components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: widths }],
      protection: 1,
      set: { kind: 'budget', slots: loadKw.length, halfWidths: widths, protection: 1, slotProtection: atOnce },
    },
    responders: 'each-resource',
    ...parts,
  });
}

/** The same rules for one gas unit and one storage unit, stated on their own: every row that deviates is cut by the adversary. */
async function byCuts(problem: V2gProblem, atOnce: number): Promise<number> {
  const { loadKw } = problem;
  const [unit, store] = [problem.gas[0]!, problem.storage[0]!];
  const beta = problem.uncertainty.components[0]!.halfWidthKw;
  const program = new ProgramBuilder('by cuts');
  const guarded: GuardedRow[] = [];
  const none = loadKw.map(() => ({ terms: [] as Term[], constant: 0 }));
  const guard = (name: string, terms: Term[], upper: number, uncertain: typeof none): void => {
    const set = { most: loadKw.map(() => 1), atOnce };
    guarded.push({ row: { name, terms, uncertain, upper }, adversary: (f) => oneSidedAdversary(set, f) });
  };
  const on = (slot: number, terms: Term[]) => none.with(slot, { terms, constant: 0 });
  const column = (name: string, upper: number, cost = 0): Column => program.addColumn({ name, lower: 0, upper, cost });
  const worst = column('worst cost', Infinity, 1);
  const width = unit.maxKw / unit.costSegments;
  const slope = (m: number): number => unit.costLinearPerKwh + unit.costQuadraticPerKwh2 * width * (2 * m + 1);
  const segments = Array.from({ length: unit.costSegments }, (_, m) => m);
  const wear = store.degradationPerKwh;
  const slots = loadKw.map((kw, t) => {
    const base = segments.map((m) => column(`base ${m} ${t}`, width, slope(m)));
    const more = segments.map((m) => column(`more ${m} ${t}`, width));
    segments.forEach((m) => guard(`segment ${m} ${t}`, [[base[m]!, 1]], width, on(t, [[more[m]!, 1]])));
    const [c, d, r] = [
      column(`c ${t}`, store.chargeKw, wear),
      column(`d ${t}`, store.dischargeKw, wear),
      column(`r ${t}`, 100),
    ];
    guard(`power ${t}`, [[d, 1], [c, -1]], store.dischargeKw, on(t, [[r, 1]])); // prettier-ignore
    // The load is met whatever comes: −supply − answer z ≤ −load − β z.
    const supply: Term[] = [...base.map((x): Term => [x, -1]), [d, -1], [c, 1]];
    const answer: Term[] = [...more.map((x): Term => [x, -1]), [r, -1]];
    guard(`load ${t}`, supply, -kw, none.with(t, { terms: answer, constant: beta[t]! }));
    return { base, more, c, d, r };
  });
  const sum = (of: Column[], value: number): Term[] => of.map((x): Term => [x, value]);
  slots.forEach(({ base, more }, t) => {
    const before = slots[t - 1];
    if (!before) return;
    const change = (sign: number): Term[] => [...sum(base, sign), ...sum(before.base, -sign)];
    for (const sign of [1, -1]) {
      const moved = on(t, sum(more, sign)).with(t - 1, { terms: sum(before.more, -sign), constant: 0 });
      guard(`ramp ${sign} ${t}`, change(sign), unit.rampKwPerHour, moved);
    }
  });
  const stored = (until: number, sign: number): Term[] =>
    slots.slice(0, until + 1).flatMap(({ c, d }): Term[] => [[c, sign * store.chargeEfficiency], [d, -sign / store.dischargeEfficiency]]); // prettier-ignore
  const lost = (until: number) =>
    slots.map(({ r }, t) => ({ terms: t > until ? [] : [[r, 1 / store.dischargeEfficiency] as const], constant: 0 }));
  slots.forEach((_, t) => {
    program.addRow({
      name: `full ${t}`,
      lower: -Infinity,
      upper: store.maxKwh - store.initialKwh,
      terms: stored(t, 1),
    });
    const least = t === slots.length - 1 ? store.finalMinKwh : store.minKwh;
    guard(`energy ${t}`, stored(t, -1), store.initialKwh - least, lost(t));
  });
  const dear = slots.map(({ more, r }) => ({ terms: [...segments.map((m): Term => [more[m]!, slope(m)]), [r, wear] as const], constant: 0 })); // prettier-ignore
  guard('cost', [[worst, -1]], 0, dear);
  return (await solveByCuts(program, guarded, optimum)).objective;
}

const answeredKw = ({ responseShare, worstDeviationKw }: V2gSchedule): number =>
  [...(responseShare?.gas ?? []), ...(responseShare?.storage ?? [])].reduce(
    (sum, own) => sum + own.reduce((part, share, slot) => part + share * worstDeviationKw[slot]!, 0),
    0,
  );

describe('a share of each deviation for every resource', () => {
  const loadKw = [40, 55, 70, 60, 45, 50];
  const widths = [8, 10, 12, 12, 9, 8];

  it.each([1, 2, 2.5, 6])('costs what cutting planes find, %d slots at once', async (atOnce) => {
    const problem = deviating(loadKw, widths, atOnce);
    const { objective } = await scheduleOf(problem);
    expect(objective).toBeCloseTo(await byCuts(problem, atOnce), 5);
  });

  it('is found by the re-check where a unit claims more than it can give', async () => {
    const problem = deviating(loadKw, widths, 2);
    const schedule = await scheduleOf(problem);
    expect(checkPlan(problem, schedule).breaches).toEqual([]);
    const more = structuredClone(schedule);
    more.responseShare!.storage[0] = loadKw.map(() => 0.9);
    expect(checkPlan(problem, more).breaches.map(({ limit }) => limit)).toContain('response');
    const cheaper = { ...schedule, cost: { ...schedule.cost, response: 0 } };
    expect(checkPlan(problem, cheaper).breaches.map(({ limit }) => limit)).toContain('cost of response');
    const unasked: V2gProblem = { ...problem, responders: 'pool' };
    expect(checkPlan(unasked, schedule).passed).toBe(false);
  });

  it('is refused for sets whose days are no choice of slots', async () => {
    const set = { kind: 'scenarios' as const, centre: widths, points: [widths], scale: 1 };
    const problem = deviating(loadKw, widths, 2);
    await expect(scheduleOf({ ...problem, uncertainty: { ...problem.uncertainty, set } })).rejects.toMatchObject({
      code: 'case-bad',
    });
  });
});

const whole = (min: number, max: number) => fc.integer({ min, max });
const series = (min: number, max: number) => fc.array(whole(min, max), { minLength: 6, maxLength: 6 });
const anyProblem = fc
  .record({
    loadKw: series(30, 70),
    widths: series(0, 14),
    atOnce: fc.constantFrom(0.5, 1, 2, 3.5, 6),
    ramp: whole(12, 40),
    loss: whole(0, 8),
    committed: fc.boolean(),
  })
  .map(({ loadKw, widths, atOnce, ramp, loss, committed }): V2gProblem => {
    const second = gasUnit({ id: 'gas-2', maxKw: 40, minKw: committed ? 8 : 0, costLinearPerKwh: 0.2, noLoadPerHour: committed ? 1 : 0, commitment: committed ? 'committed' : 'always-on' }); // prettier-ignore
    const problem = deviating(loadKw, widths, atOnce, {
      evs: [electricCar({ departureSlot: 6, requiredKwh: 15 })],
      throughputPerKwh: 1e-4,
      lossShare: loss / 100,
      reserve: { shareOfLoad: 0.1, counts: 'spinning' },
    });
    return { ...problem, gas: [{ ...problem.gas[0]!, rampKwPerHour: ramp }, second] };
  });
const part = fc.oneof(fc.constant(1), fc.constant(0), fc.double({ min: -0.5, max: 1, noNaN: true }));

it('passes its re-check, stands every day of the set, and costs no more than the common share', async () => {
  let answered = 0;
  let cheaper = 0;
  await fc.assert(
    fc.asyncProperty(
      anyProblem,
      fc.array(fc.array(part, { minLength: 6, maxLength: 6 }), { minLength: 12, maxLength: 12 }),
      async (problem, days) => {
        const answer = await solveV2g(problem, testSolver, { ...exactSolve, explainInfeasibility: 'no' });
        const common: V2gProblem = { ...problem, responders: 'pool' };
        if (answer.kind === 'infeasible') {
          const same = await solveV2g(common, testSolver, { ...exactSolve, explainInfeasibility: 'no' });
          return expect(same.kind).toBe('infeasible');
        }
        if (answer.kind !== 'optimal') throw new Error(answer.kind);
        const { schedule } = answer;
        expect(checkPlan(problem, schedule).breaches).toEqual([]);
        answered += answeredKw(schedule);
        const other = await solveV2g(common, testSolver, { ...exactSolve, explainInfeasibility: 'no' });
        if ('schedule' in other) {
          expect(schedule.objective).toBeLessThanOrEqual(
            other.schedule.objective + 1e-6 * (1 + other.schedule.objective),
          );
          if (schedule.objective < other.schedule.objective - 1e-3) cheaper++;
        }
        const set = problem.uncertainty.set!;
        if (set.kind !== 'budget') throw new Error(set.kind);
        const replay = replayOf(problem, schedule);
        const short = createShortages(problem.slots);
        for (const day of days) {
          // Brought into the set: the parts above the budget are scaled down together.
          const used = day.reduce((sum, share) => sum + Math.abs(share), 0);
          const scale = Math.min(1, set.slotProtection / Math.max(used, 1e-9));
          const xi = day.map((share, slot) => share * scale * set.halfWidths[slot]!);
          expect(replay(Float64Array.from(xi), short)).toBeLessThanOrEqual(5e-2);
          const zeros = xi.map(() => 0);
          const real = {
            label: 'drawn',
            loadKw: problem.loadKw.map((kw, slot) => kw + xi[slot]!),
            windKw: [],
            extraChargingKw: zeros,
            settlement: { shortPerKwh: zeros, surplusPerKwh: zeros, unservedPerKwh: 5, unmetPerKwh: 5 },
          };
          const realised = realiseDay(problem, schedule, real);
          expect(checkRealisedDay(problem, schedule, real, realised).breaches).toEqual([]);
          expect(realised.unservedKw.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(5e-2);
        }
      },
    ),
    { numRuns: 25, seed: 23 },
  );
  expect(answered).toBeGreaterThan(50);
  expect(cheaper).toBeGreaterThan(5);
});
