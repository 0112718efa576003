/** Takes the files of a road network in: how they would be read, and the network stored as a version of its own. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { Refusal } from '../../base/errors.ts';
import { joinRoads, nodesOfLinks } from '../../telemetry/roads/join-roads.ts';
import { readRoadLinks } from '../../telemetry/roads/read-road-links.ts';
import { readRoadNodes } from '../../telemetry/roads/read-road-nodes.ts';
import { readTntpLinks } from '../../telemetry/roads/read-tntp-links.ts';
import { readTntpNodes } from '../../telemetry/roads/read-tntp-nodes.ts';
import {
  guessLinkMapping,
  guessNodeMapping,
  type LinkMapping,
  type NodeMapping,
} from '../../telemetry/roads/road-mapping.ts';
import type { RoadNetwork } from '../../telemetry/roads/road-network.ts';
import type { LengthUnit, TimeUnit } from '../../telemetry/roads/road-units.ts';
import type { ByteSource } from '../../telemetry/source.ts';
import { headerOf } from './header-of.ts';
import { reachWords } from './reach-words.ts';
import type { RoadsRecord } from '../sms/mobile-ports.ts';
import type { PlanTools } from '../tools.ts';

export type RoadsMapping =
  | { format: 'tntp'; timeUnit: TimeUnit; lengthUnit: LengthUnit | 'unknown'; coordinates: 'degrees' | 'drawing' }
  | { format: 'csv'; links: LinkMapping; nodes: NodeMapping | null; coordinates: 'degrees' | 'drawing' };

export interface RoadFiles {
  links: ByteSource;
  /** Null: a network without a map. */
  nodes: ByteSource | null;
}

export interface RoadsPreview {
  mapping: RoadsMapping;
  doubts: string[];
  linkColumns: string[];
  nodeColumns: string[];
  nodes: number;
  links: number;
  rows: { row: number; from: string; to: string; minutes: number; lengthKm: number }[];
  notes: string[];
}

const shownRows = 8;

/** Nothing is stored. @throws Refusal `import-bad-row`, `import-column-missing`, `roads-unusable` */
export async function previewRoads(files: RoadFiles, given: RoadsMapping | null): Promise<RoadsPreview> {
  const linkColumns = await headerOf(files.links);
  const nodeColumns = files.nodes ? await headerOf(files.nodes) : [];
  const guess = guessMapping(linkColumns, nodeColumns, files);
  const mapping = given ?? guess.mapping;
  const network = await readNetwork(files, mapping, neverCancelled);
  return {
    mapping,
    doubts: given ? [] : guess.doubts,
    linkColumns,
    nodeColumns,
    nodes: network.nodes.length,
    links: network.links.length,
    rows: network.links
      .slice(0, shownRows)
      .map(({ row, from, to, freeFlowMinutes, lengthKm }) => ({ row, from, to, minutes: freeFlowMinutes, lengthKm })),
    notes: reachWords(network),
  };
}

export interface RoadsWish {
  files: RoadFiles;
  mapping: RoadsMapping;
  name: string;
  source: string;
  licence: string;
  attribution: string;
}

/** Named by content: the same network twice is one. @throws as `previewRoads`, and `cancelled`. */
export async function importRoads(
  { store, clock, hash }: Pick<PlanTools, 'store' | 'clock' | 'hash'>,
  { files, mapping, ...about }: RoadsWish,
  signal: CancelSignal = neverCancelled,
): Promise<RoadsRecord> {
  const { nodes, links } = await readNetwork(files, mapping, signal);
  const network = { nodes, links: links.map(({ row: _row, ...link }) => link) };
  const coordinates = files.nodes === null ? ('none' as const) : mapping.coordinates;
  const sources = files.nodes === null ? [files.links] : [files.nodes, files.links];
  const digest = hash(canonicalJson({ ...about, coordinates, network })).slice(0, 8);
  const record: RoadsRecord = {
    ...about,
    id: `roads-${digest}`,
    nodes: nodes.length,
    links: links.length,
    importedAtMs: clock.nowMs(),
    files: await Promise.all(sources.map(async (file) => ({ name: file.name, hash: await file.hash() }))),
    coordinates,
    network,
  };
  if (signal.cancelled) throw new Refusal('cancelled', { what: `The import of ${files.links.name}` });
  await store.whenWritable();
  store.saveRoads(record);
  return record;
}

async function readNetwork(files: RoadFiles, mapping: RoadsMapping, signal: CancelSignal): Promise<RoadNetwork> {
  const file = files.links.name;
  if (mapping.format === 'tntp') {
    const units = { time: mapping.timeUnit, length: mapping.lengthUnit };
    const read = await readTntpLinks(files.links, units, signal);
    const nodes = files.nodes
      ? await readTntpNodes(files.nodes, read.firstThroughNode, signal)
      : nodesOfLinks(read.links, read.firstThroughNode);
    return requireSome(file, joinRoads(file, nodes, read.links));
  }
  const links = await readRoadLinks(files.links, mapping.links, signal);
  if (files.nodes && !mapping.nodes)
    throw new Refusal('roads-unusable', { file: files.nodes.name, problem: 'nobody has said how it is read' });
  const nodes = files.nodes ? await readRoadNodes(files.nodes, mapping.nodes!, signal) : nodesOfLinks(links);
  return requireSome(file, joinRoads(file, nodes, links));
}

function requireSome(file: string, network: RoadNetwork): RoadNetwork {
  if (network.links.length === 0) throw new Refusal('roads-unusable', { file, problem: 'it has no link' });
  return network;
}

function guessMapping(
  linkColumns: readonly string[],
  nodeColumns: readonly string[],
  files: RoadFiles,
): { mapping: RoadsMapping; doubts: string[] } {
  if (linkColumns[0]?.startsWith('<') === true) {
    const doubts = [
      `${files.links.name} does not say in what its free-flow times are; taken as minutes`,
      `${files.links.name} does not say in what its lengths are; taken as not known`,
      ...(files.nodes ? [`${files.nodes.name} does not say what its coordinates are; taken as degrees`] : []),
    ];
    return { mapping: { format: 'tntp', timeUnit: 'minutes', lengthUnit: 'unknown', coordinates: 'degrees' }, doubts };
  }
  const links = guessLinkMapping(linkColumns);
  const nodes = files.nodes ? guessNodeMapping(nodeColumns) : null;
  const named = nodes !== null && /^lon/i.test(nodes.columns.x);
  const doubts = [...links.doubts];
  if (nodes && !named)
    doubts.push(`columns "${nodes.columns.x}" and "${nodes.columns.y}" are taken as a drawing, not as degrees`);
  return {
    mapping: { format: 'csv', links: links.mapping, nodes, coordinates: named ? 'degrees' : 'drawing' },
    doubts,
  };
}
