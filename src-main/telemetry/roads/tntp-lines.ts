/**
 * The text of a TNTP file (the format of the Transportation Networks collection): `<NAME> value` lines up to
 * `<END OF METADATA>`, then lines of data; `~` begins a comment or the names of columns, `;` ends a record.
 */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import type { ByteSource } from '../source.ts';
import { readText } from '../text/records.ts';

export interface TntpLine {
  /** 1-based line of the file. */
  row: number;
  text: string;
}

export interface TntpText {
  /** Names in capitals without the angle brackets. */
  metadata: Map<string, string>;
  body: TntpLine[];
}

const largestText = 64_000_000;
const endOfMetadata = 'END OF METADATA';

/** @throws Refusal `roads-unusable` without the end of the metadata or beyond 64 MB; `cancelled`. */
export async function readTntp(source: ByteSource, signal: CancelSignal = neverCancelled): Promise<TntpText> {
  const lines = await readLines(source, signal);
  const metadata = new Map<string, string>();
  const end = lines.findIndex(({ text }) => {
    const found = /^<([^>]+)>(.*)$/.exec(text);
    if (found) metadata.set(found[1]!.trim().toUpperCase(), found[2]!.trim());
    return metadata.has(endOfMetadata);
  });
  if (end < 0) throw new Refusal('roads-unusable', { file: source.name, problem: `it has no <${endOfMetadata}>` });
  return { metadata, body: lines.slice(end + 1).filter(({ text }) => text !== '' && !text.startsWith('~')) };
}

/** Trimmed lines, blank ones included. @throws Refusal `roads-unusable` beyond 64 MB; `cancelled`. */
export async function readLines(source: ByteSource, signal: CancelSignal = neverCancelled): Promise<TntpLine[]> {
  let whole = '';
  for await (const text of readText(source, { encoding: 'utf-8', signal })) {
    whole += text;
    if (whole.length > largestText)
      throw new Refusal('roads-unusable', { file: source.name, problem: 'it is longer than 64 MB' });
  }
  return whole.split(/\r\n|\n|\r/).map((text, index) => ({ row: index + 1, text: text.trim() }));
}

/** A whole number the metadata must state. @throws Refusal `roads-unusable` */
export function metadataCount({ metadata }: TntpText, file: string, name: string): number {
  const text = metadata.get(name);
  const value = Number(text);
  if (text === undefined || text === '' || !Number.isInteger(value) || value < 0)
    throw new Refusal('roads-unusable', { file, problem: `<${name}> is ${text ? `"${text}"` : 'missing'}` });
  return value;
}

/** The cells of a record, the closing semicolon taken off. */
export function tntpCells(text: string): string[] {
  return text.replace(/;\s*$/, '').trim().split(/\s+/);
}
