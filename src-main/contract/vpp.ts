/** The owners of a site as one virtual power plant: whole cents of the plan's currency, energy kWh, power kW, prices per kWh [slot]. */
import { z } from 'zod';
import { isoDay } from './series.ts';

const account = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['wind', 'gas', 'storage', 'aggregator']),
  /** Given to the others (+) or taken (−), after losses. */
  deliveredKwh: z.number(),
  energyCents: z.number(),
  capacityCents: z.number(),
  wearCents: z.number(),
  /** Sum of the three; negative: it pays. */
  receivesCents: z.number(),
  ownCostCents: z.number(),
  /** Received less own cost, in the plant and alone. */
  netCents: z.number(),
  aloneCents: z.number(),
});

export const vppSettlement = z.object({
  planId: z.string(),
  day: isoDay,
  currency: z.string(),
  accounts: z.array(account),
  marketCents: z.number(),
  /** Internal price. */
  pricePerKwh: z.array(z.number()),
  togetherCents: z.number(),
  aloneCents: z.number(),
  boughtKw: z.array(z.number()),
  soldKw: z.array(z.number()),
  check: z.object({ passed: z.boolean(), problems: z.array(z.string()) }),
});
export type VppPayload = z.infer<typeof vppSettlement>;

export const vppCalls = {
  /** Job; its result is a `vppSettlement`. Nothing is stored. */
  'vpp.settle': { request: z.object({ planId: z.string() }), response: z.object({ jobId: z.string() }) },
};
