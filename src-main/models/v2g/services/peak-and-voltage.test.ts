import { describe, expect, it } from 'vitest';
import { optimum } from '../../../robust/fixtures/test-solver.ts';
import { checkPlan } from '../../../verify/check-plan.ts';
import { buildV2g } from '../build-v2g.ts';
import { readV2gCase } from '../case-file.ts';
import { battery, electricCar, gridAt, smallProblem } from '../fixtures/small-problem.ts';
import { regulationOf } from '../fixtures/small-services.ts';
import type { V2gProblem } from '../problem.ts';
import type { PeakService, VoltageService } from './services.ts';

async function solve(problem: V2gProblem) {
  const built = buildV2g(problem);
  const schedule = built.read(await optimum(built.program));
  expect(checkPlan(problem, schedule).breaches).toEqual([]);
  return schedule;
}

describe('the peak', () => {
  const peak = (parts: Partial<PeakService>): PeakService => ({
    of: 'import',
    pricePerKw: 0,
    soFarKw: 0,
    capKw: [null, null],
    ...parts,
  });
  const day = (service: PeakService, parts: Partial<V2gProblem> = {}) =>
    smallProblem([10, 40], { grid: gridAt([0.1, 0.1]), storage: [battery()], services: { peak: service }, ...parts });

  it('is shaved as far as the price of a kW is worth it, and charged above what the period has seen', async () => {
    // Its 20 kW take the second slot from 40 to 20.
    const schedule = await solve(day(peak({ pricePerKw: 1 }), { storage: [battery({ degradationPerKwh: 0.2 })] }));
    expect(schedule.services!.peak!.peakKw).toBeCloseTo(20, 6);
    expect(schedule.cost.peakCharge).toBeCloseTo(20, 6);
    // A kWh of wear costs 0.2 and saves 0.1 of purchase: 0.05 for a kW of peak is too little.
    const cheap = await solve(day(peak({ pricePerKw: 0.05 }), { storage: [battery({ degradationPerKwh: 0.2 })] }));
    expect(cheap.services!.peak!.peakKw).toBeCloseTo(40, 6);
    const seen = await solve(
      day(peak({ pricePerKw: 1, soFarKw: 33 }), { storage: [battery({ degradationPerKwh: 0.2 })] }),
    );
    expect(seen.services!.peak!.peakKw).toBeCloseTo(33, 6);
    expect(seen.cost.peakCharge).toBeCloseTo(0, 9);
  });
  it('is never above a cap, of the import or of the net demand', async () => {
    const capped = await solve(day(peak({ capKw: [null, 25] })));
    expect(capped.grid!.importKw[1]).toBeLessThanOrEqual(25 + 1e-7);
    const net = await solve(day(peak({ of: 'net-demand', pricePerKw: 1, capKw: [null, 22] })));
    expect(net.services!.peak!.peakKw).toBeCloseTo(20, 6);
    await expect(solve(day(peak({ capKw: [null, 10] })))).rejects.toThrow('infeasible');
  });
  it('meters what a signal downwards may add to the mean of a slot', async () => {
    const regulation = regulationOf(2, {
      storage: ['battery-1'],
      mostKw: [4, 4],
      signals: { windowSlots: 1, netShare: 0.5, runningHours: 0.5 },
    });
    const services = { regulation, peak: peak({ pricePerKw: 0.001 }) };
    const schedule = await solve(
      day(services.peak, {
        services,
        storage: [battery({ initialKwh: 50, finalMinKwh: 50, maxKwh: 100 })],
        grid: gridAt([0.1, 0.1], { exportLimitKw: 100, sellPerKwh: [0, 0] }),
      }),
    );
    expect(schedule.services!.regulation!.storageKw[0]).toEqual([expect.closeTo(4, 6), expect.closeTo(4, 6)]);
    // Half an hour of 4 kW.
    expect(schedule.services!.peak!.peakKw).toBeCloseTo(Math.max(...schedule.grid!.importKw) + 2, 6);
  });
});

describe('voltage support', () => {
  const support = (parts: Partial<VoltageService>): VoltageService => ({
    id: 'quay',
    name: 'Quay',
    bus: '5',
    converters: [{ kind: 'storage', id: 'battery-1', ratedKva: 25 }],
    requiredKvar: [0, 0],
    mostKvar: [100, 100],
    pricePerKvarh: [0, 0],
    ...parts,
  });
  it('is what the polygon leaves beside active power, within 1.92 % of the circle', async () => {
    // 20 kW of the battery in the second slot leave 15 kvar of 25 kVA.
    const storage = [battery({ initialKwh: 20, maxKwh: 20 })];
    const day = smallProblem([0, 20], {
      grid: gridAt([1, 1], { importLimitKw: 0 }),
      storage,
      services: { voltage: [support({ pricePerKvarh: [0.01, 0.01] })] },
    });
    const [idle, busy] = (await solve(day)).services!.voltageKvar![0]![0]!;
    for (const [kvar, most] of [
      [idle!, 25],
      [busy!, 15],
    ] as const) {
      expect(kvar).toBeLessThanOrEqual(most + 1e-9);
      expect(Math.hypot(kvar, kvar === idle ? 0 : 20)).toBeGreaterThan(25 * Math.cos(Math.PI / 16) - 1e-6);
    }
  });
  it('makes way for active power as far as that is worth more, and keeps what is required', async () => {
    const grid = gridAt([0.1, 0.5]);
    const day = (service: VoltageService) =>
      smallProblem([0, 20], { grid, storage: [battery({ initialKwh: 20 })], services: { voltage: [service] } });
    const free = await solve(day(support({})));
    expect(free.storage[0]!.dischargeKw[1]).toBeCloseTo(20, 6);
    const required = await solve(day(support({ requiredKvar: [0, 24] })));
    expect(required.storage[0]!.dischargeKw[1]).toBeLessThanOrEqual(7 + 1e-6);
  });
  it('comes only from the chargers of cars that are there', async () => {
    const converters: VoltageService['converters'] = [{ kind: 'aggregator', id: 'depot', ratedKva: 50 }];
    const evs = [electricCar({ departureSlot: 1 })];
    const day = smallProblem([0, 0], {
      grid: gridAt([0.1, 0.1]),
      evs,
      services: { voltage: [support({ converters, pricePerKvarh: [1, 1] })] },
    });
    const schedule = await solve(day);
    const [there, gone] = schedule.services!.voltageKvar![0]![0]!;
    expect(there).toBeGreaterThan(9.8);
    expect(there).toBeLessThanOrEqual(10 + 1e-9);
    expect(gone).toBe(0);
  });
});

describe('a case file', () => {
  const file = {
    kind: 'v2g',
    name: 'services',
    slots: 2,
    slotHours: 1,
    load: [50, 50],
    wind: [],
    gas: {
      minKw: 0,
      maxKw: 100,
      rampKwPerHour: 1000,
      costLinearUsdPerKwh: 0.1,
      costQuadraticUsdPerKwh2: 0,
      costSegments: 1,
      noLoadUsdPerHour: 0,
      startUpUsd: 0,
      unitCommitment: false,
    },
    headroomShareOfLoad: 0,
    throughputUsdPerKwh: 0,
    dischargeUsdPerKwh: 0,
    aggregators: 1,
    evs: [
      {
        aggregator: 0,
        capacityKwh: 40,
        arrivalSlot: 0,
        departureSlot: 2,
        initialKwh: 20,
        minKwh: 0,
        maxKwh: 40,
        requiredKwh: 20,
        chargeKw: 10,
        dischargeKw: 10,
        efficiency: 1,
      },
    ],
    uncoordinatedLoad: [[0, 0]],
    halfWidth: [[0, 0]],
    services: {
      reserve: {
        durationHours: 1,
        withinHours: 1,
        areas: [{ id: 'a', aggregators: ['aggregator-1'], requiredKw: 0, mostKw: 100, pricePerKwh: [0.05, 0] }],
      },
    },
    queries: [{ protection: 0 }, { protection: 0, services: false }],
  };
  it('states services, and a query may leave them out', async () => {
    const [offered, alone] = readV2gCase(file).problems;
    // Charging at 10 and able to discharge at 10 the car holds 20 kW, paid 0.05 in the first slot: after a call 10 kWh are left and 10 come back in the
    // second; without one they go to the load then, for energy costs the same.
    expect((await solve(offered!)).totalCost).toBeCloseTo(10 - 1, 6);
    expect((await solve(alone!)).totalCost).toBeCloseTo(10, 6);
  });
  it('is refused with the field named', () => {
    const bad = { ...file, services: { peak: { of: 'gas', pricePerKw: 1, soFarKw: 0, capKw: [null, null] } } };
    expect(() => readV2gCase(bad)).toThrow('services.peak.of is "gas"; import or net-demand expected');
    const [unknown] = readV2gCase({
      ...file,
      services: {
        reserve: {
          ...file.services.reserve,
          areas: [{ ...file.services.reserve.areas[0]!, aggregators: ['aggregator-9'] }],
        },
      },
    }).problems;
    expect(() => buildV2g(unknown!)).toThrow(
      'services.reserve.areas[0].aggregators names "aggregator-9", which is not there',
    );
  });
});
