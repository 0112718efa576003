import { neverCancelled } from '../../base/cancel.ts';
import type { ByteSource } from '../../telemetry/source.ts';
import { readText } from '../../telemetry/text/records.ts';

/** Names in the first line of a table, before anybody has said how it is read; the guess then says which of them it knows. */
export async function headerOf(source: ByteSource): Promise<string[]> {
  let text = '';
  for await (const part of readText(source, { encoding: 'utf-8', signal: neverCancelled })) {
    text += part;
    if (/[\r\n]/.test(text)) break;
  }
  const [line] = text.split(/\r\n|\n|\r/);
  return (line ?? '').split(',').map((name) => name.trim().replace(/^"|"$/g, ''));
}
