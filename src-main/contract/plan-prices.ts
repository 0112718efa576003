/** Market prices of a plan: how they are to be treated, and what the plan assumed of them. Arrays [slot], money in the plan's currency. */
import { z } from 'zod';
import { measuredShare, numbers } from './series.ts';
import { setGuarantee, setKind } from './uncertainty.ts';

/** How the market prices of the day are treated when it is planned. */
export const priceWish = z.object({
  /** 'published': only published prices will do. 'expected', 'robust': a forecast where they are not, without or with a set. */
  treatment: z.enum(['published', 'expected', 'robust']),
  set: z.enum(['interval', 'budget', 'ellipsoid']),
  /** Γ of a budget: market periods that may be fully off; a quarter of them when left out. */
  periodProtection: z.number().min(0).optional(),
  /** 'before-auction': as if the prices of the day had not been published. */
  moment: z.enum(['now', 'before-auction']),
});
export type PriceWishPayload = z.infer<typeof priceWish>;

/** What a plan assumed of its prices. */
export const planPrices = z.object({
  treatment: z.enum(['published', 'expected', 'robust']),
  /** Published when the plan was made. */
  known: z.boolean(),
  /** Error of the forecast on past days beside that of repeating the day before; null where known. */
  forecast: z.object({ days: z.number(), rmse: z.number(), naiveRmse: z.number() }).nullable(),
  set: z
    .object({
      kind: setKind,
      nominal: z.number(),
      guarantee: setGuarantee,
      periods: measuredShare,
      trades: measuredShare,
      bill: measuredShare.nullable(),
    })
    .nullable(),
  /** Purchase less sale at expected prices, and what the worst prices of the set add. */
  expectedBill: z.number(),
  risk: z.number(),
  /** The worst prices of the set for this plan; null where nothing is protected. */
  worst: z.object({ buyPerKwh: numbers, sellPerKwh: numbers }).nullable(),
});
export type PlanPricesPayload = z.infer<typeof planPrices>;
