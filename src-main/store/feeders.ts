/** Feeders: written once, read back only while their content has its hash. */
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import { Refusal } from '../base/errors.ts';
import type { FeederInfo, FeederRecord, FeederStore } from '../planning/network/network-ports.ts';
import { addAudit } from './audit.ts';
import type { StoreParts } from './store-parts.ts';

export const feedersSql = {
  insert: `INSERT INTO feeders (id, name, source, licence, attribution, imported_ms, bus_count, branch_count, tie_count, base_kv, load_kw,
      load_kvar, files_json, network_json, content_hash)
    VALUES (:id, :name, :source, :licence, :attribution, :imported_ms, :bus_count, :branch_count, :tie_count, :base_kv, :load_kw,
      :load_kvar, :files_json, :network_json, :content_hash)`,
  byId: `SELECT *, json_extract(network_json, '$.topology') AS topology FROM feeders WHERE id = :id`,
  first: `SELECT *, json_extract(network_json, '$.topology') AS topology FROM feeders ORDER BY rowid LIMIT 1`,
  list: `SELECT id, name, source, licence, attribution, imported_ms, bus_count, branch_count, tie_count, base_kv, load_kw, load_kvar,
      files_json, json_extract(network_json, '$.topology') AS topology
    FROM feeders ORDER BY imported_ms DESC, rowid DESC`,
} as const;

interface InfoRow {
  id: string;
  name: string;
  source: string;
  licence: string;
  attribution: string;
  imported_ms: number;
  bus_count: number;
  branch_count: number;
  tie_count: number;
  base_kv: number;
  load_kw: number;
  load_kvar: number;
  files_json: string;
  /** Null: radial. */
  topology: 'meshed' | null;
}
type FeederRow = InfoRow & { network_json: string; content_hash: string };

export function feederStore({ nowMs, hash, read, gate }: StoreParts): FeederStore {
  return {
    saveFeeder: (record, operator) =>
      gate.write((connection) => {
        if (connection.get<FeederRow>(feedersSql.byId, { id: record.id })) return;
        const network_json = canonicalJson(record.network);
        connection.run(feedersSql.insert, {
          id: record.id,
          name: record.name,
          source: record.source,
          licence: record.licence,
          attribution: record.attribution,
          imported_ms: record.importedAtMs,
          bus_count: record.buses,
          branch_count: record.branches,
          tie_count: record.ties,
          base_kv: record.baseKv,
          load_kw: record.loadKw,
          load_kvar: record.loadKvar,
          files_json: canonicalJson(record.files),
          network_json,
          content_hash: hash(network_json),
        });
        const detail = { id: record.id, files: record.files };
        addAudit(connection, { operator, act: 'feeder.import', subject: record.name, detail }, nowMs());
      }),
    getFeeder: (id) => {
      const row = read((connection) =>
        id === null ? connection.get<FeederRow>(feedersSql.first) : connection.get<FeederRow>(feedersSql.byId, { id }),
      );
      if (!row) return null;
      if (hash(row.network_json) !== row.content_hash)
        throw new Refusal('bad-feeder', {
          feeder: `"${row.name}" in store`,
          problem: 'its content does not have its hash; it was altered after it was written',
          next: 'Restore a backup, or import the feeder again.',
        });
      return { ...infoOf(row), network: parseCanonicalJson(row.network_json) as FeederRecord['network'] };
    },
    listFeeders: () => read((connection) => connection.all<InfoRow>(feedersSql.list)).map(infoOf),
  };
}

const infoOf = (row: InfoRow): FeederInfo => ({
  id: row.id,
  name: row.name,
  topology: row.topology ?? 'radial',
  buses: row.bus_count,
  branches: row.branch_count,
  ties: row.tie_count,
  baseKv: row.base_kv,
  loadKw: row.load_kw,
  loadKvar: row.load_kvar,
  source: row.source,
  licence: row.licence,
  attribution: row.attribution,
  importedAtMs: row.imported_ms,
  files: parseCanonicalJson(row.files_json) as FeederInfo['files'],
});
