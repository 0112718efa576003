/** Writes db/schema.sql anew from the migrations. Run: node db/write-schema.ts */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freshSchema } from './fresh-schema.ts';

writeFileSync(fileURLToPath(new URL('./schema.sql', import.meta.url)), freshSchema());
