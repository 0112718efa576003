import { z } from 'zod';

/** A refusal as it crosses a door. */
export const errorReport = z.object({
  code: z.string(),
  message: z.string(),
  next: z.string(),
  details: z.record(z.string(), z.unknown()),
});
