import type { Connection } from './connection.ts';

export const settingsSql = {
  get: `SELECT value FROM settings WHERE key = :key`,
  set: `INSERT INTO settings (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
} as const;

export function getSetting(connection: Connection, key: string): string | null {
  return connection.get<{ value: string }>(settingsSql.get, { key })?.value ?? null;
}

export function setSetting(connection: Connection, key: string, value: string): void {
  connection.run(settingsSql.set, { key, value });
}
