/** Telemetry & quality: series, flags, imports. */
import { z } from 'zod';
import { isoDay, numbers, seriesPayload } from './series.ts';

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
    z.object({
      row: z.number(),
      cells: z.array(z.string()),
      time: z.string(),
      /** Null where the row has no number. */
      value: z.number().nullable(),
      unit: z.string(),
      problem: z.string(),
    }),
  ),
  /** Things worth knowing that need no decision: "thousands separators", "23-hour day 2022-03-27". */
  notes: z.array(z.string()),
});
export type ImportPreviewPayload = z.infer<typeof importPreview>;

/** How missing and flagged values of a kind are stood in for; base/fill-gaps.ts says what the methods do. */
export const fillRule = z.object({
  /** Longest gap a straight line may cross; 0: none. */
  lineMinutes: z.number().int().min(0).max(1440),
  longer: z.enum(['week-before', 'day-before', 'last-value', 'leave-out']),
});
export type FillRulePayload = z.infer<typeof fillRule>;

/** What the rules make up in the days that a fit of the planning day reads. */
const fillReport = z.object({
  fromDay: isoDay,
  toDay: isoDay,
  kinds: z.array(
    z.object({
      kind: seriesKind,
      rule: fillRule,
      /** Values on a line, by the rule for longer gaps, left open; null without a series in the window. */
      counts: z.object({ line: z.number(), longer: z.number(), open: z.number() }).nullable(),
    }),
  ),
});
export type FillReportPayload = z.infer<typeof fillReport>;

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
  /** Null while no day can be planned. */
  'telemetry.fillRules': {
    request: z.object({ windowDays: z.number().int().min(10).max(400) }),
    response: fillReport.nullable(),
  },
  'telemetry.setFillRule': {
    request: z.object({ kind: seriesKind, rule: fillRule }),
    response: z.object({ kind: seriesKind, rule: fillRule }),
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
