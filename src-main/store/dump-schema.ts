import type { Connection } from './connection.ts';

export const dumpSchemaSql = {
  all: `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
    ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, tbl_name, name`,
} as const;

/** The schema as SQL text: tables, indices, triggers. What db/schema.sql holds. */
export function dumpSchema(connection: Connection): string {
  const statements = connection.all<{ sql: string }>(dumpSchemaSql.all).map(({ sql }) => `${sql};\n`);
  return `-- Generated from db/migrations by "node db/write-schema.ts"; not edited by hand.\n\n${statements.join('\n')}`;
}
