/**
 * The records of a delimited text file, block by block. Only one block and the record cut at its end are held, so a file of ten
 * million rows takes the memory of a small one.
 */
import Papa from 'papaparse';
import type { CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import type { ByteSource } from '../source.ts';
import { refuseIfCancelled } from './cancelled.ts';

export interface RecordBlock {
  /** 1-based record number of `rows[0]` in the file, header and blank lines counted. */
  firstRow: number;
  rows: string[][];
}

export interface RecordOptions {
  encoding: string;
  delimiter: string;
  signal: CancelSignal;
  /** Bytes taken from the source so far. */
  onBytes?: (bytes: number) => void;
}

interface BlockResult {
  data: string[][];
  errors: { code: string; row?: number }[];
  meta: { cursor: number };
}

/** Longest text a record may span before an opened quotation mark is held to be a mistake. */
const longestRecord = 4_000_000;
const blockLength = 128 * 1024;

/** @throws Refusal `import-bad-file` for a quotation mark that is never closed; `cancelled`. */
export async function* readRecords(source: ByteSource, options: RecordOptions): AsyncGenerator<RecordBlock> {
  let parser: Papa.Parser | null = null;
  let held = '';
  let tried = 0;
  let row = 1;
  const parse = (text: string, keep: 'last-open' | 'nothing'): BlockResult => {
    parser ??= new Papa.Parser({ delimiter: options.delimiter, newline: guessNewline(text) });
    const result = parser.parse(text, 0, keep === 'last-open') as BlockResult;
    if (result.errors.some((error) => error.code === 'MissingQuotes'))
      throw unclosedQuote(source.name, row + result.data.length - 1);
    return result;
  };
  for await (const text of readText(source, options)) {
    held += text;
    // A record longer than the block is tried again only when it has doubled: linear, not quadratic.
    if (held.length < Math.max(blockLength, tried * 2)) continue;
    const { data, meta } = parse(held, 'last-open');
    held = held.slice(meta.cursor);
    tried = held.length;
    if (held.length > longestRecord) throw unclosedQuote(source.name, row + data.length);
    if (data.length > 0) yield { firstRow: row, rows: data };
    row += data.length;
  }
  if (held === '') return;
  const { data } = parse(held, 'nothing');
  // The text ends with a line break: what follows it is not a record.
  const last = data.at(-1);
  if (last?.length === 1 && last[0] === '') data.pop();
  if (data.length > 0) yield { firstRow: row, rows: data };
}

/** Decoded text without its byte-order mark; progress and cancel are seen at every piece. */
export async function* readText(source: ByteSource, options: Omit<RecordOptions, 'delimiter'>): AsyncGenerator<string> {
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of source.open()) {
      refuseIfCancelled(options.signal, source.name);
      bytes += piece.length;
      yield piece;
      options.onBytes?.(bytes);
    }
  };
  let first = true;
  for await (const text of source.decode(counted(), options.encoding)) {
    if (text === '') continue;
    yield first && text.startsWith('\uFEFF') ? text.slice(1) : text;
    first = false;
  }
}

/** A line feed ends a record even after a carriage return (cells are trimmed later); a lone carriage return only in old files. */
function guessNewline(text: string): '\n' | '\r' {
  return !text.includes('\n') && text.includes('\r') ? '\r' : '\n';
}

function unclosedQuote(file: string, row: number): Refusal {
  return new Refusal('import-bad-file', {
    file,
    row,
    problem: `a quotation mark opened in row ${row} is never closed`,
  });
}
