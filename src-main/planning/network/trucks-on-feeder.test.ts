import { describe, expect, it } from 'vitest';
import { smallNetwork } from '../../models/v2g/fixtures/small-network.ts';
import { gridAt, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { RentedStay } from '../../models/v2g/mobile.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { networkFlow } from '../../verify/network-flow.ts';
import { townStorage } from '../fixtures/mobile-town.ts';
import type { Store } from '../ports.ts';
import type { Site } from '../site.ts';
import { stationBuses } from '../sms/station-buses.ts';
import { planned } from './fixtures/limited-day.ts';

/** A truck that brings much and could take more while it is cheap. */
const stay = (parts: Partial<RentedStay> = {}): RentedStay => ({
  id: 'truck@0',
  name: 'Truck at the far end',
  from: 0,
  until: 3,
  minKwh: 0,
  maxKwh: 4000,
  arrivingKwh: 500,
  leavingKwh: 1500,
  powerKw: 1500,
  chargeEfficiency: 1,
  dischargeEfficiency: 1,
  rentPerKwh: [0.001, 0.001, 0.001],
  ...parts,
});

const day = (model: 'lindistflow' | 'branch-flow' | 'unconstrained', bus?: string): V2gProblem =>
  smallProblem([900, 900, 900], {
    grid: gridAt([0.1, 0.11, 0.5], { importLimitKw: 5000 }),
    stays: [stay(bus === undefined ? {} : { bus })],
    lossShare: model === 'branch-flow' ? 0 : 0.1,
    network: smallNetwork({ model }),
  });

describe('trucks on a feeder', () => {
  it.each(['lindistflow', 'branch-flow'] as const)('stand at the bus of their station: %s', async (model) => {
    const blind = await planned(day('unconstrained', 'C'));
    expect(checkPlan(blind.problem, blind.schedule).breaches.some(({ sentence }) => sentence.startsWith('bus C'))).toBe(true); // prettier-ignore
    const { problem, schedule } = await planned(day(model, 'C'));
    expect(checkPlan(problem, schedule).breaches).toEqual([]);
    const { slots, tree } = networkFlow(problem, schedule, problem.network!);
    const lowest = Math.min(...slots.map(({ flow }) => flow.voltagePu[tree.buses.indexOf('C')]!));
    expect(lowest).toBeGreaterThanOrEqual(0.95 - 2e-5);
    expect(lowest).toBeLessThan(0.951);
    // At the substation it moves no voltage, and is free to take all of it while that is cheapest.
    const free = await planned(day(model));
    expect(free.schedule.stays![0]!.chargeKw[0]).toBeGreaterThan(schedule.stays![0]!.chargeKw[0]! + 100);
  });
});

describe('the bus of a station', () => {
  const record = { id: 'feeder-1', name: 'Town feeder', network: { buses: [{ id: '1' }, { id: '7' }, { id: '9' }] } };
  const other = { ...record, id: 'feeder-2' };
  const store = (network: Partial<NonNullable<Site['network']>> | null = {}): Pick<Store, 'getFeeder' | 'getSite'> =>
    ({
      getSite: () => (network === null ? {} : { network: { feederId: null, ...network } }),
      getFeeder: (id: string | null) => (id === 'feeder-2' ? other : record),
    }) as unknown as Pick<Store, 'getFeeder' | 'getSite'>;
  const town = townStorage();
  const siteGrid = town.grids[0]!.id;
  const terminals = town.terminals.map((terminal) =>
    terminal.grid === siteGrid ? { ...terminal, bus: '7' } : terminal,
  );
  const known = (of: (string | null)[]): number => of.filter((bus) => bus !== null).length;

  it('is its own, on the feeder of the site alone', () => {
    const buses = stationBuses(store(), { ...town, siteGrid, terminals });
    expect(known(buses)).toBe(terminals.filter(({ grid }) => grid === siteGrid).length);
    expect(buses.every((bus) => bus === null || bus === '7')).toBe(true);
    expect(known(stationBuses(store(null), { ...town, siteGrid, terminals }))).toBe(0);
    expect(known(stationBuses(store(), { ...town, siteGrid: null, terminals }))).toBe(0);
  });

  it('is that of its grid where it has none, and none on another feeder', () => {
    const onto = (feederId: string | null) =>
      town.grids.map((grid) => ({ ...grid, feeder: { feederId, stationBus: '9', windBus: '7' } }));
    const plain = { ...town, siteGrid };
    expect(stationBuses(store(), { ...plain, grids: onto(null) })).toContain('9');
    expect(known(stationBuses(store(), { ...plain, grids: onto('feeder-2') }))).toBe(0);
    const nowhere = { ...plain, terminals: terminals.map((one) => (one.bus ? { ...one, bus: 'X' } : one)) };
    expect(() => stationBuses(store(), nowhere)).toThrow(/names bus X, which the site's network Town feeder/);
  });
});
