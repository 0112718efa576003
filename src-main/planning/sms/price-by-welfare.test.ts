import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingOf, wayCostUsd } from '../../models/sms/assemble-plan.ts';
import { smallGrid, smallSms, smallTruck } from '../../models/sms/fixtures/small-sms.ts';
import { moneyOf } from '../../models/sms/money.ts';
import type { Feeder, SmsProblem } from '../../models/sms/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveSms } from './solve-sms.ts';
import { usersAnswer } from './users-answer.ts';

/** A street of three buses; both stations of the grid stand on it, the second behind a line that may be narrow. */
const street = (limitMw: number | null): Feeder => ({
  baseKv: 12.66,
  buses: [
    { id: 'root', loadShare: 0.4, windShare: 0.5, mvarPerMw: 0.3 },
    { id: 'near', loadShare: 0.3, windShare: 0.5, mvarPerMw: 0.3 },
    { id: 'far', loadShare: 0.3, windShare: 0, mvarPerMw: 0.3 },
  ],
  lines: [
    { from: 0, to: 1, rOhm: 0.4, xOhm: 0.3, limitMw: null },
    { from: 1, to: 2, rOhm: 0.6, xOhm: 0.4, limitMw },
  ],
  minPu: 0.85,
  maxPu: 1.15,
  rootPu: 1,
  truckBus: 1,
  generatorBus: 0,
});

const slots = 4;
/** Terminals: depot, near and far in the north, one station in the south, which is one bus. */
function streets(feeder: Feeder, changes: Partial<SmsProblem> = {}): SmsProblem {
  const base = smallSms(slots);
  const between = <Value>(same: Value, other: Value): Value[][][] =>
    [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => new Array<Value>(slots).fill(i === j ? same : other)));
  return {
    ...base,
    grids: [
      smallGrid('north', slots, {
        windMw: [6, 5, 0, 0],
        importUsdPerMwh: [40, 50, 130, 120],
        activityFeeUsd: 0,
        feeder,
      }),
      smallGrid('south', slots, { importUsdPerMwh: [50, 60, 140, 90], activityFeeUsd: 0 }),
    ],
    terminals: [
      { id: 'depot', kind: 'depot' },
      { id: 'near', kind: 'station', grid: 0, truckCapacity: 2 },
      { id: 'far', kind: 'station', grid: 0, truckCapacity: 2, bus: 2 },
      { id: 'south', kind: 'station', grid: 1, truckCapacity: 2 },
    ],
    travelSlots: between(0, 1),
    travelCostUsd: between(0, 1),
    holdCostUsdPerSlot: [0, 0, 0, 0],
    trucks: [smallTruck('a', { initialMwh: 0, start: 2, end: 2 })],
    priceMenuUsdPerMwh: [],
    priceCapUsdPerMwh: [0, 1].map(() => new Array<number>(slots).fill(400)),
    ...changes,
  };
}

async function solved(problem: SmsProblem) {
  const answer = await solveSms(problem, testSolver, { ...exactSolve, timeLimitSeconds: 30, relativeGap: 0.2 });
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
