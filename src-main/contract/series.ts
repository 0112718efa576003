/** Numbers on the wire: typed arrays with a validated header, never row objects. */
import { z } from 'zod';

export const numbers: z.ZodType<Float64Array> = z.instanceof(Float64Array);
const flagNumbers: z.ZodType<Uint16Array> = z.instanceof(Uint16Array);
/** A number that may be missing: NaN says so, and travels. */
export const measured = z.union([z.number(), z.nan()]);
export const isoDay = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** A regular series: value i covers [startUtcMs + i·stepMinutes, + stepMinutes). NaN = no value. `flags` bits: telemetry/types. */
export const seriesPayload = z
  .object({
    startUtcMs: z.number(),
    stepMinutes: z.number().positive(),
    unit: z.string(),
    length: z.number().int().nonnegative(),
    values: numbers,
    flags: flagNumbers,
  })
  .refine(
    (series) => series.values.length === series.length && series.flags.length === series.length,
    'length mismatch',
  );
export type SeriesPayload = z.infer<typeof seriesPayload>;

/** The horizon every slot array of a payload is indexed by. */
export const horizonPayload = z.object({
  day: isoDay,
  zone: z.string(),
  startUtcMs: z.number(),
  slotMinutes: z.union([z.literal(15), z.literal(30), z.literal(60)]),
  slots: z.number().int().positive(),
  /** Wall-clock start of each slot: "14:15", "02:15+01" in a doubled hour. */
  labels: z.array(z.string()),
});
export type HorizonPayload = z.infer<typeof horizonPayload>;

export const measuredShare = z.object({
  hits: z.number(),
  trials: z.number(),
  share: measured,
  lower: measured,
  upper: measured,
});
export type MeasuredSharePayload = z.infer<typeof measuredShare>;
