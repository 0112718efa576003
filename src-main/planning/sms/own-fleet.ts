/** Trucks of the operator's own as part of a day of the site: which places they can stand at, how they drive between them, in the site's slots. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import type { Horizon } from '../../base/horizon.ts';
import type { OwnTruck, TruckFleet, TruckPlace } from '../../models/v2g/mobile.ts';
import type { RoadsRecord } from './mobile-ports.ts';
import type { MobileStorage, MobileTerminal } from './mobile-storage.ts';
import { travelOf, type Travel } from './travel.ts';

export interface OwnFleet {
  fleet: TruckFleet;
  travel: Travel;
  /** The definition with the terminals the fleet can use, in the order of its places. */
  storage: MobileStorage;
}

type Day = Pick<Horizon, 'slots' | 'slotMinutes'>;

/** @throws Refusal `bad-mobile-storage` where the site has no station of its own, or its slots do not fit; `routes-impossible`, `cancelled` */
export async function ownFleet(
  whole: MobileStorage,
  roads: RoadsRecord,
  day: Day,
  nextTurn: () => Promise<void>,
  signal: CancelSignal = neverCancelled,
): Promise<OwnFleet> {
  const { siteGrid = null, arrivalConfidence } = whole;
  if (siteGrid === null)
    throw new Refusal('bad-mobile-storage', {
      path: 'siteGrid',
      problem: 'is missing: it names the grid whose terminals are the stations of the site',
    });
  const storage = { ...whole, terminals: whole.terminals.filter((terminal) => isUsed(whole, terminal)) };
  const stepMinutes = Math.max(whole.slotMinutes, day.slotMinutes);
  const slotsPerStep = stepMinutes / day.slotMinutes;
  if (!Number.isInteger(slotsPerStep) || day.slots % slotsPerStep !== 0)
    throw new Refusal('bad-mobile-storage', {
      path: 'slotMinutes',
      problem: `(${stepMinutes}) does not divide a day of ${day.slots} slots of ${day.slotMinutes} minutes`,
    });
  const horizon = { slots: day.slots / slotsPerStep, slotMinutes: stepMinutes as Horizon['slotMinutes'] };
  const travel = await travelOf({ storage, roads, horizon, arrivalConfidence, closedLinks: [] }, nextTurn, signal);
  const { travelSlots, travelCostUsd, travelEnergyMwh } = travel.tables;
  const fleet: TruckFleet = {
    slotsPerStep,
    places: storage.terminals.map((terminal) => placeOf(storage, terminal, stepMinutes / 60)),
    travelSteps: travelSlots,
    travelCost: travelCostUsd,
    ...(storage.travel.energyFrom === 'battery'
      ? { travelKwh: travelEnergyMwh.map((row) => row.map((bySlot) => bySlot.map((mwh) => mwh && 1000 * mwh))) }
      : {}),
    trucks: storage.trucks.map((truck) => truckOf(storage, truck)),
  };
  return { fleet, travel, storage };
}

/** Where a truck can work, starts or ends. */
function isUsed({ siteGrid, grids, trucks }: MobileStorage, { id, grid }: MobileTerminal): boolean {
  if (trucks.some(({ home, end }) => home === id || end === id)) return true;
  return grid !== null && (grid === siteGrid || grids.some((one) => one.id === grid && one.tariff !== undefined));
}

function placeOf({ siteGrid, grids }: MobileStorage, terminal: MobileTerminal, stepHours: number): TruckPlace {
  const { id, name, grid, places, standingPerHour, powerKw } = terminal;
  const connected = grids.find((one) => one.id === grid);
  const tariff = connected?.tariff;
  const kind = grid !== null && grid === siteGrid ? 'station' : tariff === undefined ? 'depot' : 'elsewhere';
  return {
    id,
    name,
    ...(connected && kind !== 'depot' ? { grid: { id: connected.id, name: connected.name } } : {}),
    kind,
    truckCapacity: places,
    // No limit of its own: what trucks have, far above any of theirs.
    powerKw: kind === 'depot' ? 0 : (powerKw ?? 1e6),
    standingCost: standingPerHour * stepHours,
    chargePerKwh: kind === 'elsewhere' ? (tariff?.chargePerKwh ?? 0) : 0,
    dischargePerKwh: kind === 'elsewhere' ? (tariff?.dischargePerKwh ?? null) : null,
  };
}

function truckOf({ terminals, travel }: MobileStorage, truck: MobileStorage['trucks'][number]): OwnTruck {
  const place = (id: string): number => terminals.findIndex((terminal) => terminal.id === id);
  const { id, name, home, end, capacityKwh, energyKwhPerKm, ...rest } = truck;
  const { minKwh, initialKwh, finalMinKwh, powerKw, chargeEfficiency, dischargeEfficiency, degradationPerKwh } = rest;
  return {
    id,
    name,
    start: place(home),
    end: place(end),
    maxKwh: capacityKwh,
    minKwh,
    initialKwh,
    finalMinKwh,
    powerKw,
    chargeEfficiency,
    dischargeEfficiency,
    degradationPerKwh,
    ...(energyKwhPerKm === undefined ? {} : { drivingFactor: energyKwhPerKm / travel.energyKwhPerKm }),
  };
}
