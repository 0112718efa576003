import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallSms, smallTruck } from '../../models/sms/fixtures/small-sms.ts';
import type { SmsPlan } from '../../models/sms/plan.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { townGrid, townStorage, townTruck } from '../fixtures/mobile-town.ts';
import { closedRoads, overrideProblem } from './override-problem.ts';
import type { SmsOverride } from './sms-override.ts';
import { solveSms } from './solve-sms.ts';

const slots = 4;
const [depot, west, east] = ['depot', 'station north', 'station south'].map((id) => ({
  id,
  name: id,
  node: id,
  grid: id.includes('north') ? 'north' : id.includes('south') ? 'south' : null,
  places: 1,
  standingPerHour: 0,
}));
const storage = townStorage({
  terminals: [depot!, west!, east!],
  trucks: [townTruck('truck-1', { home: 'depot', end: 'depot' }), townTruck('truck-2')],
  grids: [townGrid('north'), townGrid('south')],
});
/** Surplus in the north, dear import in the south. */
const problem = smallSms(slots, {
  trucks: ['truck-1', 'truck-2'].map((id) => smallTruck(id, { start: 0, end: 0 })),
});
problem.grids[0]!.windMw.fill(5);
problem.grids[1]!.importUsdPerMwh.fill(140);

async function planOf(overrides: SmsOverride[]): Promise<{ plan: SmsPlan; passed: boolean }> {
  const changed = overrideProblem(problem, storage, overrides);
  const answer = await solveSms(changed, testSolver, { ...exactSolve, relativeGap: 0.3 });
  if (answer.kind !== 'optimal' && answer.kind !== 'feasible') throw new Error(JSON.stringify(answer));
  return { plan: answer.plan, passed: checkSmsPlan(changed, answer.plan).passed };
}
const day = { fromSlot: 0, untilSlot: slots };

describe('overrideProblem', () => {
  it('is obeyed by the plan and held against it by the check', async () => {
    const { plan, passed } = await planOf([
      { kind: 'pin', truck: 'truck-1', terminal: 'station south', fromSlot: 1, untilSlot: 3 },
      { kind: 'forbid-truck', truck: 'truck-2' },
      { kind: 'fix-price', grid: 'south', rentPerKwh: 0.025, ...day },
    ]);
    expect(passed).toBe(true);
    expect(plan.trucks[0]!.terminalBySlot.slice(1, 3)).toEqual([2, 2]);
    expect(plan.trucks[1]!.terminalBySlot).toEqual([0, 0, 0, 0]);
    expect(plan.trucks[1]!.chargeMw.concat(plan.trucks[1]!.dischargeMw).every((mw) => mw === 0)).toBe(true);
    expect(plan.priceUsdPerMwh[1]).toEqual([25, 25, 25, 25]);
    const elsewhere = overrideProblem(problem, storage, [
      { kind: 'forbid-station', terminal: 'station south', truck: null, fromSlot: 1, untilSlot: 2 },
    ]);
    expect(checkSmsPlan(elsewhere, plan).breaches.map(({ sentence }) => sentence)).toContain(
      'Truck truck-1 is at station south in slot 1, where it must not be',
    );
  });

  it('reserves a truck by closing the stations of all other grids to it', () => {
    const changed = overrideProblem(problem, storage, [
      { kind: 'reserve-truck', truck: 'truck-2', grid: 'north', ...day },
    ]);
    expect(changed.trucks[0]!.places).toBeUndefined();
    expect(changed.trucks[1]!.places).toEqual([{ kind: 'never', terminals: [2], ...day }]);
  });

  it('leaves of a capped menu what is not above the cap, in its slots and grid only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.constantFrom(10, 25, 40, 90), (fromSlot, cap) => {
        const override = { kind: 'cap-price' as const, grid: 'north', rentPerKwh: cap / 1000, fromSlot, untilSlot: 4 };
        const { priceMenuUsdPerMwh: menus } = overrideProblem(problem, storage, [override]);
        expect(menus[1]).toEqual(problem.priceMenuUsdPerMwh[1]);
        menus[0]!.forEach((menu, slot) =>
          expect(menu).toEqual(slot < fromSlot ? [10, 40] : [10, 40].filter((price) => price <= cap)),
        );
      }),
    );
  });

  it('narrows what may be asked under a cap; the plan asks a fixed rent, and the check holds it', async () => {
    const caps = [0, 1].map(() => new Array<number>(slots).fill(120));
    const free = { ...problem, priceMenuUsdPerMwh: [], priceCapUsdPerMwh: caps };
    const fixed: SmsOverride = { kind: 'fix-price', grid: 'south', rentPerKwh: 0.03, fromSlot: 1, untilSlot: 3 };
    const capped: SmsOverride = { kind: 'cap-price', grid: 'north', rentPerKwh: 0.05, ...day };
    const changed = overrideProblem(free, storage, [fixed, capped]);
    expect(changed.priceCapUsdPerMwh).toEqual([
      [50, 50, 50, 50],
      [120, 30, 30, 120],
    ]);
    expect(changed.priceFloorUsdPerMwh).toEqual([
      [0, 0, 0, 0],
      [0, 30, 30, 0],
    ]);
    for (const ties of ['optimistic', 'pessimistic'] as const) {
      const answer = await solveSms({ ...changed, ties }, testSolver, { ...exactSolve, relativeGap: 0.3 });
      if (!('plan' in answer)) throw new Error(`the answer is ${answer.kind}`);
      expect(answer.plan.priceUsdPerMwh[1]!.slice(1, 3)).toEqual([30, 30]);
      expect(Math.max(...answer.plan.priceUsdPerMwh[0]!)).toBeLessThanOrEqual(50);
      expect(checkSmsPlan(changed, answer.plan).breaches).toEqual([]);
      const cheaper = answer.plan.priceUsdPerMwh.map((prices) => prices.map((price) => Math.min(price, 29)));
      const limits = checkSmsPlan(changed, { ...answer.plan, priceUsdPerMwh: cheaper }).breaches;
      expect(limits.map(({ limit }) => limit)).toContain('price cap');
    }
    expect(() => overrideProblem(free, storage, [fixed, { ...capped, grid: 'south', rentPerKwh: 0.02 }])).toThrow(
      'below every rent of grid south',
    );
  });

  it.each<[what: string, override: SmsOverride, words: string]>([
    ['a truck', { kind: 'forbid-truck', truck: 'truck-9' }, 'there is no truck "truck-9"'],
    ['a place', { kind: 'pin', truck: 'truck-1', terminal: 'moon', ...day }, 'there is no terminal "moon"'],
    ['a grid', { kind: 'reserve-truck', truck: 'truck-1', grid: 'sea', ...day }, 'there is no grid "sea"'],
    [
      'slots of another day',
      { kind: 'pin', truck: 'truck-1', terminal: 'depot', fromSlot: 2, untilSlot: 9 },
      'slots 2 to 9 are not within the 4 slots of the day',
    ],
    ['a cap', { kind: 'cap-price', grid: 'north', rentPerKwh: 0.001, ...day }, 'below every rent of grid north'],
  ])('refuses %s that cannot be', (_, override, words) => {
    expect(() => overrideProblem(problem, storage, [override])).toThrow(words);
  });

  it('names the demand that leaves a truck no way through the day', () => {
    const pin = (terminal: string, fromSlot: number): SmsOverride => ({
      kind: 'pin',
      truck: 'truck-1',
      terminal,
      fromSlot,
      untilSlot: fromSlot + 1,
    });
    expect(() => overrideProblem(problem, storage, [pin('station north', 1), pin('station south', 2)])).toThrow(
      'demand 2 (pin) leaves Truck truck-1 no way through the day.',
    );
  });

  it('gathers the closed roads of all demands', () => {
    const links = [{ from: 'a', to: 'b' }];
    expect(
      closedRoads([
        { kind: 'close-road', links },
        { kind: 'forbid-truck', truck: 'x' },
      ]),
    ).toEqual(links);
  });
});
