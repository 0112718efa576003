import { describe, expect, it } from 'vitest';
import { buildV2g } from '../models/v2g/build-v2g.ts';
import { smallNetwork } from '../models/v2g/fixtures/small-network.ts';
import { battery, electricCar, gasUnit, gridAt, smallProblem } from '../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { optimum } from '../robust/fixtures/test-solver.ts';
import { checkPlan } from './check-plan.ts';
import { replayCost } from './replay-cost.ts';
import type { WorstFinding } from './types.ts';
import { worstFindings } from './worst-findings.ts';

async function planned(problem: V2gProblem): Promise<V2gSchedule> {
  const built = buildV2g(problem);
  const { objective, columns } = await optimum(built.program);
  const schedule = built.read({ objective, columns });
  expect(checkPlan(problem, schedule).breaches).toEqual([]);
  return schedule;
}

const only = (found: readonly WorstFinding[], kind: WorstFinding['kind']): WorstFinding => {
  expect(found.map((one) => one.kind)).toEqual([kind]);
  return found[0]!;
};

describe('what the other adversaries of a plan do', () => {
  it('nothing, where everything is known', async () => {
    const problem = smallProblem([40, 60], { gas: [gasUnit()] });
    expect(worstFindings(problem, await planned(problem))).toEqual([]);
  });

  it('the unit that may not deliver is named with what is missing, known by hand', async () => {
    // 90 kW from two units, of which one may fail to deliver a tenth: the dear one gives what the cheap one may not.
    const problem = smallProblem([60, 90], {
      gas: [gasUnit({ maxKw: 80 }), gasUnit({ id: 'gas-2', name: 'Gas 2', maxKw: 80, costLinearPerKwh: 0.3 })],
      coefficients: {
        losses: [
          { kind: 'gas', id: 'gas-1', share: 0.1 },
          { kind: 'gas', id: 'gas-2', share: 0.05 },
        ],
        unitsAtOnce: 1,
        slotsAtOnce: 0,
      },
    });
    const found = only(worstFindings(problem, await planned(problem)), 'delivery');
    expect(found).toMatchObject({ slot: 1, who: 'Gas 1', unit: 'kW' });
    expect(found.far).toBeCloseTo(8, 6);
    expect(found.takes).toBeCloseTo(8, 6);
    expect(found.holds).toBeCloseTo(8, 6);
  });

  it('the battery that loses most comes down to its least energy, and no further', async () => {
    const problem = smallProblem([40, 90, 100], {
      gas: [gasUnit({ maxKw: 88 })],
      storage: [battery({ minKwh: 5, initialKwh: 12, chargeEfficiency: 0.9, dischargeEfficiency: 0.9 })],
      coefficients: { losses: [{ kind: 'storage', id: 'battery-1', share: 0.2 }], unitsAtOnce: 0, slotsAtOnce: 2 },
    });
    const schedule = await planned(problem);
    const found = only(worstFindings(problem, schedule), 'efficiency');
    expect(found).toMatchObject({ who: 'Battery 1', slot: 2, unit: 'kWh' });
    expect(found.takes).toBeGreaterThan(0.5);
    expect(found.takes).toBeCloseTo(found.holds, 5);
    // The dearest of the two slots in which it may be worse.
    expect(found.far).toBeGreaterThanOrEqual(found.takes / 2 - 1e-9);
    // A plan made as if efficiencies were known has less in hand than the adversary takes.
    const { coefficients: _, ...known } = problem;
    const trusting = only(worstFindings(problem, await planned(known)), 'efficiency');
    expect(trusting.takes).toBeGreaterThan(trusting.holds + 0.1);
  });

  it('the price that hurts most, and a replay that costs exactly the robust cost', async () => {
    const problem = smallProblem([10, 20, 30], {
      grid: {
        ...gridAt([0.1, 0.2, 0.3]),
        priceRisk: { set: { kind: 'interval', halfWidths: [0.05, 0.02, 0.03] }, period: [0, 1, 2], saleShare: 1 },
      },
    });
    const schedule = await planned(problem);
    const found = only(worstFindings(problem, schedule), 'prices');
    // 10 · 0.05 + 20 · 0.02 + 30 · 0.03 = 1.8, of which the last period adds most.
    expect(found).toMatchObject({ slot: 2, farUnit: 'EUR/MWh', unit: 'EUR' });
    expect(found.far).toBeCloseTo(30, 6);
    expect(found.takes).toBeCloseTo(1.8, 6);
    expect(found.holds).toBeCloseTo(1.8, 6);
    const replayed = replayCost(problem, schedule);
    expect(replayed.total).toBeCloseTo(1 + 4 + 9 + 1.8, 6);
    expect(replayed.total).toBeCloseTo(schedule.totalCost, 6);
    expect(replayed.items.map(({ key }) => key)).toEqual(['schedule', 'trade']);
    // A plan that promises less than its worst prices cost does not replay to its promise.
    const cheaper = { ...schedule, totalCost: schedule.totalCost - 0.5 };
    expect(replayCost(problem, cheaper).total).toBeGreaterThan(cheaper.totalCost + 0.4);
  });

  it('cars off plan, by the aggregator that is missed most', async () => {
    const problem = smallProblem([100, 100], {
      gas: [gasUnit({ maxKw: 200 })],
      evs: [electricCar({ mayBe: { lateSlots: 1, earlySlots: 0, lackKwh: 0 }, initialKwh: 40 })],
      throughputPerKwh: 1e-4,
      carsOffPlan: [1],
    });
    const schedule = await planned(problem);
    const discharging = { ...schedule, offPlan: { setAsideKw: [7, 0], unmetKwh: [0] } };
    const asked = { ...discharging, evs: discharging.evs.map((ev) => ({ ...ev, chargeKw: [0, 0], dischargeKw: [6, 0] })) }; // prettier-ignore
    const found = only(worstFindings(problem, asked), 'cars');
    expect(found).toMatchObject({ slot: 0, who: 'Depot', far: 6, takes: 6, holds: 7 });
  });

  it('the bus whose voltage is nearest its limit under the worst deviations', async () => {
    const problem = smallProblem([300, 900], {
      grid: gridAt([0.1, 0.1], { importLimitKw: 2000 }),
      uncertainty: {
        components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [30, 90] }],
        protection: 1,
      },
      // What the five buses lose when the load is at its most.
      lossShare: 0.06,
      network: smallNetwork(),
    });
    const schedule = await planned(problem);
    const found = only(worstFindings(problem, schedule), 'voltage');
    expect(found).toMatchObject({ slot: 1, who: 'Bus B', unit: 'pu', holds: 0.95 });
    expect(found.far).toBeCloseTo(90, 6);
    expect(found.takes).toBeGreaterThan(0.95);
    expect(found.takes).toBeLessThan(1);
  });
});
