/** The definition of mobile storage, as versioned JSON; every version stays. */
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import type { MobileStorage } from '../planning/sms/mobile-storage.ts';
import { addAudit } from './audit.ts';
import type { Connection } from './connection.ts';

export const mobileDefinitionSql = {
  insert: `INSERT INTO mobile_storage (saved_ms, operator, storage_json) VALUES (:savedMs, :operator, :storageJson)`,
  newest: `SELECT storage_json FROM mobile_storage ORDER BY version DESC LIMIT 1`,
} as const;

export function getMobileStorage(connection: Connection): MobileStorage | null {
  const row = connection.get<{ storage_json: string }>(mobileDefinitionSql.newest);
  return row && (parseCanonicalJson(row.storage_json) as MobileStorage);
}

/** Adds a version and says so in the audit log. */
export function saveMobileStorage(
  connection: Connection,
  storage: MobileStorage,
  operator: string,
  savedMs: number,
): void {
  const { id } = connection.run(mobileDefinitionSql.insert, { savedMs, operator, storageJson: canonicalJson(storage) });
  const detail = { version: id, trucks: storage.trucks.length, grids: storage.grids.length };
  addAudit(connection, { operator, act: 'mobile-storage.save', subject: 'mobile storage', detail }, savedMs);
}
