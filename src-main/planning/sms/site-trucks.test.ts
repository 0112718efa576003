import { describe, expect, it } from 'vitest';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { townRoads, townStorage } from '../fixtures/mobile-town.ts';
import type { SmsPlanRecord } from './mobile-ports.ts';
import { ownFleet } from './own-fleet.ts';
import { rentedStays } from './rented-stays.ts';

const turn = (): Promise<void> => Promise.resolve();
const day = { slots: 96, slotMinutes: 15 } as const;

describe('trucks of one’s own on the roads of a town', () => {
  it('has the site’s terminals as stations, grids with a tariff as elsewhere, and steps of whole slots', async () => {
    const storage = townStorage({ siteGrid: 'west' });
    storage.grids[1]!.tariff = { chargePerKwh: 0.05, dischargePerKwh: null };
    storage.terminals[1]!.powerKw = 500;
    const { fleet, travel } = await ownFleet(storage, townRoads(), day, turn);
    expect(fleet.slotsPerStep).toBe(4);
    expect(fleet.places.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'depot depot',
      'west station',
      'east elsewhere',
    ]);
    expect(fleet.places[1]).toMatchObject({ powerKw: 500, standingCost: 0.5 });
    expect(fleet.places[2]).toMatchObject({ chargePerKwh: 0.05, dischargePerKwh: null });
    expect(fleet.travelSteps[0]![1]).toHaveLength(24);
    expect(fleet.travelCost[0]![1]![8]).toBeCloseTo(travel.wayOf(0, 1, 8).cost, 9);
    expect(fleet.travelKwh).toBeUndefined();
  });

  it('leaves out grids without a tariff, and takes driving from the battery where the definition does', async () => {
    const storage = townStorage({ siteGrid: 'west' });
    storage.travel = { ...storage.travel, energyFrom: 'battery' };
    const { fleet, travel } = await ownFleet(storage, townRoads(), day, turn);
    expect(fleet.places.map(({ id }) => id)).toEqual(['depot', 'west']);
    expect(fleet.travelKwh![0]![1]![8]).toBeCloseTo(travel.wayOf(0, 1, 8).energyKwh, 9);
  });

  it('names what is missing', async () => {
    await expect(ownFleet(townStorage(), townRoads(), day, turn)).rejects.toThrow(/siteGrid is missing/);
    const odd = { slots: 94, slotMinutes: 15 } as const;
    await expect(ownFleet(townStorage({ siteGrid: 'west' }), townRoads(), odd, turn)).rejects.toThrow(
      /does not divide/,
    );
  });
});

describe('stays of rented trucks', () => {
  const slots = 4;
  const storage = townStorage({ siteGrid: 'east' });
  const problem = {
    slots,
    slotHours: 1,
    grids: [{}, {}],
    terminals: [
      { id: 'depot', kind: 'depot' },
      { id: 'west', kind: 'station', grid: 0, truckCapacity: 1 },
      { id: 'east', kind: 'station', grid: 1, truckCapacity: 1 },
    ],
    trucks: [
      { powerMw: 0.8, capacityMwh: 2, minMwh: 0.1, initialMwh: 1, chargeEfficiency: 0.9, dischargeEfficiency: 0.8 },
    ],
  } as unknown as SmsProblem;
  const record = {
    id: 'p',
    storage,
    problem,
    plan: {
      priceUsdPerMwh: [
        [1, 1, 1, 1],
        [10, 20, 30, 40],
      ],
      trucks: [
        {
          id: 'a',
          legs: [
            { kind: 'stay', terminal: 2, fromSlot: 0, untilSlot: 2 },
            { kind: 'travel', from: 2, to: 0, fromSlot: 2, untilSlot: 3 },
            { kind: 'stay', terminal: 0, fromSlot: 3, untilSlot: 4 },
          ],
          chargeMw: [0.5, 0, 0, 0],
          dischargeMw: [0, 0.4, 0, 0],
          energyMwh: [1.45, 0.95, 0.95, 0.95],
        },
      ],
    },
  } as unknown as SmsPlanRecord;
  const quarters = { slots: 16, slotMinutes: 15 } as const;

  it('brings the hours of the owner’s plan into the slots of the site, as given', () => {
    const [stay, ...others] = rentedStays(record, quarters, 'given');
    expect(others).toEqual([]);
    expect(stay).toMatchObject({ id: 'a@0', from: 0, until: 8, arrivingKwh: 1000, powerKw: 800 });
    expect(stay!.leavingKwh).toBeCloseTo(950, 9);
    expect(stay!.pinnedKw!.slice(0, 9)).toEqual([-500, -500, -500, -500, 400, 400, 400, 400, null]);
    expect(stay!.rentPerKwh.slice(0, 8)).toEqual([0.01, 0.01, 0.01, 0.01, 0.02, 0.02, 0.02, 0.02]);
    expect(stay!.name).toBe('Truck a at Place east');
  });

  it('leaves the site free within the stay, and the truck as agreed', () => {
    const [stay] = rentedStays(record, quarters, 'free');
    expect(stay).toMatchObject({ minKwh: 100, maxKwh: 2000, leavingKwh: 950 });
    expect(stay).not.toHaveProperty('pinnedKw');
  });

  it('names what does not fit', () => {
    const elsewhere = { ...record, storage: townStorage() } as SmsPlanRecord;
    expect(() => rentedStays(elsewhere, quarters, 'given')).toThrow(/no grid of it is the site/);
    expect(() => rentedStays(record, { slots: 8, slotMinutes: 15 }, 'given')).toThrow(/is no multiple/);
  });
});
