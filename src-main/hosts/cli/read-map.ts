/** The `--map` option of an import: JSON, or a file of it behind `@`. */
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import { wrongUsage, type OptionValues } from './command.ts';

/** Null when it was left out. @throws Refusal `usage` for what is no JSON or no mapping, `not-found` for a file that is not there. */
export async function readMap<Schema extends z.ZodType>(
  option: OptionValues[string],
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  if (typeof option !== 'string') return null;
  const text = option.startsWith('@')
    ? await readFile(option.slice(1), 'utf8').catch(() => {
        throw new Refusal('not-found', { what: 'file', id: option.slice(1) });
      })
    : option;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw wrongUsage(`--map is no JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrongUsage(`--map: ${issue?.path.join('.') || 'mapping'}: ${issue?.message ?? 'not understood'}`);
}
