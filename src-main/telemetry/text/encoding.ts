/** Which text encoding a file is in, from all of its bytes. */
import type { CancelSignal } from '../../base/cancel.ts';
import type { ByteSource } from '../source.ts';
import { refuseIfCancelled } from './cancelled.ts';

export interface EncodingGuess {
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'shift_jis';
  /** False where bytes alone cannot prove it: the one-byte and the Japanese encodings. */
  certain: boolean;
  byteOrderMark: boolean;
}

/**
 * UTF-8 and UTF-16 prove themselves. What is neither is Japanese (Shift-JIS) when every high byte belongs to a valid pair and
 * most pairs start in 0x81–0x9F, a range Western text hardly uses; otherwise windows-1252.
 */
export async function guessEncoding(source: ByteSource, signal: CancelSignal): Promise<EncodingGuess> {
  const utf8 = createUtf8Check();
  const japanese = createShiftJisCheck();
  const head: number[] = [];
  for await (const bytes of source.open()) {
    refuseIfCancelled(signal, source.name);
    for (let i = 0; head.length < 4096 && i < bytes.length; i++) head.push(bytes[i]!);
    const wide = guessWide(head);
    if (wide) return wide;
    utf8.take(bytes);
    japanese.take(bytes);
  }
  const byteOrderMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  if (utf8.complete()) return { encoding: 'utf-8', certain: true, byteOrderMark };
  return { encoding: japanese.likely() ? 'shift_jis' : 'windows-1252', certain: false, byteOrderMark: false };
}

function guessWide(head: readonly number[]): EncodingGuess | null {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', certain: true, byteOrderMark: true };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', certain: true, byteOrderMark: true };
  if (head.length < 16) return null;
  // Text of Latin letters and digits has a zero in every second byte.
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i & 1]!++;
  const enough = head.length * 0.4;
  if (zeros[1]! > enough) return { encoding: 'utf-16le', certain: true, byteOrderMark: false };
  if (zeros[0]! > enough) return { encoding: 'utf-16be', certain: true, byteOrderMark: false };
  return null;
}

function createUtf8Check() {
  let expected = 0;
  let valid = true;
  return {
    take(bytes: Uint8Array): void {
      if (!valid) return;
      for (let i = 0; i < bytes.length; i++) {
        const byte = bytes[i]!;
        if (expected > 0) {
          if (byte >> 6 !== 2) valid = false;
          expected--;
        } else if (byte >= 0x80) {
          expected = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
          if (byte < 0xc2 || byte > 0xf4) valid = false;
        }
        if (!valid) return;
      }
    },
    complete: () => valid && expected === 0,
  };
}

function createShiftJisCheck() {
  let lead = 0;
  let pairs = 0;
  let lowPairs = 0;
  let valid = true;
  return {
    take(bytes: Uint8Array): void {
      for (let i = 0; valid && i < bytes.length; i++) {
        const byte = bytes[i]!;
        if (lead > 0) {
          if (byte < 0x40 || byte === 0x7f || byte > 0xfc) valid = false;
          pairs++;
          if (lead <= 0x9f) lowPairs++;
          lead = 0;
        } else if ((byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xef)) lead = byte;
        else if (byte >= 0x80 && (byte < 0xa1 || byte > 0xdf)) valid = false;
      }
    },
    likely: () => valid && lead === 0 && pairs > 0 && lowPairs * 2 >= pairs,
  };
}
