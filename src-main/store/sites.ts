/** The site, as versioned JSON; every version stays. */
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import type { Site } from '../planning/site.ts';
import { addAudit } from './audit.ts';
import type { Connection } from './connection.ts';

export const sitesSql = {
  insert: `INSERT INTO sites (saved_ms, operator, site_json) VALUES (:savedMs, :operator, :siteJson)`,
  newestSavedMs: `SELECT saved_ms FROM sites ORDER BY version DESC LIMIT 1`,
  newest: `SELECT site_json FROM sites ORDER BY version DESC LIMIT 1`,
} as const;

export function getSite(connection: Connection): Site | null {
  const row = connection.get<{ site_json: string }>(sitesSql.newest);
  return row && (parseCanonicalJson(row.site_json) as Site);
}

export function siteSavedMs(connection: Connection): number | null {
  return connection.get<{ saved_ms: number }>(sitesSql.newestSavedMs)?.saved_ms ?? null;
}

/** Adds a version and says so in the audit log. */
export function saveSite(connection: Connection, site: Site, operator: string, savedMs: number): void {
  const { id } = connection.run(sitesSql.insert, { savedMs, operator, siteJson: canonicalJson(site) });
  addAudit(connection, { operator, act: 'site.save', subject: site.name, detail: { version: id } }, savedMs);
}
