import { z } from 'zod';

/**
 * How the feeder enters a plan. 'unconstrained': not at all, it is only checked afterwards; 'lindistflow': linear and lossless, corrected by
 * what an AC power flow shows it to miss; 'branch-flow': with losses, by second-order cones; 'dc': the line limits of a meshed network.
 */
export const networkModel = z.enum(['unconstrained', 'lindistflow', 'branch-flow', 'dc'], {
  error: 'must be unconstrained, lindistflow, branch-flow or dc',
});
export type NetworkModelPayload = z.infer<typeof networkModel>;
