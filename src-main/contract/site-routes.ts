/**
 * Routes of the operator's own trucks in the plan of a site, as map and stringline take them. Power kW, energy kWh, money in `currency`; arrays [slot]
 * of the payload's horizon; indices refer to the lists of the same payload.
 */
import { z } from 'zod';
import { placedTerminal } from './roads.ts';
import { horizonPayload, isoDay, numbers } from './series.ts';
import { smsTraffic, truckDay, truckTotals } from './sms.ts';

const ownTruck = truckDay.extend({
  totals: truckTotals.extend({
    /** Bought at other grids, less what was sold there. */
    energyCost: z.number(),
  }),
});

const usedGrid = z.object({
  id: z.string(),
  name: z.string(),
  /** The site itself; else a grid that sells (and perhaps buys) at its tariff. */
  isSite: z.boolean(),
  /** What a kWh charged here costs: the site's price of import, or the tariff. */
  pricePerKwh: numbers,
  /** Of the site alone; null elsewhere, where nothing is forecast. */
  loadKw: numbers.nullable(),
  windKw: numbers.nullable(),
  surplusKw: numbers.nullable(),
  chargeKw: numbers,
  dischargeKw: numbers,
});

export const siteRoutes = z.object({
  id: z.string(),
  day: isoDay,
  currency: z.string(),
  horizon: horizonPayload,
  /** Slots of one step: a truck spends whole steps at a place or on the road. */
  slotsPerStep: z.number(),
  roadsId: z.string(),
  terminals: z.array(placedTerminal),
  /** [from][to], km by road at the start of the day. */
  distanceKm: z.array(numbers),
  trucks: z.array(ownTruck),
  grids: z.array(usedGrid),
});
export type SiteRoutesPayload = z.infer<typeof siteRoutes>;

const ofPlan = z.object({ planId: z.string() });
export const siteRouteCalls = {
  /** Null where the plan has no trucks of its own. */
  'routes.get': { request: ofPlan, response: siteRoutes.nullable() },
  /** Travel times of its roads by the clock. */
  'routes.traffic': { request: ofPlan, response: smsTraffic },
  /** The itinerary, one row per leg. */
  'routes.export': { request: ofPlan, response: z.object({ fileName: z.string(), text: z.string() }) },
};
