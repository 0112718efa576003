/** Files that commands write: never over another unless told, and whole or not at all. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeWhole, type Existing } from '../../store/whole-file.ts';
import type { CommandOption, OptionValues } from './command.ts';

export const forceOption: Readonly<Record<string, CommandOption>> = {
  force: { type: 'boolean', help: 'Replace a file that is already there.' },
};

export const existingOf = (values: OptionValues): Existing => (values.force === true ? 'replace' : 'keep');

/** @throws Refusal `file-exists`, `file-unwritable` */
export async function writeText(
  file: string,
  text: string,
  existing: Existing,
): Promise<{ file: string; bytes: number }> {
  const path = resolve(file);
  const bytes = await writeWhole(path, existing, (unfinished) => writeFileSync(unfinished, text));
  return { file: path, bytes };
}
