import { describe, expect, it } from 'vitest';
import { dayHorizon } from '../../base/horizon.ts';
import { siteRoutes } from '../../contract/site-routes.ts';
import { smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { Leg } from '../../models/sms/plan.ts';
import { townRoads, townStorage } from '../fixtures/mobile-town.ts';
import type { PlanRecord } from '../ports.ts';
import { ownFleet } from '../sms/own-fleet.ts';
import { exportRoutes, routesView } from './routes-view.ts';

const horizon = dayHorizon('2023-06-15', 'Europe/Berlin', 15);
const slots = (value: number): number[] => new Array<number>(96).fill(value);

/** Truck a buys at the farm's tariff in the morning and gives it to the site at noon. */
async function planned(): Promise<PlanRecord> {
  const storage = townStorage({ siteGrid: 'west' });
  storage.grids[1]!.tariff = { chargePerKwh: 0.05, dischargePerKwh: null };
  storage.travel = { ...storage.travel, energyFrom: 'battery' };
  const { fleet, travel, storage: used } = await ownFleet(storage, townRoads(), horizon, () => Promise.resolve());
  const steps = (from: number, to: number, step: number): number => fleet.travelSteps[from]![to]![step]!;
  const [depot, west, east] = [0, 1, 2];
  const legs: Leg[] = [];
  const placeBySlot: (number | null)[] = new Array<number | null>(96).fill(null);
  let at = 0;
  const stay = (terminal: number, untilStep: number): void => {
    legs.push({ kind: 'stay', terminal, fromSlot: 4 * at, untilSlot: 4 * untilStep });
    placeBySlot.fill(terminal, 4 * at, 4 * untilStep);
    at = untilStep;
  };
  const drive = (from: number, to: number): void => {
    const untilStep = at + steps(from, to, at);
    legs.push({ kind: 'travel', from, to, fromSlot: 4 * at, untilSlot: 4 * untilStep });
    at = untilStep;
  };
  stay(depot, 1);
  drive(depot, east);
  stay(east, 8);
  drive(east, west);
  stay(west, 20);
  drive(west, depot);
  if (at < 24) stay(depot, 24);
  const chargeKw = slots(0).map((_, slot) => (slot >= 28 && slot < 32 ? 400 : 0));
  const dischargeKw = slots(0).map((_, slot) => (slot >= 60 && slot < 64 ? 300 : 0));
  const ways = legs.flatMap((leg) =>
    leg.kind === 'travel' ? [{ ...travel.wayOf(leg.from, leg.to, leg.fromSlot / 4), fromSlot: leg.fromSlot }] : [],
  );
  const problem = { ...smallProblem(slots(500)), slotHours: 0.25, trucks: fleet };
  const truck = {
    id: 'a',
    legs,
    placeBySlot,
    chargeKw,
    dischargeKw,
    energyKwh: slots(600),
    travelCost: 12,
    standingCost: 3,
  };
  return {
    id: 'p',
    day: horizon.day,
    problem,
    schedule: { trucks: [truck] },
    provenance: {
      trucks: {
        mode: 'owned',
        roadsId: 'roads-town-7',
        storage: used,
        terminalNodes: travel.terminalNodes,
        distanceKm: travel.distanceKm,
        ways,
        withoutTrucks: null,
      },
    },
  } as unknown as PlanRecord;
}

describe('own trucks for the map', () => {
  it('fits the contract, and tells ways, prices and totals', async () => {
    const plan = await planned();
    const view = routesView(plan, horizon)!;
    expect(siteRoutes.safeParse(view).error).toBeUndefined();
    expect(view.slotsPerStep).toBe(4);
    expect(view.terminals.map(({ grid }) => grid)).toEqual([null, 0, 1]);
    expect(view.grids.map(({ id, isSite }) => `${id} ${isSite}`)).toEqual(['west true', 'east false']);
    const [site, farm] = view.grids;
    expect(farm!.pricePerKwh[3]).toBe(0.05);
    expect(farm!.surplusKw).toBeNull();
    expect(site!.loadKw![0]).toBe(500);
    expect(site!.dischargeKw[61]).toBe(300);
    expect(farm!.chargeKw[29]).toBe(400);
    const { totals, legs } = view.trucks[0]!;
    const drives = legs.filter((leg) => leg.kind === 'drive');
    expect(drives).toHaveLength(3);
    // 400 kW for an hour at 0.05; the power given at the site earns nothing of its own.
    expect(totals.energyCost).toBeCloseTo(20, 9);
    expect(totals.chargeKwh).toBeCloseTo(400, 9);
    expect(totals.lengthKm).toBeCloseTo(
      drives.reduce((km, leg) => km + leg.lengthKm, 0),
      9,
    );
    expect(totals.drivingKwh).toBeCloseTo(
      drives.reduce((kwh, leg) => kwh + leg.energyKwh, 0),
      9,
    );
    expect(totals.workingSlots).toBe(8);
  });

  it('gives the itinerary with times of arrival, and refuses a plan without own trucks', async () => {
    const plan = await planned();
    const { fileName, text } = exportRoutes(plan, horizon);
    expect(fileName).toBe('surewatt-plan-p-itinerary.csv');
    const rows = text.trim().split(/\r?\n/);
    expect(rows).toHaveLength(1 + routesView(plan, horizon)!.trucks[0]!.legs.length);
    expect(rows[2]).toContain('drive,Place depot,Place east,2023-06-15T01:00:00+02:00');
    const { trucks: _, ...provenance } = plan.provenance;
    const without = { ...plan, provenance } as PlanRecord;
    expect(routesView(without, horizon)).toBeNull();
    expect(() => exportRoutes(without, horizon)).toThrow(/has no trucks of its own/);
  });
});
