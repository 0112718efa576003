import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meshOf, triangle } from '../../models/v2g/fixtures/small-mesh.ts';
import { electricCar, gasUnit, gridAt, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { UncertainComponent, V2gProblem } from '../../models/v2g/problem.ts';
import type { SiteMesh } from '../../models/v2g/site-mesh.ts';
import { setAdversary } from '../../robust/sets/set-adversary.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import { angleFlow } from '../../verify/angle-flow.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { meshFlow } from '../../verify/mesh-flow.ts';
import { exactSolve } from '../exact-solve.ts';
import type { PlannedAnswer } from '../plan/solve-v2g.ts';
import { solveOnNetwork } from './solve-on-network.ts';

async function planned(problem: V2gProblem): Promise<PlannedAnswer> {
  const { answer } = await solveOnNetwork(problem, testSolver, exactSolve);
  if (!('schedule' in answer)) throw new Error(`answer is ${answer.kind}: ${'why' in answer ? answer.why : ''}`);
  return answer;
}

const cheap = gasUnit({ id: 'cheap', maxKw: 1000, costLinearPerKwh: 0.1 });
const dear = gasUnit({ id: 'dear', maxKw: 1000, costLinearPerKwh: 0.3 });

describe('the triangle of the textbooks', () => {
  // f(1–3) = (2 g₁ + g₂) / 3 ≤ 100 kW with g₁ + g₂ = 240 kW: g₁ = 60, g₂ = 180.
  const problem = smallProblem([240], { gas: [cheap, dear], mesh: triangle() });

  it('is dispatched against cost where the line is full, and overloads it when nobody looks', async () => {
    const { schedule } = await planned(problem);
    expect(schedule.gas.map(({ outputKw }) => outputKw[0])).toEqual([expect.closeTo(60, 6), expect.closeTo(180, 6)]);
    expect(checkPlan(problem, schedule)).toMatchObject({ passed: true, breaches: [] });
    const { slots } = meshFlow(problem, schedule, problem.mesh!);
    [-0.04, 0.1, 0.14].forEach((mw, line) => expect(slots[0]!.flowMw[line]).toBeCloseTo(mw, 9));

    const blind = { ...problem, mesh: triangle({ model: 'unconstrained' }) };
    const answer = await planned(blind);
    expect(answer.schedule.mesh).toBeUndefined();
    expect(checkPlan(blind, answer.schedule).breaches[0]!.sentence).toMatch(
      /^line 1–3, slot 0: power.* MW above its 0\.100* MW$/,
    );
  });

  it('has the price of its own unit at 1 and 2, and twice the dear one less the cheap one at 3', async () => {
    const { buses, busPerKwh, energyPerKwh, linePerKwh } = (await planned(problem)).schedule.mesh!;
    expect(buses).toEqual(['1', '2', '3']);
    [0.1, 0.3, 0.5].forEach((price, bus) => expect(busPerKwh[0]![bus]).toBeCloseTo(price, 9));
    expect(energyPerKwh[0]).toBeCloseTo(0.1, 9);
    // One more kW on 1–3 moves three from the dear unit to the cheap one.
    [0, 0.6, 0].forEach((price, line) => expect(linePerKwh[0]![line]).toBeCloseTo(price, 9));
  });

  it('costs one price everywhere where no line is full', async () => {
    const { busPerKwh, linePerKwh } = (await planned({ ...problem, loadKw: [140] })).schedule.mesh!;
    busPerKwh[0]!.forEach((price) => expect(price).toBeCloseTo(0.1, 9));
    expect(linePerKwh[0]).toEqual([0, 0, 0]);
  });

  it('holds units that are on or off as found when it is priced', async () => {
    const committed = {
      ...problem,
      gas: [cheap, { ...dear, commitment: 'committed' as const, minKw: 150, noLoadPerHour: 3 }],
    };
    const { schedule } = await planned(committed);
    expect(schedule.gas[1]!.on).toEqual([1]);
    expect(schedule.mesh!.busPerKwh[0]![2]).toBeCloseTo(0.5, 9);
  });

  it('says which line is in the way when no schedule can keep it', async () => {
    const { answer } = await solveOnNetwork(
      { ...problem, gas: [cheap, gasUnit({ id: 'dear', maxKw: 20 })] },
      testSolver,
      exactSolve,
    );
    expect(answer.kind).toBe('infeasible');
    expect('why' in answer ? answer.why : '').toMatch(/what line 1–3 may carry/);
  });

  it('refuses a device at a bus that is not there, and a feeder beside the mesh', async () => {
    const lost = { ...problem, mesh: triangle({ gasBus: ['1', '9'] }) };
    await expect(planned(lost)).rejects.toThrow(/gas unit dear stands at bus 9/);
  });
});

/** Six buses in two loops, a grid at A, gas at C and E, wind at F, cars at B and D. */
const twoLoops = (limitMw = 0.35): SiteMesh => ({
  mesh: meshOf('two loops', 'A', [
    ['A', 'B', 0.05, limitMw],
    ['B', 'C', 0.08, 0.3],
    ['C', 'D', 0.06, 0.3],
    ['D', 'A', 0.07, limitMw],
    ['C', 'E', 0.1, 0.4],
    ['E', 'F', 0.05, 0.3],
    ['F', 'D', 0.09, 0.3],
  ]),
  model: 'dc',
  loads: [
    { bus: 'B', share: 0.4 },
    { bus: 'D', share: 0.35 },
    { bus: 'E', share: 0.25 },
  ],
  windBus: ['F'],
  gasBus: ['C', 'E'],
  storageBus: [],
  aggregatorBus: ['B', 'D'],
});
const load: UncertainComponent = { id: 'load', name: 'Load', kind: 'load', halfWidthKw: [60, 50, 70] };
const wind: UncertainComponent = { id: 'wind', name: 'Wind', kind: 'wind', halfWidthKw: [30, 40, 20] };
const cars: UncertainComponent = { id: 'south', name: 'South', kind: 'aggregator', halfWidthKw: [25, 25, 10] };
const day = (parts: Partial<V2gProblem> = {}): V2gProblem =>
  smallProblem([700, 760, 800], {
    grid: gridAt([0.05, 0.06, 0.2], { importLimitKw: 3000 }),
    gas: [
      gasUnit({ id: 'g1', maxKw: 400, costLinearPerKwh: 0.15 }),
      gasUnit({ id: 'g2', maxKw: 300, costLinearPerKwh: 0.25 }),
    ],
    wind: [{ id: 'w', name: 'Wind', availableKw: [90, 120, 60], maintenancePerKwh: 0.01 }],
    aggregators: [
      { id: 'north', name: 'North' },
      { id: 'south', name: 'South' },
    ],
    evs: [
      electricCar({
        id: 'n',
        aggregator: 0,
        capacityKwh: 600,
        maxKwh: 600,
        initialKwh: 200,
        requiredKwh: 420,
        chargeKw: 200,
        dischargeKw: 100,
        departureSlot: 3,
      }),
      electricCar({
        id: 's',
        aggregator: 1,
        capacityKwh: 500,
        maxKwh: 500,
        initialKwh: 200,
        requiredKwh: 350,
        chargeKw: 160,
        dischargeKw: 80,
        departureSlot: 3,
      }),
    ],
    uncoordinatedKw: [
      [0, 0, 0],
      [0, 0, 0],
    ],
    mesh: twoLoops(),
    ...parts,
  });

describe('prices of places', () => {
  it('differ by the rent that full lines earn', async () => {
    const problem = day();
    const { schedule } = await planned(problem);
    const { slots, buses } = meshFlow(problem, schedule, problem.mesh!);
    const prices = schedule.mesh!;
    let earned = 0;
    slots.forEach(({ demandMw, flowMw }, slot) => {
      const paid = buses.reduce(
        (sum, bus, b) =>
          sum +
          (prices.busPerKwh[slot]![prices.buses.indexOf(bus)]! - prices.energyPerKwh[slot]!) * 1000 * demandMw[b]!,
        0,
      );
      const rent = problem.mesh!.mesh.lines.reduce(
        (sum, { limitMw }, line) => sum + prices.linePerKwh[slot]![line]! * 1000 * limitMw!,
        0,
      );
      expect(paid).toBeCloseTo(rent, 5);
      // Only full lines have a price.
      prices.linePerKwh[slot]!.forEach((price, line) => {
        if (price > 1e-9) expect(Math.abs(flowMw[line]!)).toBeCloseTo(problem.mesh!.mesh.lines[line]!.limitMw!, 6);
      });
      earned += rent;
    });
    expect(earned).toBeGreaterThan(1);
  });

  it.each(['B', 'D', 'E'])('are what a kW more of load at %s costs', async (place) => {
    const evening = (moreKw: number): V2gProblem => {
      const mesh = twoLoops();
      const kwOf = ({ bus, share }: { bus: string; share: number }): number =>
        800 * share + (bus === place ? moreKw : 0);
      const loads = mesh.loads.map((one) => ({ bus: one.bus, share: kwOf(one) / (800 + moreKw) }));
      return day({
        slots: 1,
        loadKw: [800 + moreKw],
        grid: gridAt([0.05], { importLimitKw: 3000 }),
        wind: [{ id: 'w', name: 'Wind', availableKw: [60], maintenancePerKwh: 0.01 }],
        evs: [],
        uncoordinatedKw: [[0], [0]],
        mesh: { ...mesh, loads },
      });
    };
    const [before, after] = [(await planned(evening(0))).schedule, (await planned(evening(0.5))).schedule];
    const price = before.mesh!.busPerKwh[0]![before.mesh!.buses.indexOf(place)]!;
    expect(price).not.toBeCloseTo(before.mesh!.energyPerKwh[0]!, 3);
    expect((after.totalCost - before.totalCost) / 0.5).toBeCloseTo(price, 6);
  });
});

describe('no deviation of the set overloads a line', () => {
  const slots = 3;
  const components = [load, wind, cars];
  const widths = components.flatMap(({ halfWidthKw }) => halfWidthKw);
  const sets: Record<string, UncertaintySet | undefined> = {
    'slots on their own': undefined,
    interval: { kind: 'interval', halfWidths: widths },
    budget: { kind: 'budget', slots, halfWidths: widths, protection: 1.5, slotProtection: 2 },
    ellipsoid: {
      kind: 'ellipsoid',
      centre: widths.map(() => 2),
      factors: [widths.map((width) => 0.6 * width), widths.map((width, j) => (j % 2 === 0 ? 0.4 : -0.3) * width)],
      spread: widths.map((width) => 0.3 * width),
      radius: 1.2,
    },
    support: {
      kind: 'support',
      centre: widths.map(() => 0),
      points: [widths, widths.map((width, j) => (j % 3 ? -width : width))],
      scale: 1,
    },
  };
  const direction = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 });

  it.each(Object.entries(sets))('%s', async (_, set) => {
    const problem = day({ uncertainty: { components, protection: 3, ...(set ? { set } : {}) } });
    const { schedule } = await planned(problem);
    expect(checkPlan(problem, schedule).breaches).toEqual([]);
    const { lines } = problem.mesh!.mesh;
    const { slots: flows, buses } = meshFlow(problem, schedule, problem.mesh!);
    const flow = angleFlow(problem.mesh!.mesh);
    const at = (bus: string): number => buses.indexOf(bus);
    const own = set ?? { kind: 'interval' as const, halfWidths: widths };
    fc.assert(
      fc.property(
        direction,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        (towards, size, [share, north]) => {
          const extreme = setAdversary(own, towards);
          const centre = own.kind === 'ellipsoid' ? own.centre : extreme.map(() => 0);
          const drawn = extreme.map((kw, j) => centre[j]! + size * (kw - centre[j]!));
          flows.forEach(({ demandMw, mostMw, leastMw }, slot) => {
            const [loadKw, windKw, carsKw] = [0, 1, 2].map((l) => drawn[l * slots + slot]!) as [number, number, number];
            const total = loadKw + windKw + carsKw;
            const moved = [...demandMw];
            for (const part of problem.mesh!.loads) moved[at(part.bus)]! += (part.share * loadKw) / 1000;
            moved[at('F')]! += windKw / 1000;
            moved[at('D')]! += carsKw / 1000;
            // Any share of the total is answered by cars of both places.
            moved[at('B')]! -= (share * north * total) / 1000;
            moved[at('D')]! -= (share * (1 - north) * total) / 1000;
            flow.flowMw(moved).forEach((mw, line) => {
              expect(Math.abs(mw)).toBeLessThanOrEqual(lines[line]!.limitMw! + 1e-6);
              expect(mw).toBeLessThanOrEqual(mostMw[line]! + 1e-9);
              expect(mw).toBeGreaterThanOrEqual(leastMw[line]! - 1e-9);
            });
          });
        },
      ),
      { numRuns: 100 },
    );
    // The margin is no larger than it must be: somewhere the worst deviation stands at the limit.
    const fullest = flows.flatMap(({ mostMw, leastMw }) =>
      lines.map(({ limitMw }, line) => Math.max(mostMw[line]!, -leastMw[line]!) / limitMw!),
    );
    expect(Math.max(...fullest)).toBeGreaterThan(1 - 1e-6);
  });
});
