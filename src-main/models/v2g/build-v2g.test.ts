import { describe, expect, it } from 'vitest';
import { differences } from '../../program/patch.ts';
import { optimum } from '../../robust/fixtures/test-solver.ts';
import { buildV2g } from './build-v2g.ts';
import { zhou2017Problem } from './case-zhou2017.ts';
import { battery, electricCar, gasUnit, gridAt, smallProblem } from './fixtures/small-problem.ts';
import type { V2gProblem } from './problem.ts';

async function solve(problem: V2gProblem) {
  const built = buildV2g(problem);
  return built.read(await optimum(built.program));
}
const deviation = (halfWidthKw: number[]) => ({ id: 'load', name: 'Load', kind: 'load' as const, halfWidthKw });

describe('optima that can be proven by hand', () => {
  it('takes cheap wind first and pays its maintenance', async () => {
    const schedule = await solve(
      smallProblem([50, 30], {
        gas: [gasUnit()],
        wind: [{ id: 'w', name: 'Wind', availableKw: [20, 40], maintenancePerKwh: 0.01 }],
      }),
    );
    // 20 + 30 kWh of wind at 0.01, 30 kWh of gas at 0.10.
    expect(schedule.objective).toBeCloseTo(0.5 + 3, 9);
    expect(schedule.wind[0]!.outputKw).toEqual([20, 30]);
    expect(schedule.cost).toMatchObject({ generation: 3, windMaintenance: 0.5 });
  });
  it('prices gas along the chords of its parabola', async () => {
    // 0.1 g + 0.001 g² in 4 segments of 25 kW: 25, 50 lie on the parabola, 37.5 halfway on the chord.
    const parabola = (g: number) => 0.1 * g + 0.001 * g * g;
    const unit = gasUnit({ costQuadraticPerKwh2: 0.001, costSegments: 4 });
    const { objective } = await solve(smallProblem([37.5], { gas: [unit] }));
    expect(objective).toBeCloseTo((parabola(25) + parabola(50)) / 2, 9);
  });
  it('charges a car in the cheap slot, with losses in the car and on the way', async () => {
    const schedule = await solve(
      smallProblem([0, 0], {
        grid: gridAt([0.3, 0.1]),
        evs: [electricCar({ initialKwh: 10, requiredKwh: 15, efficiency: 0.8 })],
        throughputPerKwh: 0.001,
        lossShare: 0.1,
      }),
    );
    // 5 kWh into the battery need 6.25 at the charger and 6.25 / 0.9 bought; the tie-break counts the charger's.
    expect(schedule.totalCost).toBeCloseTo((0.1 * 6.25) / 0.9, 9);
    expect(schedule.objective).toBeCloseTo((0.1 * 6.25) / 0.9 + 0.00625, 9);
    expect(schedule.evs[0]!.chargeKw[1]).toBeCloseTo(6.25, 9);
    expect(schedule.evs[0]!.energyKwh).toEqual([10, expect.closeTo(15, 9)]);
  });
  it('discharges a car into the dear slot against subsidy and wear', async () => {
    const cars = { evs: [electricCar({ requiredKwh: 20 })], grid: gridAt([0.1, 0.5]) };
    const moved = await solve(smallProblem([20, 20], { ...cars, dischargePerKwh: 0.3 }));
    expect(moved.totalCost).toBeCloseTo(0.1 * 30 + 0.5 * 10 + 0.3 * 10, 9);
    expect(moved.cost.evDischarge).toBeCloseTo(3, 9);
    const still = await solve(smallProblem([20, 20], { ...cars, dischargePerKwh: 0.41 }));
    expect(still.totalCost).toBeCloseTo(0.1 * 20 + 0.5 * 20, 9);
  });
  it('moves storage energy for the spread less wear and losses, and sells at the end', async () => {
    const unit = battery({ initialKwh: 0, chargeEfficiency: 0.9, dischargeEfficiency: 0.8, degradationPerKwh: 0.01 });
    const grid = gridAt([0.1, 0.5], { exportLimitKw: 50, sellPerKwh: [0.05, 0.4] });
    const schedule = await solve(smallProblem([0, 0], { storage: [unit], grid }));
    // 20 kWh bought and charged become 14.4 kWh discharged and sold.
    expect(schedule.totalCost).toBeCloseTo(20 * 0.1 + 20 * 0.01 + 14.4 * 0.01 - 14.4 * 0.4, 9);
    expect(schedule.cost.gridSale).toBeCloseTo(-14.4 * 0.4, 9);
    expect(schedule.storage[0]!.energyKwh[0]).toBeCloseTo(18, 9);
    const kept = await solve(smallProblem([0, 0], { storage: [{ ...unit, finalMinKwh: 9 }], grid }));
    expect(kept.storage[0]!.energyKwh[1]).toBeGreaterThanOrEqual(9 - 1e-7);
  });
});

describe('protection', () => {
  const gas = [gasUnit()];
  it('covers the worst deviation by supply where no car is connected or the share is fixed at 0', async () => {
    const uncertainty = { components: [deviation([10, 10]), deviation([4, 4])], protection: 1.5 };
    const alone = await solve(smallProblem([50, 50], { gas, uncertainty }));
    expect(alone.worstDeviationKw).toEqual([12, 12]);
    expect(alone.gas[0]!.outputKw).toEqual([62, 62]);
    const parts = { gas, uncertainty, evs: [electricCar()], recourse: 0 as const };
    expect((await solve(smallProblem([50, 50], parts))).evShare).toEqual([0, 0]);
  });
  it('lets the pool absorb what its energy allows: 15 kWh above the departure need are worth 15 kWh of gas', async () => {
    const uncertainty = { components: [deviation([10, 10])], protection: 1 };
    const evs = [electricCar({ initialKwh: 20, requiredKwh: 5, dischargeKw: 10, chargeKw: 0 })];
    const schedule = await solve(smallProblem([50, 50], { gas, uncertainty, evs }));
    // 20 kWh of worst deviation and 100 of load; 15 kWh come from the car, absorbed or discharged.
    expect(schedule.totalCost).toBeCloseTo(0.1 * (120 - 15), 8);
    const half = await solve(smallProblem([50, 50], { gas, uncertainty, evs, recourse: 0.5 }));
    expect(half.evShare).toEqual([0.5, 0.5]);
    expect(half.totalCost).toBeCloseTo(0.1 * (120 - 15), 8);
  });
  it('asks pool power: a car that cannot discharge gives back no more than it is charging', async () => {
    const uncertainty = { components: [deviation([10, 0])], protection: 1 };
    const evs = [electricCar({ initialKwh: 30, requiredKwh: 26, dischargeKw: 0 })];
    const schedule = await solve(smallProblem([50, 50], { gas, uncertainty, evs }));
    // Its 4 kWh to spare are out of reach: what it stops charging was gas as well.
    expect(schedule.totalCost).toBeCloseTo(0.1 * 110, 9);
    expect(schedule.evShare[0]! * 10).toBeLessThanOrEqual(schedule.evs[0]!.chargeKw[0]! + 1e-7);
    const able = await solve(smallProblem([50, 50], { gas, uncertainty, evs: [{ ...evs[0]!, dischargeKw: 3 }] }));
    expect(able.totalCost).toBeCloseTo(0.1 * (110 - 4), 8);
  });
  it('keeps one shape and one matrix for every protection', () => {
    const problem = zhou2017Problem();
    const at = (protection: number) =>
      buildV2g({ ...problem, uncertainty: { ...problem.uncertainty, protection } }).program;
    const patch = differences(at(6), at(0));
    expect(patch.coefficients).toEqual([]);
    expect(patch.costs).toEqual([]);
    expect(patch.rowBounds.length + patch.columnBounds.length).toBeGreaterThan(10);
    expect(patch.rowBounds.length + patch.columnBounds.length).toBeLessThanOrEqual(2 * problem.slots);
  });
});

describe('departure', () => {
  const late = electricCar({ initialKwh: 0, requiredKwh: 30 });
  it('prices what cannot be reached and what is not worth it', async () => {
    const priced = await solve(smallProblem([0, 0], { grid: gridAt([0.1, 0.1]), evs: [late], unmetPerKwh: 2 }));
    expect(priced.evs[0]!.unmetKwh).toBeCloseTo(10, 8);
    expect(priced.cost.unmetEnergy).toBeCloseTo(20, 8);
    const dear = await solve(smallProblem([0, 0], { grid: gridAt([3, 0.1]), evs: [late], unmetPerKwh: 2 }));
    expect(dear.evs[0]!.unmetKwh).toBeCloseTo(20, 8);
  });
  it('still keeps the pool account of the other cars when one falls short', async () => {
    const uncertainty = { components: [deviation([10, 10])], protection: 1 };
    const other = electricCar({ id: 'car-2', initialKwh: 20, requiredKwh: 20, chargeKw: 0 });
    const parts = { gas: [gasUnit()], evs: [late, other], unmetPerKwh: 2, uncertainty };
    const schedule = await solve(smallProblem([40, 40], parts));
    // The short car must charge at full power throughout, the other has nothing to spare: the pool can absorb no energy.
    expect(schedule.evShare).toEqual([expect.closeTo(0, 7), expect.closeTo(0, 7)]);
    expect(schedule.totalCost).toBeCloseTo(0.1 * (80 + 20 + 20) + 2 * 10, 7);
  });
  it('is a hard limit without a price', async () => {
    await expect(
      optimum(buildV2g(smallProblem([0, 0], { grid: gridAt([1, 1]), evs: [late] })).program),
    ).rejects.toThrow(/infeasible/);
  });
  it('leaves a car alone that is never connected', async () => {
    const away = electricCar({ arrivalSlot: 2, departureSlot: 2, initialKwh: 4, requiredKwh: 10 });
    const schedule = await solve(smallProblem([0, 0], { grid: gridAt([1, 1]), evs: [away], unmetPerKwh: 2 }));
    expect(schedule.evs[0]!.unmetKwh).toBeCloseTo(6, 9);
  });
});

describe('reserve', () => {
  it('counts installed units even when they are off', async () => {
    const units = [
      gasUnit({ commitment: 'committed' }),
      gasUnit({ id: 'gas-2', commitment: 'committed', noLoadPerHour: 1 }),
    ];
    const schedule = await solve(
      smallProblem([95], { gas: units, reserve: { shareOfLoad: 0.1, counts: 'installed' } }),
    );
    expect(schedule.gas.map((unit) => unit.on[0])).toEqual([1, 0]);
    expect(schedule.totalCost).toBeCloseTo(9.5, 9);
  });
  it('spinning: starts a second unit, or holds energy in storage', async () => {
    const units = [
      gasUnit({ commitment: 'committed' }),
      gasUnit({ id: 'gas-2', commitment: 'committed', noLoadPerHour: 1 }),
    ];
    const reserve = { shareOfLoad: 0.1, counts: 'spinning' as const };
    const second = await solve(smallProblem([95], { gas: units, reserve }));
    expect(second.gas.map((unit) => unit.on[0])).toEqual([1, 1]);
    const stored = await solve(
      smallProblem([95], { gas: units, reserve, storage: [battery({ initialKwh: 4.5, finalMinKwh: 4.5 })] }),
    );
    // 9.5 kW are asked: 5 from the first unit, 4.5 kWh held for the hour.
    expect(stored.gas.map((unit) => unit.on[0])).toEqual([1, 0]);
    const empty = await solve(
      smallProblem([95], { gas: units, reserve, storage: [battery({ initialKwh: 4.4, finalMinKwh: 4.4 })] }),
    );
    expect(empty.gas.map((unit) => unit.on[0])).toEqual([1, 1]);
  });
});

describe('without coordination', () => {
  it('lets every car charge at once and leaves every deviation to supply', async () => {
    const evs = [electricCar({ initialKwh: 5, requiredKwh: 20, efficiency: 0.5 })];
    const problem = smallProblem([50, 50], {
      gas: [gasUnit()],
      evs,
      charging: 'uncoordinated',
      uncoordinatedKw: [[10, 10]],
      uncertainty: { components: [deviation([10, 10])], protection: 1 },
      unmetPerKwh: 3,
    });
    const schedule = await solve(problem);
    expect(schedule.evs[0]).toMatchObject({
      chargeKw: [10, 10],
      dischargeKw: [0, 0],
      energyKwh: [10, 15],
      unmetKwh: 5,
    });
    expect(schedule.worstDeviationKw).toEqual([10, 10]);
    expect(schedule.evShare).toEqual([0, 0]);
    expect(schedule.totalCost).toBeCloseTo(12 + 2 + 15, 9);
    expect(schedule.objective).toBeCloseTo(schedule.totalCost, 9);
  });
});

describe('refusals', () => {
  it('names what contradicts itself', () => {
    const bad = (parts: Partial<V2gProblem>) => () => buildV2g(smallProblem([1, 2], parts));
    expect(bad({ loadKw: [1] })).toThrow(/loadKw has 1 values for 2 slots/);
    expect(bad({ loadKw: [1, NaN] })).toThrow(/loadKw\[1\] is NaN/);
    expect(bad({ gas: [gasUnit({ costQuadraticPerKwh2: -1 })] })).toThrow(/costQuadraticPerKwh2 of gas-1 is -1/);
    expect(bad({ evs: [electricCar(), electricCar()] })).toThrow(/EV "car-1" occurs twice/);
    expect(bad({ evs: [electricCar({ aggregator: 1 })] })).toThrow(/aggregator of EV car-1/);
    expect(bad({ recourse: 1.5 })).toThrow(/recourse is 1.5/);
    expect(bad({ storage: [battery({ minKwh: 60 })] })).toThrow(/maxKwh of battery-1/);
  });
});
