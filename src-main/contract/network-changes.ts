/** Settings of a feeder that an operator may turn: each absent one is as the feeder's file and the site say. */
import type { z } from 'zod';
import { fieldsOf, listOf, named, notNegative, numberBetween, obeying, positive, type Fault } from './site-fields.ts';

const busLimit = fieldsOf({
  bus: named,
  voltageMinPu: numberBetween(0.5, 1),
  voltageMaxPu: numberBetween(1, 1.5),
});

export const networkChanges = fieldsOf({
  /** Voltage of the substation, by the tap of its transformer. */
  slackVoltagePu: numberBetween(0.8, 1.2).optional(),
  /** Limits of single buses in place of those for all. */
  busLimits: listOf(busLimit).optional(),
  /** Largest apparent power of a branch in place of the file's, MVA; null: none. */
  lineLimits: listOf(fieldsOf({ from: named, to: named, limitMva: positive.nullable() })).optional(),
  /** Switched on the whole day, kvar at 1 pu; in place of what the file has at that bus, and 0 takes that away. */
  capacitors: listOf(fieldsOf({ bus: named, kvar: notNegative })).optional(),
}).check(
  obeying(({ busLimits = [] }): Fault[] =>
    busLimits.flatMap(({ bus }, index) =>
      busLimits.findIndex((other) => other.bus === bus) < index
        ? [{ path: ['busLimits', index, 'bus'], message: `"${bus}" is named twice` }]
        : [],
    ),
  ),
);
export type NetworkChangesPayload = z.infer<typeof networkChanges>;
