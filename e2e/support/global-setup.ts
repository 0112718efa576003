/** Before all flows: the database templates. Returns what removes them. */
import { rm } from 'node:fs/promises';
import { makeTemplates, templatesVariable } from './databases.ts';

export default async function globalSetup(): Promise<() => Promise<void>> {
  const folder = await makeTemplates();
  process.env[templatesVariable] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
