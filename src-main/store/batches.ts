import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import type { BatchInfo, NewBatch } from '../planning/ports.ts';
import type { ImportKind } from '../telemetry/types.ts';
import type { Connection } from './connection.ts';

interface BatchRow {
  id: number;
  kind: string;
  file_name: string;
  file_hash: string;
  imported_ms: number;
  row_count: number;
  stored_count: number;
  flagged_count: number;
  replaced_count: number;
  mapping_json: string;
}

export interface BatchCounts {
  rowCount: number;
  storedCount: number;
  flaggedCount: number;
  replacedCount: number;
}

export const batchesSql = {
  insert: `INSERT INTO batches (kind, file_name, file_hash, imported_ms, mapping_json)
    VALUES (:kind, :fileName, :fileHash, :importedMs, :mappingJson)`,
  finish: `UPDATE batches SET row_count = :rowCount, stored_count = :storedCount, flagged_count = :flaggedCount,
    replaced_count = :replacedCount WHERE id = :id`,
  byId: `SELECT * FROM batches WHERE id = :id`,
  newestOfFile: `SELECT * FROM batches WHERE file_hash = :fileHash AND kind = :kind ORDER BY id DESC LIMIT 1`,
  all: `SELECT * FROM batches ORDER BY id DESC`,
} as const;

export function insertBatch(connection: Connection, batch: NewBatch, importedMs: number): number {
  const { kind, fileName, fileHash, mapping } = batch;
  const mappingJson = canonicalJson(mapping ?? null);
  return connection.run(batchesSql.insert, { kind, fileName, fileHash, importedMs, mappingJson }).id;
}

export function finishBatch(connection: Connection, id: number, counts: BatchCounts): BatchInfo {
  connection.run(batchesSql.finish, { id, ...counts });
  return toBatch(connection.get<BatchRow>(batchesSql.byId, { id })!);
}

/** The newest import of this very file as this kind. */
export function findBatch(connection: Connection, fileHash: string, kind: ImportKind): BatchInfo | null {
  const row = connection.get<BatchRow>(batchesSql.newestOfFile, { fileHash, kind });
  return row && toBatch(row);
}

/** Every import, newest first. */
export function listBatches(connection: Connection): BatchInfo[] {
  return connection.all<BatchRow>(batchesSql.all).map(toBatch);
}

function toBatch(row: BatchRow): BatchInfo {
  return {
    id: row.id,
    kind: row.kind as ImportKind,
    fileName: row.file_name,
    fileHash: row.file_hash,
    importedAtMs: row.imported_ms,
    rowCount: row.row_count,
    storedCount: row.stored_count,
    flaggedCount: row.flagged_count,
    replacedCount: row.replaced_count,
    mapping: parseCanonicalJson(row.mapping_json),
  };
}
