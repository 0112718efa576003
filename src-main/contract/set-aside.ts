/** Plans of the day and of trucks that are out of the lists until they are asked for. Nothing of them changes, and nothing is deleted. */
import { z } from 'zod';

const plansNamed = z.object({ planIds: z.array(z.string()).min(1).max(10_000) });

export const setAsideCalls = {
  /** Refused for a plan that is approved. The answer names those that were not set aside before. */
  'plans.setAside': { request: plansNamed, response: z.object({ planIds: z.array(z.string()) }) },
  /** The answer names those that were set aside. */
  'plans.bringBack': { request: plansNamed, response: z.object({ planIds: z.array(z.string()) }) },
};
