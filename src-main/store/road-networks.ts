/** Road networks: written once, read back only while their content has its hash. */
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import { Refusal } from '../base/errors.ts';
import type { RoadsInfo, RoadsRecord } from '../planning/sms/mobile-ports.ts';
import type { Hasher } from '../planning/ports.ts';
import type { Connection } from './connection.ts';

export const roadNetworksSql = {
  insert: `INSERT INTO road_networks (id, name, source, licence, attribution, imported_ms, node_count, link_count, files_json,
      network_json, content_hash)
    VALUES (:id, :name, :source, :licence, :attribution, :imported_ms, :node_count, :link_count, :files_json, :network_json,
      :content_hash)`,
  byId: `SELECT * FROM road_networks WHERE id = :id`,
  first: `SELECT * FROM road_networks ORDER BY rowid LIMIT 1`,
  list: `SELECT id, name, source, licence, attribution, imported_ms, node_count, link_count, files_json FROM road_networks
    ORDER BY imported_ms DESC, rowid DESC`,
} as const;

interface InfoRow {
  id: string;
  name: string;
  source: string;
  licence: string;
  attribution: string;
  imported_ms: number;
  node_count: number;
  link_count: number;
  files_json: string;
}
type NetworkRow = InfoRow & { network_json: string; content_hash: string };

export function saveRoads(connection: Connection, record: RoadsRecord, hash: Hasher): void {
  if (connection.get<NetworkRow>(roadNetworksSql.byId, { id: record.id })) return;
  const { coordinates, network } = record;
  const network_json = canonicalJson({ coordinates, ...network });
  connection.run(roadNetworksSql.insert, {
    id: record.id,
    name: record.name,
    source: record.source,
    licence: record.licence,
    attribution: record.attribution,
    imported_ms: record.importedAtMs,
    node_count: record.nodes,
    link_count: record.links,
    files_json: canonicalJson(record.files),
    network_json,
    content_hash: hash(network_json),
  });
}

/** @throws Refusal `roads-unusable` when its content does not have its hash. */
export function getRoads(connection: Connection, id: string | null, hash: Hasher): RoadsRecord | null {
  const row =
    id === null
      ? connection.get<NetworkRow>(roadNetworksSql.first)
      : connection.get<NetworkRow>(roadNetworksSql.byId, { id });
  if (!row) return null;
  if (hash(row.network_json) !== row.content_hash)
    throw new Refusal('roads-unusable', {
      file: `The stored network "${row.name}"`,
      problem: 'its content does not have its hash; it was altered after it was written',
    });
  const { coordinates, ...network } = parseCanonicalJson(row.network_json) as RoadsRecord['network'] &
    Pick<RoadsRecord, 'coordinates'>;
  return { ...infoOf(row), coordinates, network };
}

/** Newest first. */
export function listRoads(connection: Connection): RoadsInfo[] {
  return connection.all<InfoRow>(roadNetworksSql.list).map(infoOf);
}

const infoOf = (row: InfoRow): RoadsInfo => ({
  id: row.id,
  name: row.name,
  nodes: row.node_count,
  links: row.link_count,
  source: row.source,
  licence: row.licence,
  attribution: row.attribution,
  importedAtMs: row.imported_ms,
  files: parseCanonicalJson(row.files_json) as RoadsInfo['files'],
});
