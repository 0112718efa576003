import { describe, expect, it } from 'vitest';
import { optimum } from '../../../robust/fixtures/test-solver.ts';
import { buildV2g } from '../build-v2g.ts';
import { battery, electricCar, gasUnit, gridAt, smallProblem } from '../fixtures/small-problem.ts';
import { controlArea, regulationOf, reserveOf } from '../fixtures/small-services.ts';
import type { V2gProblem } from '../problem.ts';

async function solve(problem: V2gProblem) {
  const built = buildV2g(problem);
  return built.read(await optimum(built.program));
}
/** Room both ways, and nothing to be won by moving energy. */
const open = (slots: number) =>
  gridAt(new Array<number>(slots).fill(0.1), { exportLimitKw: 1000, sellPerKwh: new Array<number>(slots).fill(0) });

describe('spinning reserve of control areas', () => {
  it('is held by gas as fast as it is, and by a battery for as long as its energy gives', async () => {
    const area = controlArea(2, { requiredKw: [15, 15], gas: ['gas-1'], storage: ['battery-1'] });
    const services = { reserve: reserveOf([area], { durationHours: 2, withinHours: 0.25 }) };
    const gas = [gasUnit({ rampKwPerHour: 20 })];
    const schedule = await solve(smallProblem([50, 50], { gas, storage: [battery({ chargeKw: 0 })], services }));
    // Gas gives 5 more in a quarter of an hour; 10 kW of the battery for two hours keep 20 of its 25 kWh, and the other 5 save 0.10 each.
    const { reserve } = schedule.services!;
    expect(reserve!.offeredKw[0]).toEqual([expect.closeTo(15, 7), expect.closeTo(15, 7)]);
    expect(reserve!.gasKw[0]).toEqual([expect.closeTo(5, 7), expect.closeTo(5, 7)]);
    expect(reserve!.storageKw[0]).toEqual([expect.closeTo(10, 7), expect.closeTo(10, 7)]);
    expect(schedule.totalCost).toBeCloseTo(0.1 * (100 - 5), 9);
  });
  it('is not what power allows but what energy allows, for cars too', async () => {
    const area = controlArea(2, { requiredKw: [6, 0], aggregators: ['depot'] });
    const reserve = reserveOf([area], { durationHours: 2 });
    const full = { evs: [electricCar({ initialKwh: 12, chargeKw: 0 })], grid: open(2), services: { reserve } };
    expect((await solve(smallProblem([10, 10], full))).services!.reserve!.evKw[0]![0]).toBeCloseTo(6, 7);
    const short = { ...full, evs: [electricCar({ initialKwh: 11.9, chargeKw: 0 })] };
    await expect(solve(smallProblem([10, 10], short))).rejects.toThrow('infeasible');
    // A car that leaves before a call is over holds nothing.
    const leaves = { ...full, evs: [electricCar({ initialKwh: 40, chargeKw: 0, departureSlot: 1 })] };
    await expect(solve(smallProblem([10, 10], leaves))).rejects.toThrow('infeasible');
  });
  it('keeps the energy a car must leave with, unless it can be charged again in time', async () => {
    const area = controlArea(3, { requiredKw: [6, 0, 0], aggregators: ['depot'] });
    const parts = { grid: gridAt([0.1, 0.1, 0.1]), services: { reserve: reserveOf([area]) } };
    const car = { initialKwh: 20, requiredKwh: 20, departureSlot: 3, dischargeKw: 6 };
    const refilled = await solve(smallProblem([0, 0, 0], { ...parts, evs: [electricCar({ ...car, chargeKw: 3 })] }));
    expect(refilled.services!.reserve!.evKw[0]![0]).toBeCloseTo(6, 7);
    // 6 kWh cannot come back at 2 kW in two hours: 2 kWh must be charged beyond the need before the call is over.
    const slow = await solve(smallProblem([0, 0, 0], { ...parts, evs: [electricCar({ ...car, chargeKw: 2 })] }));
    expect(slow.evs[0]!.energyKwh[0]).toBeCloseTo(22, 7);
  });
  it('sells beyond the requirement what pays, within the connection', async () => {
    const area = controlArea(2, { requiredKw: [4, 0], pricePerKwh: [0.05, 0.05], storage: ['battery-1'] });
    const grid = gridAt([0.1, 0.1], { exportLimitKw: 3, sellPerKwh: [0, 0] });
    const schedule = await solve(
      smallProblem([0, 0], { storage: [battery()], grid, services: { reserve: reserveOf([area]) } }),
    );
    // 3 kW beyond the 4 required go out in slot 0, 3 in slot 1.
    expect(schedule.services!.reserve!.offeredKw[0]![0]).toBeCloseTo(7, 7);
    expect(schedule.services!.reserve!.offeredKw[0]![1]).toBeCloseTo(3, 7);
    expect(schedule.cost.reserveIncome).toBeCloseTo(-0.05 * 10, 9);
  });
});

describe('regulation capacity', () => {
  it('is what the energy of a battery can stand over the day: each slot may keep half an hour of it', async () => {
    const schedule = await solve(
      smallProblem([10, 10, 10, 10], {
        storage: [battery()],
        grid: open(4),
        services: { regulation: regulationOf(4, { storage: ['battery-1'] }) },
      }),
    );
    // Lossless, 25 kWh either way, half a kWh for every kW and slot: 50 kW and hours, though power alone would give 80.
    expect(schedule.cost.regulationIncome).toBeCloseTo(-50, 7);
  });
  it('needs the energy for the way out of a window even where the signal is neutral in it', async () => {
    const signals = { windowSlots: 2, netShare: 0, runningHours: 0.75 };
    const unit = battery({ initialKwh: 3, maxKwh: 6 });
    const services = { regulation: regulationOf(2, { signals, storage: ['battery-1'] }) };
    const parts = { storage: [unit], grid: open(2), services };
    const schedule = await solve(smallProblem([10, 10], parts));
    // 0.75 h on one side and back: 3 kWh up and down stand 4 kW, for two hours at 1.
    expect(schedule.cost.regulationIncome).toBeCloseTo(-8, 7);
    expect(schedule.services!.regulation!.storageKw[0]).toEqual([expect.closeTo(4, 7), expect.closeTo(4, 7)]);
  });
  it('loses energy at every turn: what a neutral signal wears out must be in the battery', async () => {
    const signals = { windowSlots: 1, netShare: 0, runningHours: 0.001 };
    const unit = battery({
      initialKwh: 2.25,
      chargeEfficiency: 0.8,
      dischargeEfficiency: 0.8,
      chargeKw: 100,
      dischargeKw: 100,
    });
    const services = { regulation: regulationOf(2, { signals, storage: ['battery-1'], mostKw: [1000, 0] }) };
    const room = gridAt([0.1, 0.1], { importLimitKw: 10, exportLimitKw: 1000, sellPerKwh: [0, 0] });
    const schedule = await solve(smallProblem([0, 0], { storage: [unit], grid: room, services }));
    // (1/0.8 − 0.8)/2 = 0.225 kWh for each kW and hour, 2.25 kWh for 10 kW; a thousandth of an hour of net besides.
    expect(schedule.services!.regulation!.storageKw[0]![0]!).toBeLessThanOrEqual(10 + 1e-7);
    expect(schedule.services!.regulation!.storageKw[0]![0]!).toBeGreaterThan(9.8);
  });
  it('pays capacity and performed mileage, less the wear of what goes through', async () => {
    const regulation = regulationOf(1, {
      capacityPricePerKwh: [0.02],
      mileagePricePerKw: [0.001],
      mileagePerHour: 10,
      performanceScore: 0.9,
      throughputShare: 0.25,
      storage: ['battery-1'],
    });
    const unit = battery({ degradationPerKwh: 0.04 });
    const schedule = await solve(smallProblem([0], { storage: [unit], grid: open(1), services: { regulation } }));
    expect(schedule.cost.regulationIncome).toBeCloseTo(-20 * (0.02 + 0.009), 9);
    expect(schedule.cost.regulationWear).toBeCloseTo(20 * 0.25 * 0.04, 9);
    const dear = { ...unit, degradationPerKwh: 0.12 };
    const left = await solve(smallProblem([0], { storage: [dear], grid: open(1), services: { regulation } }));
    expect(left.cost.regulationIncome).toBeCloseTo(0, 9);
  });
  it('comes from gas between its limits, as fast as it is', async () => {
    const regulation = regulationOf(2, { gas: ['gas-1'] });
    const unit = gasUnit({ minKw: 20, rampKwPerHour: 120 });
    const schedule = await solve(smallProblem([50, 50], { gas: [unit], services: { regulation } }));
    // From side to side within a quarter of an hour: 120 / 4 / 2.
    expect(schedule.services!.regulation!.gasKw[0]![0]).toBeCloseTo(15, 7);
    const low = await solve(smallProblem([25, 25], { gas: [unit], services: { regulation } }));
    expect(low.services!.regulation!.gasKw[0]![0]).toBeCloseTo(5, 7);
  });
});
