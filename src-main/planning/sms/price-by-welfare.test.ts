import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingOf, wayCostUsd } from '../../models/sms/assemble-plan.ts';
import { onBattery, smallTruck } from '../../models/sms/fixtures/small-sms.ts';
import { street, streets, streetSlots as slots } from '../../models/sms/fixtures/streets.ts';
import { moneyOf } from '../../models/sms/money.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveSms } from './solve-sms.ts';
import { usersAnswer } from './users-answer.ts';

async function solved(problem: SmsProblem) {
  const answer = await solveSms(problem, testSolver, { ...exactSolve, relativeGap: 0.2 });
  if (!('plan' in answer)) throw new Error(`the answer is ${answer.kind}`);
  expect(checkSmsPlan(problem, answer.plan).breaches).toEqual([]);
  return answer;
}

describe('stations at several buses of a feeder', () => {
  it('give what one bus gives where the feeder is wide, and either bound holds for the other', async () => {
    const several = await solved(streets(street(null)));
    const { feeder: _, ...north } = streets(street(null)).grids[0]!;
    const one = streets(street(null));
    const terminals = one.terminals.map((terminal) =>
      terminal.kind === 'station'
        ? { id: terminal.id, kind: terminal.kind, grid: terminal.grid, truckCapacity: 2 }
        : terminal,
    );
    const single = await solved({ ...one, terminals, grids: [north, one.grids[1]!] });
    expect(several.plan.ownerProfitUsd).toBeLessThanOrEqual(single.upperBoundUsd + 1e-5);
    expect(single.plan.ownerProfitUsd).toBeLessThanOrEqual(several.upperBoundUsd + 1e-5);
    expect(several.plan.ownerProfitUsd).toBeGreaterThan(0.8 * single.plan.ownerProfitUsd);
  });
  it('take a truck only as far as the line to its bus goes', async () => {
    const problem = streets(street(1), { trucks: [smallTruck('a', { initialMwh: 4, powerMw: 3, start: 1, end: 1 })] });
    const stay = (terminal: number) => [{ kind: 'stay' as const, terminal, fromSlot: 0, untilSlot: slots }];
    const given = async (terminal: number): Promise<number> => {
      const priceUsdPerMwh = [0, 1].map(() => new Array<number>(slots).fill(0));
      const setting = settingOf(problem, { priceUsdPerMwh, routes: [stay(terminal)] });
      const answer = await usersAnswer(problem, setting, testSolver, exactSolve);
      if (answer.kind !== 'answered') throw new Error(answer.kind);
      return Math.max(...answer.reply.dischargeMw[0]!);
    };
    // 0.9 MW are used at the far bus, 1 MW goes on through the line; near the root there is no such limit.
    expect(await given(2)).toBeCloseTo(1.9, 6);
    expect(await given(1)).toBeGreaterThan(2);
  });
  it('are checked at the bus where each of them is', async () => {
    const base = streets(street(0.95));
    const terminals = base.terminals.map((terminal) =>
      terminal.id === 'near' ? { ...terminal, truckCapacity: 0 } : terminal,
    );
    const travelCostUsd = base.travelCostUsd.map((row) => row.map((series) => series.map((usd) => 60 * (usd ?? 0))));
    const problem = { ...base, terminals, travelCostUsd };
    const { plan } = await solved(problem);
    expect(
      plan.trucks[0]!.terminalBySlot.some(
        (place, t) => place === 2 && plan.trucks[0]!.chargeMw[t]! + plan.trucks[0]!.dischargeMw[t]! > 0.01,
      ),
    ).toBe(true);
    const moved = problem.terminals.map((terminal) => (terminal.id === 'far' ? { ...terminal, bus: 0 } : terminal));
    const breached = checkSmsPlan({ ...problem, terminals: moved }, plan).breaches.map(({ limit }) => limit);
    expect(breached).toContain('feeder flow');
    expect(breached).toContain('feeder voltage');
  });
  it('bring no owner more than the bound, whatever rents he asks', async () => {
    const problem = streets(street(0.95));
    const { plan, upperBoundUsd } = await solved(problem);
    const routes = plan.trucks.map(({ legs }) => legs);
    const prices = fc.array(fc.array(fc.constantFrom(0, 10, 30, 50, 70), { minLength: slots, maxLength: slots }), {
      minLength: 2,
      maxLength: 2,
    });
    await fc.assert(
      fc.asyncProperty(prices, async (priceUsdPerMwh) => {
        const decision = { priceUsdPerMwh, routes };
        const setting = settingOf(problem, decision);
        const answer = await usersAnswer(problem, setting, testSolver, exactSolve);
        if (answer.kind !== 'answered') throw new Error(answer.kind);
        const profitUsd = moneyOf(problem, setting, answer.reply).marginUsd - wayCostUsd(problem, decision);
        expect(profitUsd).toBeLessThanOrEqual(upperBoundUsd + 1e-6);
        expect(answer.usersCostUsd).toBeLessThanOrEqual(plan.usersCostWithoutTrucksUsd + 1e-5);
      }),
      { numRuns: 15, seed: 3 },
    );
  });
  it('are planned by mixtures of days where one program would be too large', async () => {
    const trucks = ['a', 'b', 'c', 'd', 'e'].map((id, k) =>
      smallTruck(id, { initialMwh: 0.5, finalMinMwh: 0, start: 1 + (k % 3), end: 1 + (k % 3), powerMw: 1 }),
    );
    const problem = onBattery(streets(street(0.95), { trucks }), 0.05, 0.3);
    const { plan, upperBoundUsd } = await solved(problem);
    expect(plan.ownerProfitUsd).toBeGreaterThan(20);
    expect(upperBoundUsd).toBeGreaterThanOrEqual(plan.ownerProfitUsd);
    expect(upperBoundUsd).toBeLessThan(3 * plan.ownerProfitUsd);
  });
  it('are refused at a bus that is not there, or without a feeder', async () => {
    const refused = (problem: SmsProblem, words: string) =>
      expect(solveSms(problem, testSolver, exactSolve)).rejects.toMatchObject({
        report: { code: 'case-bad', details: { problem: expect.stringContaining(words) } },
      });
    const at = (id: string, bus: number): SmsProblem => {
      const problem = streets(street(null));
      return { ...problem, terminals: problem.terminals.map((one) => (one.id === id ? { ...one, bus } : one)) };
    };
    await refused(at('far', 3), 'terminals[2].bus is 3');
    await refused(at('south', 0), 'terminals[3].bus is given, but grid south has no feeder');
  });
});
