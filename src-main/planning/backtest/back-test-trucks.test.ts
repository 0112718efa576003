import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls, type CallName, type Request, type Response } from '../../contract/calls.ts';
import type { Core } from '../../hosts/compose.ts';
import { townGrid, townRoads, townStorage, townTruck } from '../fixtures/mobile-town.ts';
import { routeGap } from '../plan/solve-day.ts';
import { openSmallDesk } from './fixtures/small-desk.ts';
import { parseStrategy } from './strategy.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

let core: Core;
beforeAll(async () => {
  core = await openSmallDesk();
  const { store } = core.tools;
  store.saveRoads(townRoads());
  // One small truck that may buy in the east, where power costs next to nothing, and give at the site.
  const truck = {
    capacityKwh: 120,
    minKwh: 10,
    initialKwh: 20,
    finalMinKwh: 10,
    powerKw: 30,
    degradationPerKwh: 0.002,
  };
  const storage = townStorage({
    siteGrid: 'west',
    grids: [townGrid('west'), townGrid('east', { tariff: { chargePerKwh: 0.01, dischargePerKwh: null } })],
    trucks: [townTruck('a', truck)],
  });
  const travel = { ...storage.travel, wagePerHour: 1, roadPerKm: 0.01 };
  const terminals = storage.terminals.map((terminal) => ({ ...terminal, standingPerHour: 0 }));
  store.saveMobileStorage({ ...storage, terminals, travel }, 'test');
});
afterAll(() => core.close());

async function ask<Name extends CallName>(name: Name, request: Request<Name>): Promise<Response<Name>> {
  const reply = await core.dispatch(name, request);
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
  return calls[name].response.parse(reply.value) as Response<Name>;
}

describe('own trucks on real days', () => {
  it('are carried out with the day, and compared with the same strategy without them', async () => {
    const day = '2023-05-10';
    const { jobId } = await ask('backtest.run', {
      from: day,
      to: day,
      every: 1,
      strategies: ['nominal', 'nominal+trucks', 'perfect+trucks'],
      fit: { method: 'conformal', shape: 'per-slot', nominal: 0.9, windowDays: 60 },
      settlement: { spread: 0.5, unservedPerKwh: 3 },
      timeLimitSeconds: unhurriedSeconds,
    });
    const ended = await core.jobs.finished(jobId);
    expect(ended.error).toBeNull();
    const view = await ask('backtest.get', ended.result as { backTestId: string });
    const [plain, own, perfect] = view.asked.strategies.map((strategy) => {
      const found = view.results.find((result) => result.strategy === strategy);
      if (found?.state !== 'realised') throw new Error(JSON.stringify(found));
      return found;
    });
    expect(plain!.cost.truckTravel).toBeUndefined();
    expect(own!.cost.truckTravel).toBeGreaterThan(0);
    expect(own!.cost.truckEnergy).toBeGreaterThan(0);
    // Power for next to nothing is worth the drive, on the day planned and on the day as it came.
    expect(own!.plannedCost).toBeLessThan(plain!.plannedCost);
    expect(own!.realisedCost).toBeLessThan(plain!.realisedCost);
    expect(own!.realisedCost).toBeGreaterThanOrEqual(perfect!.realisedCost * (1 - routeGap - 1e-3));
    const total = Object.values(own!.cost).reduce<number>((sum, item) => sum + (item ?? 0), 0);
    expect(total).toBeCloseTo(own!.realisedCost, 6);
  });

  it('are named at the end of a strategy', () => {
    expect(parseStrategy('budget:4/12+trucks')).toEqual(parseStrategy('budget:4/12'));
    expect(() => parseStrategy('best+trucks')).toThrow(/"best\+trucks" is no strategy/);
  });
});
