import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { migrationsDirectory, sha256 } from './fixtures/open-at.ts';
import { scratchFolder } from './fixtures/scratch.ts';
import { readMigrations } from './migrations.ts';
import { openFile } from './open-file.ts';
import { sampleWriterSql } from './sample-writer.ts';

const room = fileURLToPath(new URL('.', import.meta.url));
const sources = readdirSync(room).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

it('every statement of the room fits the migrated schema', async () => {
  const connection = openFile(`${scratchFolder()}/store.db`, readMigrations(migrationsDirectory, sha256), () => 0);
  onTestFinished(() => connection.close());
  connection.run(sampleWriterSql.createMarks);
  let prepared = 0;
  for (const file of sources) {
    const module = (await import(/* @vite-ignore */ room + file)) as Record<string, unknown>;
    for (const [name, statements] of Object.entries(module)) {
      if (!name.endsWith('Sql')) continue;
      for (const [key, sql] of Object.entries(statements as Record<string, string>)) {
        expect(() => connection.database.prepare(sql), `${file} ${name}.${key}`).not.toThrow();
        prepared++;
      }
    }
  }
  expect(prepared).toBeGreaterThan(50);
});

it('no statement hides outside the named constants', () => {
  for (const file of sources) {
    const text = readFileSync(room + file, 'utf8').replaceAll(/^export const \w+Sql = \{[^]*?^\} as const;/gm, '');
    expect(text, file).not.toMatch(/\b(SELECT .* FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/);
    expect(text, file).not.toMatch(/\.(get|all|run|iterate)(<[^>]*>)?\(\s*['"`]/);
  }
});
