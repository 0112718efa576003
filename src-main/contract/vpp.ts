/** The owners of a site as one virtual power plant: whole cents of the plan's currency, energy kWh, power kW, prices per kWh [slot]. */
import { z } from 'zod';
import { horizonPayload, isoDay, measured } from './series.ts';

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

const meanInterval = z.object({ days: z.number(), mean: measured, lower: measured, upper: measured });

export const plantBids = z.object({
  planId: z.string(),
  day: isoDay,
  currency: z.string(),
  /** By the hour. */
  horizon: horizonPayload,
  /** [hour], steps by rising price per kWh: from it on so much is sold (+) or bought (−), kWh. */
  curves: z.array(z.array(z.object({ pricePerKwh: z.number(), netKwh: z.number() }))),
  scenarios: z.array(z.object({ label: z.string(), money: z.number() })),
  expected: z.number(),
  worst: z.number(),
  /** Mean energy off the bids, kWh a day. */
  overKwh: z.number(),
  shortKwh: z.number(),
  /** Bids made the same way, on newer days they had not seen; and with those days known. */
  unseen: meanInterval,
  unseenKnown: meanInterval,
  check: z.object({ passed: z.boolean(), problems: z.array(z.string()) }),
  file: z.object({ fileName: z.string(), text: z.string() }),
});
export type PlantBidsPayload = z.infer<typeof plantBids>;

export const defaultBids = { scenarios: 21, testDays: 14, worstWeight: 0.2, imbalancePerMwh: 50 } as const;

export const vppCalls = {
  /** Job; its result is a `plantBids`. Nothing is stored. */
  'vpp.bid': {
    request: z.object({
      planId: z.string(),
      scenarios: z.number().int().min(2).max(60),
      testDays: z.number().int().min(1).max(60),
      /** Weight of the worst scenario against the mean of all; something is always left to the others, or their days would be anyhow. */
      worstWeight: z.number().min(0).max(0.99),
      imbalancePerMwh: z.number().min(0).max(10_000),
    }),
    response: z.object({ jobId: z.string() }),
  },
  /** Job; its result is a `vppSettlement`. Nothing is stored. */
  'vpp.settle': { request: z.object({ planId: z.string() }), response: z.object({ jobId: z.string() }) },
};
