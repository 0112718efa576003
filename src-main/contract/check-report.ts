/** The verdict of the independent check of a finished plan. */
import { z } from 'zod';

export const checkReport = z.object({
  passed: z.boolean(),
  checked: z.number(),
  /** By how much the worst limit is broken, as a share of its scale; 0 where none is. */
  worstBreach: z.number(),
  /** Worst first. */
  breaches: z.array(
    z.object({
      limit: z.string(),
      slot: z.number().nullable(),
      amount: z.number(),
      unit: z.string(),
      sentence: z.string(),
    }),
  ),
});
export type CheckReportPayload = z.infer<typeof checkReport>;
