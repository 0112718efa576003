/** The trucks of a day's plan: routed with it, rented as the owner's plan says, or none. */
import { Refusal } from '../../base/errors.ts';
import type { Horizon } from '../../base/horizon.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { JobHandle } from '../jobs.ts';
import type { PlanRecord, TruckProvenance } from '../ports.ts';
import type { SmsPlanRecord } from '../sms/mobile-ports.ts';
import { mobileStorageOf, roadsOf } from '../sms/mobile-tools.ts';
import type { MobileStorage } from '../sms/mobile-storage.ts';
import { ownFleet, type OwnFleet } from '../sms/own-fleet.ts';
import { stationBuses, withBuses } from '../sms/station-buses.ts';
import { rentedStays, type StayDispatch } from '../sms/rented-stays.ts';
import type { Way } from '../sms/travel.ts';
import { readSmsPlan } from '../sms/verify-sms-plan.ts';
import type { PlanTools } from '../tools.ts';

/** Left out of a plan's options: as mobile storage is defined, rented from the plan of trucks approved for the day. */
export type TruckWish =
  | { mode: 'none' }
  | { mode: 'owned' }
  /** Null: the plan of trucks approved for the day. */
  | { mode: 'rented'; planId: string | null; dispatch: StayDispatch };

export interface DayTrucks {
  /** What the problem gets. */
  parts: Pick<V2gProblem, 'trucks' | 'stays'>;
  /** What the plan keeps of it, once its routes are known. */
  told: ((schedule: V2gSchedule) => TruckProvenance) | null;
  notes: string[];
}

const noTrucks: DayTrucks = { parts: {}, told: null, notes: [] };

/**
 * @throws Refusal `no-mobile-storage`, `no-roads`, `plan-not-found`, `bad-mobile-storage`, `routes-impossible`, `cancelled`; `bad-request` where
 * trucks are to be rented and no plan of them is approved
 */
export async function dayTrucks(
  tools: PlanTools,
  wish: TruckWish | undefined,
  horizon: Horizon,
  job: JobHandle,
): Promise<DayTrucks> {
  const { store, clock } = tools;
  const asDefined = wish === undefined;
  const asked = wish ?? definedWish(store.getMobileStorage()?.ownership, store.getMobileStorage()?.siteGrid ?? null);
  if (asked.mode === 'none') return noTrucks;
  if (asked.mode === 'owned') {
    const storage = mobileStorageOf(store);
    const roads = roadsOf(store, storage);
    return routed(store, await ownFleet(storage, roads, horizon, () => clock.nextTurn(), job.signal), roads.id);
  }
  const planId = asked.planId ?? store.listSmsPlans(horizon.day).find(({ status }) => status === 'approved')?.id;
  if (planId !== undefined) return rented(store, readSmsPlan(store, planId), horizon, asked.dispatch);
  if (!asDefined)
    throw new Refusal('bad-request', {
      call: 'plan',
      problem: `no plan of trucks is approved for ${horizon.day}; approve one first, or name one`,
    });
  return { ...noTrucks, notes: ['No plan of trucks is approved for the day, so the schedule rents none.'] };
}

function definedWish(ownership: 'owned' | 'rented' | undefined, siteGrid: string | null): TruckWish {
  if (siteGrid === null) return { mode: 'none' };
  return ownership === 'owned' ? { mode: 'owned' } : { mode: 'rented', planId: null, dispatch: 'given' };
}

function routed(store: PlanTools['store'], { fleet, travel, storage }: OwnFleet, roadsId: string): DayTrucks {
  return {
    parts: { trucks: withBuses(fleet, stationBuses(store, storage)) },
    told: (schedule) => ({
      mode: 'owned',
      roadsId,
      storage,
      terminalNodes: travel.terminalNodes,
      distanceKm: travel.distanceKm,
      ways: waysOf(schedule, fleet.slotsPerStep, travel.wayOf),
      withoutTrucks: null,
    }),
    notes: [],
  };
}

/** Each trip once; told in steps, as the roads were asked. */
function waysOf(
  { trucks }: V2gSchedule,
  slotsPerStep: number,
  wayOf: (from: number, to: number, step: number) => Way,
): Way[] {
  const trips = new Map<string, Way>();
  for (const { legs } of trucks ?? [])
    for (const leg of legs)
      if (leg.kind === 'travel') {
        const way = wayOf(leg.from, leg.to, leg.fromSlot / slotsPerStep);
        trips.set(`${leg.from} ${leg.to} ${leg.fromSlot}`, { ...way, fromSlot: leg.fromSlot });
      }
  return [...trips.values()];
}

function rented(store: PlanTools['store'], record: SmsPlanRecord, horizon: Horizon, dispatch: StayDispatch): DayTrucks {
  if (record.day !== horizon.day)
    throw new Refusal('bad-request', {
      call: 'plan',
      problem: `plan of trucks ${record.id} is for ${record.day}, not ${horizon.day}`,
    });
  const stays = rentedStays(record, horizon, dispatch, stationBuses(store, record.storage));
  return {
    parts: { stays },
    told: () => ({
      mode: 'rented',
      planId: record.id,
      contentHash: record.contentHash,
      dispatch,
      withoutTrucks: null,
    }),
    notes:
      stays.length === 0
        ? [`The plan of trucks ${record.id} sends no truck to the site, so the schedule rents none.`]
        : [],
  };
}

/**
 * Those of a stored plan, for a what-if on it that closes roads. Closed roads change how long trips take; the trucks stay as that plan has them, demands of
 * earlier what-ifs included.
 * @throws as `dayTrucks`; `bad-request` for closed roads where the plan has no trucks of its own
 */
export async function trucksOfPlan(
  tools: PlanTools,
  base: PlanRecord,
  closedLinks: readonly { from: string; to: string }[],
  horizon: Horizon,
  job: JobHandle,
): Promise<DayTrucks> {
  const { trucks } = base.provenance;
  if (closedLinks.length > 0 && trucks?.mode !== 'owned')
    throw new Refusal('bad-request', {
      call: 'plan.draft',
      problem: 'a road can be closed only where the plan has trucks of its own',
    });
  if (!trucks) return noTrucks;
  if (trucks.mode === 'rented') return { parts: {}, told: () => ({ ...trucks, withoutTrucks: null }), notes: [] };
  const roads = tools.store.getRoads(trucks.roadsId);
  if (!roads) throw new Refusal('not-found', { what: 'road network', id: trucks.roadsId });
  const nextTurn = (): Promise<void> => tools.clock.nextTurn();
  const own = await ownFleet(withoutRoads(trucks.storage, closedLinks), roads, horizon, nextTurn, job.signal);
  const fleet = { ...own.fleet, trucks: base.problem.trucks!.trucks };
  return routed(tools.store, { ...own, fleet }, roads.id);
}

const withoutRoads = (storage: MobileStorage, closed: readonly { from: string; to: string }[]): MobileStorage => ({
  ...storage,
  roads: { ...storage.roads, closedLinks: [...storage.roads.closedLinks, ...closed] },
});
