import { beforeAll, describe, expect, it } from 'vitest';
import { smallGrid, smallSms } from '../models/sms/fixtures/small-sms.ts';
import type { SmsPlan } from '../models/sms/plan.ts';
import type { SmsProblem } from '../models/sms/problem.ts';
import { exactSolve } from '../planning/exact-solve.ts';
import { solveSms } from '../planning/sms/solve-sms.ts';
import { testSolver } from '../robust/fixtures/test-solver.ts';
import { checkSmsPlan } from './check-sms-plan.ts';

/** Surplus wind in the north, dear power in the south later: the truck charges, drives and discharges. */
const problem = smallSms(3, {
  grids: [
    smallGrid('north', 3, { windMw: [6, 1, 1], downsideMarginMw: [0.5, 0, 0], generatorRampMw: 1 }),
    smallGrid('south', 3, { importUsdPerMwh: [40, 60, 140] }),
  ],
});
let plan: SmsPlan;

beforeAll(async () => {
  const answer = await solveSms(problem, testSolver, exactSolve);
  if (answer.kind !== 'optimal') throw new Error(`the answer is ${answer.kind}`);
  plan = answer.plan;
});

type Change = (plan: SmsPlan, problem: SmsProblem) => void;
const check = (change: Change = () => undefined) => {
  const changed = structuredClone({ plan, problem });
  change(changed.plan, changed.problem);
  return checkSmsPlan(changed.problem, changed.plan);
};

describe('checkSmsPlan', () => {
  it('passes a plan in which the truck works at both grids', () => {
    expect(check()).toEqual({ passed: true, checked: expect.any(Number), worstBreach: 0, breaches: [] });
    expect(check().checked).toBeGreaterThan(120);
    const [truck] = plan.trucks;
    expect(truck!.terminalBySlot).toEqual([1, null, 2]);
    expect(truck!.chargeMw[0]).toBeGreaterThan(1);
    expect(truck!.dischargeMw[2]).toBeGreaterThan(1);
  });

  const breaches: [limit: string, why: string, change: Change][] = [
    ['route', 'a longer road', (_, p) => (p.travelSlots[1]![2]![1] = 2)],
    ['route', 'a closed road', (_, p) => (p.travelSlots[1]![2]![1] = null)],
    ['route', 'another end', (_, p) => (p.trucks[0]!.end = 1)],
    ['route', 'a leg lost', (s) => s.trucks[0]!.legs.splice(1, 1)],
    ['route', 'shown where it is not', (s) => (s.trucks[0]!.terminalBySlot[1] = 1)],
    ['travel cost', 'dearer road', (_, p) => (p.travelCostUsd[1]![2]![1] = 4)],
    ['station places', 'no place', (_, p) => (p.terminals[1] = { ...p.terminals[1]!, truckCapacity: 0 } as never)],
    ['truck charge', 'a weaker truck', (_, p) => (p.trucks[0]!.powerMw = 1)],
    ['truck discharge', 'power on the road', (s) => (s.trucks[0]!.dischargeMw[1] = 0.5)],
    ['truck one direction', 'both ways', (s) => (s.trucks[0]!.dischargeMw[0] = 0.5)],
    ['truck energy', 'energy from nowhere', (s) => (s.trucks[0]!.energyMwh[1]! += 0.1)],
    ['truck capacity', 'a smaller battery', (_, p) => (p.trucks[0]!.capacityMwh = 2)],
    ['truck minimum energy', 'a higher minimum', (_, p) => (p.trucks[0]!.minMwh = 1.5)],
    ['truck final energy', 'more wanted at the end', (_, p) => (p.trucks[0]!.finalMinMwh = 3)],
    ['grid balance', 'more load', (_, p) => (p.grids[1]!.loadMw[0]! += 0.1)],
    ['grid import', 'a smaller connection', (_, p) => (p.grids[1]!.importCapMw = 1)],
    ['grid generator', 'output above the cap', (s) => (s.grids[0]!.generatorMw[0] = 2.5)],
    ['grid generator ramp', 'a jump', (s) => (s.grids[0]!.generatorMw[1] = 1.5)],
    ['grid curtailment', 'more than the wind', (s) => (s.grids[1]!.curtailMw[1] = 1.2)],
    ['grid downside margin', 'more wanted', (_, p) => (p.grids[1]!.downsideMarginMw[1] = 2)],
    ['activity', 'a silent use', (s) => (s.grids[0]!.active[0] = false)],
    ['price menu', 'a price off the menu', (s) => (s.priceUsdPerMwh[0]![2] = 11)],
    ['rent', 'more rent', (s) => (s.rentUsd += 1)],
    ['profit', 'more profit', (s) => (s.ownerProfitUsd += 1)],
    ['cost', 'less cost', (s) => (s.usersCostUsd -= 1)],
    ['transfers', 'a cent made', (s) => (s.settlement.grids[0]!.transferCents += 1)],
    ['income and rents', 'a cent lost', (s) => (s.settlement.ownerIncomeCents -= 1)],
    ['rent to the cent', 'a cent too much', (s) => (s.settlement.grids[0]!.rentCents += 1)],
    ['settlement', 'half a cent', (s) => (s.settlement.grids[0]!.ownCents += 0.5)],
    ['no worse off', 'a grid that loses', (s) => (s.settlement.grids[1]!.paysCents += 1e5)],
    ['shape', 'a short series', (s) => s.trucks[0]!.energyMwh.pop()],
  ];
  it.each(breaches)('finds %s: %s', (limit, _, change) => {
    const report = check(change);
    expect(report.passed).toBe(false);
    expect(report.breaches.map((breach) => breach.limit)).toContain(limit);
  });
});
