import { z } from 'zod';

/**
 * How the feeder enters a plan. 'unconstrained': not at all, it is only checked afterwards; 'lindistflow': linear and lossless, corrected by
 * what an AC power flow shows it to miss; 'branch-flow': with losses, by second-order cones.
 */
export const networkModel = z.enum(['unconstrained', 'lindistflow', 'branch-flow'], {
  error: 'must be unconstrained, lindistflow or branch-flow',
});
export type NetworkModelPayload = z.infer<typeof networkModel>;
