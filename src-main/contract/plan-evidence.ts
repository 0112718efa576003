/** The evidence of a plan: its adversaries, and how it fared on days it was not made for. Power kW, energy kWh, money in the plan's currency; arrays [slot]. */
import { z } from 'zod';
import { isoDay, measuredShare, numbers } from './series.ts';

export const namedSeries = z.object({ id: z.string(), name: z.string(), valueKw: numbers });

/** The worst day of the set for a plan: which limit comes closest to breaking, when, who deviates and how far. */
export const worstCaseDay = z.object({
  limit: z.enum(['committed supply', 'EV pool power', 'EV pool energy']),
  slot: z.number(),
  unit: z.enum(['kW', 'kWh']),
  /** What the worst day takes of the limit in that slot, and what the plan holds there. */
  takes: z.number(),
  holds: z.number(),
  /** The component that takes most of the limit, the slot in which it takes most, and its deviation there. */
  componentId: z.string(),
  componentName: z.string(),
  componentSlot: z.number(),
  componentKw: z.number(),
  deviationKw: z.array(z.object({ id: z.string(), name: z.string(), valueKw: numbers })),
  netKw: numbers,
});
export type WorstCaseDayPayload = z.infer<typeof worstCaseDay>;

/** Another adversary of a plan: who is furthest off, when and how far, and what it takes of what the plan holds; of 'voltage' what is reached, and the limit. */
export const worstFinding = z.object({
  kind: z.enum(['prices', 'delivery', 'efficiency', 'cars', 'voltage']),
  slot: z.number(),
  who: z.string(),
  far: z.number(),
  farUnit: z.string(),
  takes: z.number(),
  holds: z.number(),
  unit: z.string(),
});
export type WorstFindingPayload = z.infer<typeof worstFinding>;

const replayedDay = z.object({
  brokenSlots: z.number(),
  firstSlot: z.number().nullable(),
  limit: z.string(),
  unservedKwh: z.number(),
  /** Slots in which other limits break, as they may where each need hold with a probability only; 0 for days of a set. */
  givenUpSlots: z.number(),
});
/** The worst day of a plan carried out again, the same day with every deviation larger by `stretch`, and the cost with everything at its worst. */
export const worstReplay = z.object({
  /** Null where no deviation is planned for. */
  asStored: replayedDay.nullable(),
  further: replayedDay.nullable(),
  stretch: z.number(),
  cost: z.object({
    replayed: z.number(),
    planned: z.number(),
    items: z.array(z.object({ key: z.string(), label: z.string(), amount: z.number() })),
  }),
  /**
   * The worst day of full recourse dispatched again for whoever knows it, what it cost when it was found, and the bounds proven; null for plans that keep
   * no such day.
   */
  recourse: z
    .object({ replayed: z.number().nullable(), kept: z.number(), lower: z.number(), upper: z.number() })
    .nullable(),
});
export type WorstReplayPayload = z.infer<typeof worstReplay>;

/** Days behind a measured chance, and those of them that ran short. */
export const countedDays = z.object({
  /** Distinct days. */
  days: z.number(),
  short: z.array(
    z.object({
      label: z.string(),
      /** Times it was drawn. */
      times: z.number(),
      unservedKwh: z.number(),
      firstSlot: z.number().nullable(),
      limit: z.string(),
    }),
  ),
});
export type CountedDaysPayload = z.infer<typeof countedDays>;

export const outOfSample = z.object({
  days: z.number(),
  seed: z.number(),
  source: z.enum(['resampled-real-errors', 'normal']),
  /** Any violation in the day; and the largest frequency of one constraint. */
  anyViolation: measuredShare,
  largestSingle: measuredShare,
  /** exp(−α²/2L), and the sharper bound B(L, α). */
  bounds: z.object({ exponential: z.number(), binomial: z.number() }),
  expectedUnservedKwh: z.number(),
  /** Violation frequency per slot. */
  perSlot: numbers,
  /** 50 equally likely days, worst last: unserved energy each; > 0 is a violated day. */
  dots: z.array(z.object({ day: z.string(), unservedKwh: z.number() })),
  /** Null for days drawn from a law, and in plans tested before it was kept. */
  counted: countedDays.nullable(),
  /** The worst day drawn: its deviation per component, and the first limit that broke. */
  worstDay: z.object({
    label: z.string(),
    unservedKwh: z.number(),
    firstSlot: z.number().nullable(),
    limit: z.string(),
    deviationKw: z.array(namedSeries),
    netKw: numbers,
  }),
});
export type OutOfSamplePayload = z.infer<typeof outOfSample>;

export const backTest = z.object({
  days: z.array(
    z.object({ day: isoDay, unservedKwh: z.number(), violatedSlots: z.number(), firstSlot: z.number().nullable() }),
  ),
  violated: measuredShare,
});
export type BackTestPayload = z.infer<typeof backTest>;
