import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { dumpSchema } from '../src-main/store/dump-schema.ts';
import { readMigrations } from '../src-main/store/migrations.ts';
import { openFile } from '../src-main/store/open-file.ts';
import { temporaryFile } from '../src-main/store/temporary-file.ts';

export const migrationsDirectory = fileURLToPath(new URL('./migrations', import.meta.url));
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The schema that all migrations together give an empty database. */
export function freshSchema(): string {
  const { file, dispose } = temporaryFile();
  const connection = openFile(file, readMigrations(migrationsDirectory, sha256), () => 0);
  try {
    return dumpSchema(connection);
  } finally {
    connection.close();
    dispose();
  }
}
