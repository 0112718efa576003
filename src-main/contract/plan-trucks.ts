/** Trucks in the plan of a site: which the operator wishes for, and what the plan shows of them. Power kW at the site, energy kWh; arrays [slot]. */
import { z } from 'zod';
import { numbers } from './series.ts';

/** Left out: as mobile storage is defined; rented ones from the plan of trucks approved for the day. */
export const truckWish = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('none') }),
  /** Routed with the schedule. */
  z.object({ mode: z.literal('owned') }),
  /** From a plan of trucks (null: the one approved for the day), as it has them or free within each stay. */
  z.object({ mode: z.literal('rented'), planId: z.string().nullable(), dispatch: z.enum(['given', 'free']) }),
]);
export type TruckWishPayload = z.infer<typeof truckWish>;

export const planTrucks = z.object({
  mode: z.enum(['owned', 'rented']),
  /** The plan of trucks they are rented from; null for one's own. */
  planId: z.string().nullable(),
  dispatch: z.enum(['given', 'free']).nullable(),
  /** A truck of one's own, or one stay of a rented truck. */
  units: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      minKwh: z.number(),
      maxKwh: z.number(),
      /** At the site's stations. */
      chargeKw: numbers,
      dischargeKw: numbers,
      energyKwh: numbers,
      /** Charged at stations of other grids. */
      elsewhereKwh: z.number(),
      /** Trips and standing of one's own, rent of a stay. */
      cost: z.number(),
      legs: z.array(
        z.object({
          kind: z.enum(['stay', 'travel']),
          from: z.string(),
          to: z.string(),
          fromSlot: z.number(),
          untilSlot: z.number(),
        }),
      ),
    }),
  ),
  /** Cost of the same day without any truck; null where that has no schedule. */
  withoutCost: z.number().nullable(),
  /** What the trucks cost of the plan's total. */
  ownCost: z.number(),
});
export type PlanTrucksPayload = z.infer<typeof planTrucks>;
