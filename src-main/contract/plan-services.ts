/** What a plan offers beside energy: how much in each slot, who holds it, what it earns, and whether it can be delivered. Arrays [slot]. */
import { z } from 'zod';
import { numbers } from './series.ts';

/** 'offered': all the site states; 'none': energy alone. As the site says when left out. */
export const serviceWish = z.enum(['offered', 'none']);
export type ServiceWishPayload = z.infer<typeof serviceWish>;

const holder = z.object({
  kind: z.enum(['gas', 'storage', 'aggregator']),
  id: z.string(),
  name: z.string(),
  /** kW; kvar of voltage support. */
  held: numbers,
});

const offeredProduct = z.object({
  kind: z.enum(['reserve', 'regulation', 'voltage']),
  id: z.string(),
  name: z.string(),
  unit: z.enum(['kW', 'kvar']),
  offered: numbers,
  /** 0 where nothing must be held. */
  required: numbers,
  most: numbers,
  holders: z.array(holder),
  /** Paid for the day less the wear it costs. */
  earns: z.number(),
  wear: z.number(),
  /** Energy a call or the worst signal asks of the batteries that hold it, and what they have above their least; null where none is asked. */
  energy: z.object({ askedKwh: numbers, heldKwh: numbers }).nullable(),
  /** The independent check of this product alone. */
  check: z.object({ passed: z.boolean(), checked: z.number(), worst: z.string().nullable() }),
});
export type OfferedProductPayload = z.infer<typeof offeredProduct>;

export const planServices = z.object({
  products: z.array(offeredProduct),
  regulation: z
    .object({
      windowMinutes: z.number(),
      netShare: z.number(),
      runningMinutes: z.number(),
      performanceScore: z.number(),
      mileagePerHour: z.number(),
    })
    .nullable(),
  reserve: z.object({ durationMinutes: z.number() }).nullable(),
  peak: z
    .object({
      of: z.enum(['import', 'net-demand']),
      /** As metered, with what regulation may add. */
      meteredKw: numbers,
      peakKw: z.number(),
      soFarKw: z.number(),
      pricePerKw: z.number(),
      charge: z.number(),
      /** NaN where a slot is not capped. */
      capKw: numbers,
      /** The same without V2G; null where that day has no plan, or the plan does not know. */
      withoutV2gKw: z.number().nullable(),
      check: z.object({ passed: z.boolean(), checked: z.number(), worst: z.string().nullable() }),
    })
    .nullable(),
});
export type PlanServicesPayload = z.infer<typeof planServices>;
