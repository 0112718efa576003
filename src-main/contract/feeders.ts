/** Feeders: what is stored, and how files become one. */
import { z } from 'zod';
import { errorReport } from './error-report.ts';

/** 'radial': a tree, planned on by its voltages; 'meshed': with loops, planned on by the flows of its lines. Radial where it is not said. */
export const topology = z.enum(['radial', 'meshed']);

/** One version of a feeder or meshed network. It never changes; importing again makes another. */
export const feederSummary = z.object({
  id: z.string(),
  name: z.string(),
  topology,
  buses: z.number(),
  /** Closed branches, and tie switches that are kept open. */
  branches: z.number(),
  ties: z.number(),
  baseKv: z.number(),
  /** Of the loads its own file states. */
  loadKw: z.number(),
  loadKvar: z.number(),
  source: z.string(),
  licence: z.string(),
  /** What a drawing of it must say; empty when nothing. */
  attribution: z.string(),
  importedAtMs: z.number(),
  /** SHA-256 of each file it was read from. */
  files: z.array(z.object({ name: z.string(), hash: z.string() })),
});
export type FeederSummaryPayload = z.infer<typeof feederSummary>;

/** How the files are read: a MATPOWER case says it itself; tables by their columns (empty: there is none) and units. */
export const feederMapping = z.discriminatedUnion('format', [
  z.object({ format: z.literal('matpower'), topology: topology.optional() }),
  z.object({
    format: z.literal('csv'),
    topology: topology.optional(),
    encoding: z.string(),
    delimiter: z.string(),
    decimalMark: z.enum(['.', ',']),
    buses: z.object({
      id: z.string(),
      type: z.string(),
      load: z.string(),
      reactive: z.string(),
      capacitor: z.string().optional(),
      baseKv: z.string(),
      voltageMax: z.string(),
      voltageMin: z.string(),
      x: z.string(),
      y: z.string(),
    }),
    branches: z.object({
      from: z.string(),
      to: z.string(),
      resistance: z.string(),
      reactance: z.string(),
      limit: z.string(),
      status: z.string(),
    }),
    loadUnit: z.enum(['kW', 'MW']),
    impedanceUnit: z.enum(['ohm', 'pu']),
    baseMva: z.number().positive(),
    baseKv: z.number().positive().nullable(),
    slackVoltagePu: z.number().positive(),
  }),
]);
export type FeederMappingPayload = z.infer<typeof feederMapping>;

/** Uploads by the part they play; `branches` null: `buses` is a whole MATPOWER case; `coordinates`: a list of bus, x and y. */
const feederUploads = z.object({
  buses: z.string(),
  branches: z.string().nullable(),
  coordinates: z.string().nullable().optional(),
});
export type FeederUploads = z.infer<typeof feederUploads>;

/** 'case': a whole MATPOWER case. */
export const feederRole = z.enum(['case', 'buses', 'branches', 'coordinates']);
export type FeederRole = z.infer<typeof feederRole>;

/** What the files make when read as mapped. */
const feederReading = z.object({
  topology,
  buses: z.number(),
  branches: z.number(),
  ties: z.number(),
  baseKv: z.number(),
  loadKw: z.number(),
  loadKvar: z.number(),
  /** Buses with a place in a drawing. */
  placed: z.number(),
  /** First branches as read. */
  rows: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      rOhm: z.number(),
      xOhm: z.number(),
      state: z.enum(['closed', 'open']),
    }),
  ),
  /** An AC power flow of the loads in the file: a first sight of whether they were read rightly. Null: it has no solution, or the network is meshed. */
  flow: z.object({ lossKw: z.number(), lowestPu: z.number(), lowestBus: z.string() }).nullable(),
  /** The same in a sentence, and what of a list of places does not fit. */
  notes: z.array(z.string()),
});
export type FeederReadingPayload = z.infer<typeof feederReading>;

export const feederPreview = z.object({
  uploads: feederUploads,
  mapping: feederMapping,
  /** Sentences about what the files do not say; units then stand at what is usual. */
  doubts: z.array(z.string()),
  busColumns: z.array(z.string()),
  branchColumns: z.array(z.string()),
  /** Null when it was refused: then `refused` says why, by bus or branch. */
  reading: feederReading.nullable(),
  refused: errorReport.nullable(),
});
export type FeederPreviewPayload = z.infer<typeof feederPreview>;

export const feederCalls = {
  /** Newest first. */
  'feeders.list': { request: z.object({}), response: z.array(feederSummary) },
  /** Null id: the first imported, on which a site stands that names none. */
  'feeders.get': {
    request: z.object({ feederId: z.string().nullable() }),
    response: feederSummary.extend({
      slackBus: z.string(),
      slackVoltagePu: z.number(),
      /** As the files list them; x and y null where no place is given. */
      busList: z.array(
        z.object({
          id: z.string(),
          loadKw: z.number(),
          loadKvar: z.number(),
          x: z.number().nullable(),
          y: z.number().nullable(),
        }),
      ),
      branchList: z.array(
        z.object({
          from: z.string(),
          to: z.string(),
          state: z.enum(['closed', 'open']),
          limitMva: z.number().nullable(),
        }),
      ),
    }),
  },
  /** The part each file plays, in the order given, by its name and first line. */
  'feeders.recognise': {
    request: z.object({ uploads: z.array(z.string()).min(1).max(8) }),
    response: z.object({ roles: z.array(feederRole) }),
  },
  'feeders.preview': {
    request: z.object({ uploads: feederUploads, mapping: feederMapping.optional() }),
    response: feederPreview,
  },
  /** One transaction. Result of the job: { feederId }. */
  'feeders.import': {
    request: z.object({
      uploads: feederUploads,
      mapping: feederMapping,
      name: z.string().min(1),
      source: z.string(),
      licence: z.string(),
      attribution: z.string(),
    }),
    response: z.object({ jobId: z.string() }),
  },
};
