/** Road networks: what is stored, its geometry for the map, and how files become one. */
import { z } from 'zod';
import { numbers } from './series.ts';

/** A terminal as map and stringline take it: where it stands, and whose. */
export const placedTerminal = z.object({
  id: z.string(),
  name: z.string(),
  /** Node index of the network's geometry. */
  node: z.number(),
  /** Index of the grid; null for a depot. */
  grid: z.number().nullable(),
  places: z.number(),
});

/** One version of a network. It never changes; importing again makes another. */
export const roadsSummary = z.object({
  id: z.string(),
  name: z.string(),
  nodes: z.number(),
  links: z.number(),
  source: z.string(),
  licence: z.string(),
  /** What the map must say wherever the network is shown; empty when nothing. */
  attribution: z.string(),
  importedAtMs: z.number(),
  /** SHA-256 of each file it was read from. */
  files: z.array(z.object({ name: z.string(), hash: z.string() })),
});
export type RoadsSummaryPayload = z.infer<typeof roadsSummary>;

/** Nodes and one-way links as flat arrays: index i everywhere is node i or link i. Indices travel as whole numbers in doubles. */
export const roadsGeometry = roadsSummary.extend({
  /** 'degrees': x is longitude, y latitude. 'drawing': the file's own units. 'none': no coordinates, x and y are NaN. */
  coordinates: z.enum(['degrees', 'drawing', 'none']),
  nodeIds: z.array(z.string()),
  x: numbers,
  y: numbers,
  linkFrom: numbers,
  linkTo: numbers,
  freeFlowMinutes: numbers,
  /** NaN where not known. */
  lengthKm: numbers,
  /** Index into `classes`. */
  linkClass: numbers,
  classes: z.array(z.string()),
  /** Index into `names`; names[0] is ''. */
  linkName: numbers,
  names: z.array(z.string()),
});
export type RoadsGeometryPayload = z.infer<typeof roadsGeometry>;

export const roadFormat = z.enum(['tntp', 'csv']);

/** Columns of a table of links (empty: the file has none) and the units of its numbers. */
export const linkMapping = z.object({
  encoding: z.string(),
  delimiter: z.string(),
  decimalMark: z.enum(['.', ',']),
  columns: z.object({
    from: z.string(),
    to: z.string(),
    time: z.string(),
    length: z.string(),
    speed: z.string(),
    capacity: z.string(),
    congestionFactor: z.string(),
    congestionPower: z.string(),
    flow: z.string(),
    name: z.string(),
    roadClass: z.string(),
  }),
  timeUnit: z.enum(['minutes', 'hours', 'seconds', 'hundredths-of-hour']),
  lengthUnit: z.enum(['km', 'm', 'miles', 'feet']),
  speedUnit: z.enum(['km/h', 'mph', 'm/s']),
});
export const nodeMapping = z.object({
  encoding: z.string(),
  delimiter: z.string(),
  decimalMark: z.enum(['.', ',']),
  columns: z.object({ id: z.string(), x: z.string(), y: z.string() }),
  firstThroughNode: z.number(),
});

/** How the files of a network are read. TNTP says what its columns are, but not the units. */
export const roadsMapping = z.discriminatedUnion('format', [
  z.object({
    format: z.literal('tntp'),
    timeUnit: linkMapping.shape.timeUnit,
    lengthUnit: z.enum(['km', 'm', 'miles', 'feet', 'unknown']),
    /** Whether the x and y of the node file are longitude and latitude. */
    coordinates: z.enum(['degrees', 'drawing']),
  }),
  z.object({
    format: z.literal('csv'),
    links: linkMapping,
    nodes: nodeMapping.nullable(),
    coordinates: z.enum(['degrees', 'drawing']),
  }),
]);
export type RoadsMappingPayload = z.infer<typeof roadsMapping>;

/** Uploads by the part they play; `nodes` null: a network without a map. */
const roadUploads = z.object({ links: z.string(), nodes: z.string().nullable() });

export const roadsPreview = z.object({
  uploads: roadUploads,
  mapping: roadsMapping,
  /** Sentences about what the file does not say; units then stand at what is usual. */
  doubts: z.array(z.string()),
  linkColumns: z.array(z.string()),
  nodeColumns: z.array(z.string()),
  nodes: z.number(),
  links: z.number(),
  /** First links as read. */
  rows: z.array(
    z.object({
      row: z.number(),
      from: z.string(),
      to: z.string(),
      minutes: z.number(),
      lengthKm: z.number().or(z.nan()),
    }),
  ),
  /** "3 of 24 nodes cannot be reached from the largest connected part". */
  notes: z.array(z.string()),
});
export type RoadsPreviewPayload = z.infer<typeof roadsPreview>;

export const roadsCalls = {
  /** Newest first. */
  'roads.list': { request: z.object({}), response: z.array(roadsSummary) },
  /** Without an id: the network mobile storage drives on, null when there is none. */
  'roads.get': { request: z.object({ roadsId: z.string().optional() }), response: roadsGeometry.nullable() },
  'roads.preview': {
    request: z.object({ uploads: roadUploads, mapping: roadsMapping.optional() }),
    response: roadsPreview,
  },
  /** One transaction. Result of the job: { roadsId }. */
  'roads.import': {
    request: z.object({
      uploads: roadUploads,
      mapping: roadsMapping,
      name: z.string().min(1),
      source: z.string(),
      licence: z.string(),
      attribution: z.string(),
    }),
    response: z.object({ jobId: z.string() }),
  },
};
