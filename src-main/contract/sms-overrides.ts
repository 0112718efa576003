/** What an operator may demand of the routes and prices of a draft. Ids are those of mobile storage; slots [fromSlot, untilSlot). */
import { z } from 'zod';

const range = { fromSlot: z.number().int().min(0), untilSlot: z.number().int().min(1) };

export const smsOverride = z.discriminatedUnion('kind', [
  /** The truck spends these slots at the terminal. */
  z.object({ kind: z.literal('pin'), truck: z.string(), terminal: z.string(), ...range }),
  /** No truck (or not this one) spends these slots at the terminal. */
  z.object({ kind: z.literal('forbid-station'), terminal: z.string(), truck: z.string().nullable(), ...range }),
  /** The truck stays where its day begins, uncharged and undischarged; refused when its day must end elsewhere. */
  z.object({ kind: z.literal('forbid-truck'), truck: z.string() }),
  /** No truck takes the links from node to node; both ways when closed both ways are listed. */
  z.object({
    kind: z.literal('close-road'),
    links: z.array(z.object({ from: z.string(), to: z.string() })).min(1),
  }),
  z.object({ kind: z.literal('cap-price'), grid: z.string(), rentPerKwh: z.number().min(0), ...range }),
  z.object({ kind: z.literal('fix-price'), grid: z.string(), rentPerKwh: z.number().min(0), ...range }),
  /** In these slots the truck works for no other grid. */
  z.object({ kind: z.literal('reserve-truck'), truck: z.string(), grid: z.string(), ...range }),
]);
export type SmsOverridePayload = z.infer<typeof smsOverride>;
