/** What an operator may demand of the routes and prices of a draft. Ids are those of mobile storage; slots [fromSlot, untilSlot). */
import { z } from 'zod';
import { identity, named, needs, notNegative, wholeBetween } from './site-fields.ts';

/** A day of quarter hours when the clock goes back. */
const mostSlots = 100;
const range = { fromSlot: wholeBetween(0, mostSlots), untilSlot: wholeBetween(1, mostSlots) };
const kinds = ['pin', 'forbid-station', 'forbid-truck', 'close-road', 'cap-price', 'fix-price', 'reserve-truck'];

export const smsOverride = z.discriminatedUnion(
  'kind',
  [
    /** The truck spends these slots at the terminal. */
    z.object({ kind: z.literal('pin'), truck: identity, terminal: identity, ...range }),
    /** No truck (or not this one) spends these slots at the terminal. */
    z.object({ kind: z.literal('forbid-station'), terminal: identity, truck: identity.nullable(), ...range }),
    /** The truck stays where its day begins, uncharged and undischarged; refused when its day must end elsewhere. */
    z.object({ kind: z.literal('forbid-truck'), truck: identity }),
    /** No truck takes the links from node to node; both ways when closed both ways are listed. */
    z.object({
      kind: z.literal('close-road'),
      links: z.array(z.object({ from: named, to: named })).min(1, 'must name at least one link'),
    }),
    z.object({ kind: z.literal('cap-price'), grid: identity, rentPerKwh: notNegative, ...range }),
    z.object({ kind: z.literal('fix-price'), grid: identity, rentPerKwh: notNegative, ...range }),
    /** In these slots the truck works for no other grid. */
    z.object({ kind: z.literal('reserve-truck'), truck: identity, grid: identity, ...range }),
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union' ? `needs a kind: ${kinds.join(', ')}` : needs('an object')(issue),
  },
);
export type SmsOverridePayload = z.infer<typeof smsOverride>;
