import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { electricCar, gasUnit, smallProblem } from '../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { departureChances } from './departure-chance.ts';
import { handMadeProblem, handMadeSchedule } from './fixtures/hand-made.ts';
import { realiseDay } from './realise-day.ts';
import { replayDay } from './replay-day.ts';
import { worstPlanDay } from './worst-plan-day.ts';

/**
 * 40 kW of load on four slots of an hour. One car leaves after the second with 10 kWh to spare, the other stays with nothing to spare; gas
 * covers the load, and the pool all of the 8 kW that may come in the last slot.
 */
const problem = smallProblem([40, 40, 40, 40], {
  gas: [gasUnit({ maxKw: 400 })],
  evs: [
    electricCar({ id: 'leaves', departureSlot: 2, initialKwh: 30, requiredKwh: 20 }),
    electricCar({ id: 'stays', departureSlot: 4, initialKwh: 20, requiredKwh: 20, minKwh: 5 }),
  ],
  uncertainty: {
    components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [0, 0, 0, 8] }],
    protection: 1,
  },
});
const still = [0, 0, 0, 0];
const schedule: V2gSchedule = {
  slots: 4,
  slotHours: problem.slotHours,
  protection: 1,
  worstDeviationKw: [0, 0, 0, 8],
  evShare: [0, 0, 0, 1],
  gas: [{ id: 'gas-1', outputKw: [40, 40, 40, 40], on: [1, 1, 1, 1] }],
  wind: [],
  storage: [],
  grid: null,
  evs: [
    { id: 'leaves', chargeKw: still, dischargeKw: still, energyKwh: [30, 30, 0, 0], unmetKwh: 0 },
    { id: 'stays', chargeKw: still, dischargeKw: still, energyKwh: [20, 20, 20, 20], unmetKwh: 0 },
  ],
  cost: {
    generation: 0,
    noLoad: 0,
    startUp: 0,
    shutDown: 0,
    windMaintenance: 0,
    storageWear: 0,
    gridPurchase: 0,
    gridSale: 0,
    evDischarge: 0,
    unmetEnergy: 0,
  },
  totalCost: 0,
  objective: 0,
};
const ofSite: V2gProblem = { ...problem, poolAccount: 'by-car' };
const late = { label: 'late', deviationKw: [[0, 0, 0, 8]] };

describe('energy that has left with a car', () => {
  it('is still there by the account of the pool, and is missing car by car', () => {
    expect(replayDay(problem, schedule, late)).toMatchObject({ violatedSlots: [], unservedKwh: 0 });
    expect(replayDay(ofSite, schedule, late)).toEqual({
      label: 'late',
      violatedSlots: [3],
      unservedKwh: 8 * problem.slotHours,
      firstSlot: 3,
      limit: `EV pool energy is ${8 * problem.slotHours} kWh short`,
    });
  });
  it('costs the car that stays its promise where there is no connection to buy through', () => {
    const hits = (of: V2gProblem): number => departureChances(of, schedule, [late])[0]!.hits;
    expect(hits(ofSite)).toBe(0);
    const connected = { importLimitKw: 50, exportLimitKw: 0, buyPerKwh: still, sellPerKwh: still };
    const traded = { ...schedule, grid: { importKw: still, exportKw: still } };
    expect(departureChances({ ...ofSite, grid: connected }, traded, [late])[0]!.hits).toBe(1);
  });
  it('is not asked of supply that has enough to spare', () => {
    const spare = { ...schedule, gas: [{ id: 'gas-1', outputKw: [40, 40, 40, 48], on: [1, 1, 1, 1] }] };
    expect(replayDay(ofSite, spare, late).violatedSlots).toEqual([]);
  });
});

it('names the worst day of the car that has least to spare', () => {
  const held: V2gSchedule = {
    ...schedule,
    evs: [
      { ...schedule.evs[0]!, standbyKw: still },
      { ...schedule.evs[1]!, energyKwh: [20, 24, 28, 32], standbyKw: [0, 0, 0, 8] },
    ],
  };
  const worst = worstPlanDay(ofSite, held)!;
  const lossKwh = (8 * problem.slotHours) / problem.evs[1]!.efficiency;
  expect(worst).toMatchObject({ limit: 'EV pool power', slot: 3 });
  const tight = { ...held, evs: [held.evs[0]!, { ...held.evs[1]!, energyKwh: [20, 20, 20, 20 + lossKwh] }] };
  const energy = worstPlanDay(ofSite, tight)!;
  expect(energy).toMatchObject({ limit: 'EV pool energy', slot: 3, unit: 'kWh' });
  expect(energy.takes).toBeCloseTo(lossKwh, 9);
  expect(energy.holds).toBeCloseTo(lossKwh, 9);
  expect(energy.deviationKw).toEqual([[0, 0, 0, 8]]);
});

it('falls short where the same day, carried out, does', () => {
  const site: V2gProblem = { ...handMadeProblem(), poolAccount: 'by-car' };
  const plan = handMadeSchedule();
  const none = new Array<number>(6).fill(0);
  let short = 0;
  const load = fc.array(fc.double({ min: -200, max: 400, noNaN: true }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(load, (deviationKw) => {
      const replayed = replayDay(site, plan, { label: 'same', deviationKw: [none, none, deviationKw] });
      const day = realiseDay(site, plan, {
        label: 'same',
        loadKw: site.loadKw.map((kw, slot) => kw + deviationKw[slot]!),
        windKw: site.wind.map((park) => park.availableKw),
        extraChargingKw: none,
        settlement: { shortPerKwh: none, surplusPerKwh: none, unservedPerKwh: 5, unmetPerKwh: 5 },
      });
      expect([...day.shortKw.keys()].filter((slot) => day.shortKw[slot]! > 0)).toEqual(replayed.violatedSlots);
      const shortKwh = day.shortKw.reduce((sum, kw) => sum + kw, 0) * site.slotHours;
      expect(replayed.unservedKwh).toBeCloseTo(shortKwh, 6);
      if (shortKwh > 0) short++;
    }),
  );
  expect(short).toBeGreaterThan(0);
});
