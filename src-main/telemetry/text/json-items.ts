/**
 * The objects of a JSON array as records, streamed: objects are cut by brace depth outside strings, so that only one is parsed at
 * a time. The first record yielded holds the column names. Works for `[{…}, …]` and for `{"_items": [{…}, …]}`.
 */
import { Refusal } from '../../base/errors.ts';
import type { ByteSource } from '../source.ts';
import { readText, type RecordBlock, type RecordOptions } from './records.ts';

const itemsPerBlock = 500;
/** Column names come from the first objects; a name that appears only later is not a column. */
const itemsForColumns = 100;

/** @throws Refusal `import-bad-file` when it is not such an array. */
export async function* readJsonItems(
  source: ByteSource,
  options: Omit<RecordOptions, 'delimiter'>,
): AsyncGenerator<RecordBlock> {
  let columns: string[] | null = null;
  let waiting: Record<string, unknown>[] = [];
  let row = 1;
  const flush = (): RecordBlock => {
    const rows: string[][] = [];
    if (columns === null) {
      columns = columnsOf(waiting.slice(0, itemsForColumns));
      rows.push(columns);
    }
    for (const item of waiting) rows.push(columns.map((column) => cellOf(item[column])));
    waiting = [];
    const block = { firstRow: row, rows };
    row += rows.length;
    return block;
  };
  for await (const item of cutObjects(source, options)) {
    waiting.push(item);
    if (waiting.length >= itemsPerBlock) yield flush();
  }
  if (columns === null && waiting.length === 0)
    throw new Refusal('import-bad-file', { file: source.name, problem: 'it holds no array of objects' });
  if (waiting.length > 0) yield flush();
}

async function* cutObjects(
  source: ByteSource,
  options: Omit<RecordOptions, 'delimiter'>,
): AsyncGenerator<Record<string, unknown>> {
  let held = '';
  let at = 0;
  let start = -1;
  /** Depth of braces within the array; the array itself is found first. */
  let depth = 0;
  let inString = false;
  let inArray = false;
  let cut = 0;
  for await (const text of readText(source, options)) {
    held += text;
    if (!inArray) {
      const opening = /^\s*\[|"_?(?:items|sessions|data)"\s*:\s*\[/.exec(held);
      if (!opening) continue;
      at = opening.index + opening[0].length;
      inArray = true;
    }
    for (; at < held.length; at++) {
      const code = held.charCodeAt(at);
      if (inString) {
        if (code === 92) at++;
        else if (code === 34) inString = false;
      } else if (code === 34) inString = true;
      else if (code === 123) {
        if (depth++ === 0) start = at;
      } else if (code === 125 && --depth === 0) {
        cut++;
        yield parseObject(held.slice(start, at + 1), source.name, cut);
        start = -1;
      } else if (code === 93 && depth === 0) return;
    }
    // An escape at the end of a piece leaves `at` one beyond it; that is kept.
    const keepFrom = start >= 0 ? start : Math.min(at, held.length);
    held = held.slice(keepFrom);
    at -= keepFrom;
    if (start >= 0) start = 0;
  }
  if (inArray) throw new Refusal('import-bad-file', { file: source.name, problem: `it ends inside item ${cut + 1}` });
}

function parseObject(text: string, file: string, item: number): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Refusal('import-bad-file', { file, problem: `item ${item} is not valid JSON` });
  }
}

function columnsOf(items: readonly Record<string, unknown>[]): string[] {
  const names = new Set<string>();
  for (const item of items)
    for (const [name, value] of Object.entries(item)) if (typeof value !== 'object' || value === null) names.add(name);
  return [...names];
}

function cellOf(value: unknown): string {
  return value === null || value === undefined || typeof value === 'object' ? '' : String(value);
}
