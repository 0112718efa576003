import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readV2gCase } from '../../models/v2g/case-file.ts';
import { enumerateTrucks } from '../../models/v2g/fixtures/enumerate-trucks.ts';
import type { OwnTruck, TruckPlace } from '../../models/v2g/mobile.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveV2g } from '../plan/solve-v2g.ts';
import { solveCase } from './solve-case.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/v2g/fixtures/${name}`, import.meta.url), 'utf8'));

describe('cases with trucks of one’s own', () => {
  it.each(['case-truck.json', 'case-trucks-share.json'])('%s: the optimum is that of enumeration', async (name) => {
    const { problems } = readV2gCase(read(name));
    const { results } = await solveCase(read(name), testSolver);
    const costs = results.map((result) => ('costUsd' in result ? result.costUsd : NaN));
    const enumerated = problems.map((problem) =>
      enumerateTrucks(problem.trucks ? problem : { ...problem, trucks: { ...problems[1]!.trucks!, trucks: [] } }),
    );
    costs.forEach((cost, query) => expect(cost).toBeCloseTo(enumerated[query]!, 6));
    // Trucks are worth something here, or the case would prove nothing of them.
    expect(costs[1]).toBeLessThan(costs[0]! - 0.1);
  });

  it('names the field of a fleet that cannot be', async () => {
    const whole = read('case-truck.json') as { trucks: { places: object[]; travelSteps: number[][] } };
    const wrong = { ...whole, trucks: { ...whole.trucks, travelSteps: [[0, 1]] } };
    await expect(solveCase(wrong, testSolver)).rejects.toThrow(/trucks\.travelSteps has 1 rows for 3 places/);
    const far = [
      [0, 9, 9],
      [9, 0, 9],
      [9, 9, 0],
    ];
    const stuck = { ...whole, trucks: { ...whole.trucks, travelSteps: far, trucks: [{ ...truckOf(whole), end: 1 }] } };
    await expect(solveCase(stuck, testSolver)).rejects.toThrow(/truck truck-1 has no way/);
  });
});

const truckOf = (whole: object): object => (whole as { trucks: { trucks: object[] } }).trucks.trucks[0]!;

const unit = 10;
const level = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most }).map((n) => n * unit);

/** Small days on which every optimal flow is a multiple of the unit. */
const smallDay = fc
  .record({
    load: fc.array(
      fc.integer({ min: 4, max: 12 }).map((n) => n * unit),
      { minLength: 4, maxLength: 4 },
    ),
    deviation: fc.array(level(2), { minLength: 4, maxLength: 4 }),
    quadratic: fc.constantFrom(0.001, 0.003),
    trucks: fc.array(
      fc.record({
        initial: level(3),
        final: level(2),
        start: fc.nat(2),
        end: fc.nat(2),
        wear: fc.constantFrom(0, 0.01),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    tariff: fc.constantFrom(0.02, 0.2),
    sells: fc.constantFrom(null, 0.02),
    travel: fc.constantFrom(0.1, 1.5),
    drives: fc.constantFrom(0, unit),
    places: fc.constantFrom(1, 2),
  })
  .map(({ load, deviation, quadratic, trucks, tariff, sells, travel, drives, places }): V2gProblem => {
    const slots = load.length;
    const none = new Array<number>(slots).fill(0);
    const place = (id: string, kind: TruckPlace['kind'], own: Partial<TruckPlace> = {}): TruckPlace => ({
      id,
      name: id,
      kind,
      truckCapacity: places,
      powerKw: unit,
      standingCost: 0.05,
      chargePerKwh: 0,
      dischargePerKwh: null,
      ...own,
    });
    const stops = [
      place('depot', 'depot', { standingCost: 0 }),
      place('station', 'station'),
      place('farm', 'elsewhere', { chargePerKwh: tariff, dischargePerKwh: sells }),
    ];
    const table = (value: number): number[][][] =>
      stops.map((_, from) => stops.map((__, to) => new Array<number>(slots).fill(from === to ? 0 : value)));
    return {
      ...readV2gCase(read('case-truck.json')).problems[0]!,
      slots,
      loadKw: load,
      wind: [],
      gas: readV2gCase(read('case-truck.json')).problems[0]!.gas.map((gas) => ({
        ...gas,
        maxKw: 16 * unit,
        costSegments: 16,
        costQuadraticPerKwh2: quadratic,
      })),
      uncoordinatedKw: [none],
      uncertainty: { components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: deviation }], protection: 1 },
      trucks: {
        slotsPerStep: 1,
        places: stops,
        travelSteps: table(1),
        travelCost: table(travel),
        travelKwh: table(drives),
        trucks: trucks.map(({ initial, final, start, end, wear }, k): OwnTruck => ({
          id: `t${k}`,
          name: `Truck ${k}`,
          start,
          end,
          minKwh: 0,
          maxKwh: 3 * unit,
          initialKwh: initial,
          finalMinKwh: final,
          powerKw: unit,
          chargeEfficiency: 1,
          dischargeEfficiency: 1,
          degradationPerKwh: wear,
        })),
      },
    };
  });

describe('a day with trucks of one’s own', () => {
  it('costs what enumeration finds, passes the re-check, and never more than without trucks', async () => {
    await fc.assert(
      fc.asyncProperty(smallDay, async (problem) => {
        const best = enumerateTrucks(problem);
        const answer = await solveV2g(problem, testSolver, exactSolve);
        expect(answer.kind).toBe(best === Infinity ? 'infeasible' : 'optimal');
        if (best === Infinity) return;
        if (answer.kind !== 'optimal') throw new Error(`${answer.kind}: ${JSON.stringify(answer)}`);
        expect(answer.schedule.totalCost).toBeCloseTo(best, 5);
        expect(checkPlan(problem, answer.schedule).breaches).toEqual([]);
        const { trucks: _, ...bare } = problem;
        const without = await solveV2g(bare, testSolver, exactSolve);
        const mayRest = problem.trucks!.trucks.every(
          ({ start, end, initialKwh, finalMinKwh }) => start === end && start === 0 && finalMinKwh <= initialKwh,
        );
        if (mayRest && without.kind === 'optimal')
          expect(answer.schedule.totalCost).toBeLessThanOrEqual(without.schedule.totalCost + 1e-6);
      }),
      { numRuns: 25 },
    );
  });
});
