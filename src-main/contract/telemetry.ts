/** Telemetry & quality: series, flags, imports. */
import { z } from 'zod';
import { numbers, seriesPayload } from './series.ts';

export const seriesKind = z.enum(['load-actual', 'load-forecast', 'wind-actual', 'wind-forecast', 'price']);
export const importKind = z.enum(['load-actual', 'load-forecast', 'wind-actual', 'wind-forecast', 'price', 'sessions']);

export const seriesInfo = z.object({
  id: z.number(),
  kind: seriesKind,
  name: z.string(),
  unit: z.string(),
  zone: z.string(),
  stepMinutes: z.number(),
  source: z.string(),
  fromUtcMs: z.number(),
  toUtcMs: z.number(),
  valueCount: z.number(),
  flaggedCount: z.number(),
});
export type SeriesInfoPayload = z.infer<typeof seriesInfo>;

export const batchInfo = z.object({
  id: z.number(),
  kind: importKind,
  fileName: z.string(),
  fileHash: z.string(),
  importedAtMs: z.number(),
  rowCount: z.number(),
  storedCount: z.number(),
  flaggedCount: z.number(),
  replacedCount: z.number(),
});
export type BatchPayload = z.infer<typeof batchInfo>;

export const flagRange = z.object({
  id: z.number(),
  seriesId: z.number(),
  kind: z.string(),
  fromUtcMs: z.number(),
  toUtcMs: z.number(),
  count: z.number(),
  detail: z.string(),
  override: z
    .object({ verdict: z.enum(['good', 'bad']), reason: z.string(), operator: z.string(), atMs: z.number() })
    .nullable(),
});
export type FlagPayload = z.infer<typeof flagRange>;

/** How a file is read. Shown and edited before anything is stored. Columns are named by their header (or "column 3"). */
export const importMapping = z.object({
  encoding: z.string(),
  delimiter: z.string(),
  decimalMark: z.enum(['.', ',']),
  /** Row that holds the column names; 0-based. */
  headerRow: z.number(),
  /** Zone of local times, 'UTC', or 'in-text' when each time carries its offset. */
  zone: z.string(),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy', 'day-month-swapped']),
  /** Role → column name; roles: time, endTime, date, endDate, period, year, month, day, value, id, station, energy, power, capacity, arrivalSoc, departureSoc. */
  columns: z.record(z.string(), z.string()),
  /** Unit of the value column in the file: MW, kW, MWh-per-interval, EUR/MWh … ; for sessions of the energy column: kWh or Wh. */
  unit: z.string(),
  stepMinutes: z.number().nullable(),
  /** Value = column − subtract (e.g. wind = load − residual load). Empty: none. */
  subtractColumn: z.string(),
  seriesName: z.string(),
  source: z.string(),
});
export type ImportMappingPayload = z.infer<typeof importMapping>;

export const importPreview = z.object({
  uploadId: z.string(),
  fileName: z.string(),
  kind: importKind,
  mapping: importMapping,
  certain: z.boolean(),
  /** What the guess is unsure of, in words, and the choices. */
  doubts: z.array(z.object({ field: z.string(), why: z.string(), choices: z.array(z.string()) })),
  columns: z.array(z.string()),
  /** First rows as read: raw cells, the instant and value they become, and what is wrong with them. */
  rows: z.array(
    z.object({ row: z.number(), cells: z.array(z.string()), time: z.string(), value: z.string(), problem: z.string() }),
  ),
  /** Things worth knowing that need no decision: "thousands separators", "23-hour day 2022-03-27". */
  notes: z.array(z.string()),
});
export type ImportPreviewPayload = z.infer<typeof importPreview>;

const fleetStation = z.object({
  station: z.string(),
  count: z.number(),
  usable: z.number(),
  fromUtcMs: z.number(),
  toUtcMs: z.number(),
});

export const telemetryCalls = {
  'telemetry.series': { request: z.object({}), response: z.array(seriesInfo) },
  'telemetry.read': {
    request: z.object({ seriesId: z.number(), fromUtcMs: z.number(), toUtcMs: z.number() }),
    response: seriesPayload,
  },
  /** Valid share and flagged count per local day: the heat strip. */
  'telemetry.days': {
    request: z.object({ seriesId: z.number() }),
    response: z.object({ days: z.array(z.string()), validShare: numbers, flagged: numbers }),
  },
  'telemetry.flags': {
    request: z.object({
      seriesId: z.number().optional(),
      kind: z.string().optional(),
      offset: z.number(),
      limit: z.number().max(1000),
    }),
    response: z.object({ total: z.number(), ranges: z.array(flagRange) }),
  },
  'telemetry.override': {
    request: z.object({ flagId: z.number(), verdict: z.enum(['good', 'bad']), reason: z.string() }),
    response: flagRange,
  },
  'telemetry.markBad': {
    request: z.object({ seriesId: z.number(), fromUtcMs: z.number(), toUtcMs: z.number(), reason: z.string() }),
    response: flagRange,
  },
  'telemetry.batches': { request: z.object({}), response: z.array(batchInfo) },
  'telemetry.stations': { request: z.object({}), response: z.array(fleetStation) },
  /** Preview of an uploaded file; with `mapping`, of that reading of it. */
  'telemetry.preview': {
    request: z.object({ uploadId: z.string(), kind: importKind, mapping: importMapping.optional() }),
    response: importPreview,
  },
  /** Imports as one transaction; progress and the end arrive as job events. */
  'telemetry.import': {
    request: z.object({ uploadId: z.string(), kind: importKind, mapping: importMapping }),
    response: z.object({ jobId: z.string() }),
  },
  /** Cleaned values as CSV text (ISO 8601 with offset, units in the header), and the flags as CSV. */
  'telemetry.export': {
    request: z.object({ seriesId: z.number(), what: z.enum(['values', 'flags']) }),
    response: z.object({ fileName: z.string(), text: z.string() }),
  },
};
