import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { electricCar, gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { vppMembers, type VppMember } from '../../models/vpp/coalition.ts';
import { settleVpp, type VppSettlement } from '../../models/vpp/settle-vpp.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkVpp } from '../../verify/check-vpp.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveCoalition } from './settle-vpp.ts';

const solve = (problem: V2gProblem, members: readonly VppMember[]) =>
  solveCoalition(problem, members, testSolver, exactSolve);

/** A wind park, a car park, a small engine and a battery on one connection, prices of any sign. */
const sites = fc
  .record({
    windKw: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 4, maxLength: 4 }),
    market: fc.array(fc.integer({ min: -40, max: 200 }), { minLength: 4, maxLength: 4 }),
    importLimitKw: fc.integer({ min: 0, max: 60 }),
    exportLimitKw: fc.integer({ min: 0, max: 60 }),
    required: fc.integer({ min: 0, max: 35 }),
    lossShare: fc.constantFrom(0, 0.05),
    gasPrice: fc.constantFrom(0.05, 0.12),
  })
  .map(({ windKw, market, importLimitKw, exportLimitKw, required, lossShare, gasPrice }): V2gProblem => {
    const car = electricCar({ requiredKwh: required, departureSlot: 3, efficiency: 0.9 });
    return smallProblem([0, 0, 0, 0], {
      lossShare,
      dischargePerKwh: 0.01,
      unmetPerKwh: 1,
      wind: [{ id: 'park', name: 'Park', availableKw: windKw, maintenancePerKwh: 0.01 }],
      gas: [gasUnit({ maxKw: 30, costLinearPerKwh: gasPrice, costQuadraticPerKwh2: 0.001, costSegments: 4 })],
      storage: [{ id: 'battery', name: 'Battery', minKwh: 0, maxKwh: 30, initialKwh: 10, finalMinKwh: 10, chargeKw: 12, dischargeKw: 12, chargeEfficiency: 0.9, dischargeEfficiency: 0.9, degradationPerKwh: 0.002 }], // prettier-ignore
      evs: [car],
      uncoordinatedKw: [[10, 10, 0, 0]],
      grid: {
        importLimitKw,
        exportLimitKw,
        buyPerKwh: market.map((price) => price / 1000 + 0.03),
        sellPerKwh: market.map((price) => (0.9 * price) / 1000),
      },
    });
  });

async function settled(
  problem: V2gProblem,
): Promise<{ members: VppMember[]; settlement: VppSettlement; tradedKwh: number }> {
  const members = vppMembers(problem);
  const alone = await Promise.all(members.map((member) => solve(problem, [member])));
  const whole = (await solve(problem, members))!;
  const costs = alone.map((one) => one!.schedule.totalCost);
  const { importKw, exportKw } = whole.schedule.grid!;
  return {
    members,
    settlement: settleVpp(whole.problem, whole.schedule, members, whole.pricePerKwh, costs),
    tradedKwh: exportKw.reduce((sum, kw, slot) => sum + kw - (1 - problem.lossShare) * importKw[slot]!, 0),
  };
}

describe('settleVpp', () => {
  it('sums to the cent, and no coalition whatever would do better on its own', async () => {
    await fc.assert(
      fc.asyncProperty(sites, async (problem) => {
        const { members, settlement, tradedKwh } = await settled(problem);
        expect(checkVpp(settlement, tradedKwh)).toEqual([]);
        for (let set = 1; set < 1 << members.length; set++) {
          const coalition = members.filter((_, at) => (set >> at) & 1);
          const earns = -(await solve(problem, coalition))!.schedule.totalCost;
          const gets = settlement.accounts.reduce((sum, { netCents }, at) => sum + ((set >> at) & 1 ? netCents : 0), 0);
          expect(gets / 100).toBeGreaterThanOrEqual(earns - 0.03 * coalition.length);
        }
      }),
      { numRuns: 12, seed: 4 },
    );
  });

  it('shares what wind saves a car park between the two, and pays for the connection where it is short', async () => {
    // Wind would be sold at 0.045; the cars would buy at 0.08: together they trade inside, and the engine stands still.
    const problem = smallProblem([0, 0], {
      wind: [{ id: 'park', name: 'Park', availableKw: [10, 10], maintenancePerKwh: 0 }],
      evs: [electricCar({ requiredKwh: 30 })],
      uncoordinatedKw: [[10, 0]],
      grid: { importLimitKw: 20, exportLimitKw: 20, buyPerKwh: [0.08, 0.08], sellPerKwh: [0.045, 0.045] },
    });
    const { settlement } = await settled(problem);
    const [park, cars] = settlement.accounts;
    expect(park!.aloneCents).toBe(90);
    expect(cars!.aloneCents).toBe(-80);
    // 10 kWh inside, 10 kWh sold: the plant gains 10 kWh of the spread.
    expect(park!.netCents + cars!.netCents).toBe(45);
    expect(settlement.marketCents).toBe(45);
    expect(park!.netCents).toBeGreaterThanOrEqual(90);
    expect(cars!.netCents).toBeGreaterThanOrEqual(-80);
  });
});

describe('checkVpp', () => {
  it('finds a cent too much, an account that does not add up, a loser and energy from nowhere', async () => {
    const problem = fc.sample(sites, { numRuns: 1, seed: 9 })[0]!;
    const { settlement, tradedKwh } = await settled(problem);
    const altered = (change: object) => ({
      ...settlement,
      accounts: settlement.accounts.map((account, at) => (at === 0 ? { ...account, ...change } : account)),
    });
    const { receivesCents, netCents } = settlement.accounts[0]!;
    const whats = (changed: VppSettlement, kwh = tradedKwh) => checkVpp(changed, kwh).map(({ what }) => what);
    expect(whats(altered({ receivesCents: receivesCents + 1 }))).toEqual(expect.arrayContaining(['sum', 'account']));
    expect(whats(altered({ netCents: netCents - 5 }))).toContain('account');
    expect(whats(altered({ aloneCents: netCents + 3 }))).toEqual(['worse-than-alone']);
    expect(whats(settlement, tradedKwh + 1)).toEqual(['power']);
  });
});
