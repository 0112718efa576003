/** One what-if edit of a plan's problem. */
import { z } from 'zod';

const range = { fromSlot: z.number().int().min(0), toSlot: z.number().int().min(0) };

export const deviceFields = [
  'gas.maxKw',
  'gas.minKw',
  'gas.pinKw',
  'wind.maxKw',
  'wind.pinKw',
  'storage.chargeKw',
  'storage.dischargeKw',
  'storage.minKwh',
  'storage.maxKwh',
  'storage.pinKw',
  'aggregator.chargeKw',
  'aggregator.dischargeKw',
  'aggregator.departureShare',
  'aggregator.departureKwh',
] as const;
export const siteFields = ['grid.importKw', 'grid.exportKw', 'reserve.share'] as const;

/** Slots fromSlot … toSlot, both included; units are in the names of the fields, shares are of 1. */
export const planEdit = z.discriminatedUnion('field', [
  z.object({ field: z.enum(deviceFields), id: z.string(), value: z.number(), ...range }),
  z.object({ field: z.literal('gas.outOfService'), id: z.string(), ...range }),
  z.object({ field: z.enum(siteFields), value: z.number(), ...range }),
  z.object({ field: z.literal('protection'), value: z.number() }),
  /** Routes of own trucks, whose slots are whole steps; trucks, places and grids by their ids in mobile storage. */
  z.object({ field: z.literal('truck.pin'), id: z.string(), place: z.string(), ...range }),
  z.object({ field: z.literal('truck.keepAway'), id: z.string().nullable(), place: z.string(), ...range }),
  z.object({ field: z.literal('truck.outOfService'), id: z.string() }),
  z.object({ field: z.literal('truck.reserve'), id: z.string(), grid: z.string(), ...range }),
  z.object({ field: z.literal('roads.close'), links: z.array(z.object({ from: z.string(), to: z.string() })).min(1) }),
]);
export type PlanEditPayload = z.infer<typeof planEdit>;
export const editFields = [...deviceFields, 'gas.outOfService', ...siteFields, 'protection'] as const;
