import { describe, expect, it } from 'vitest';
import { neverCancelled } from '../../base/cancel.ts';
import { memorySource } from '../fixtures/memory-source.ts';
import { guessEncoding } from './encoding.ts';

const guess = (bytes: Uint8Array, piece = 3) =>
  guessEncoding(memorySource('x.csv', bytes, TextDecoder, piece), neverCancelled);
const ascii = 'time,load\n2024-01-01 00:00,5\n';

describe('guessEncoding', () => {
  it('proves UTF-8 with and without its mark, also where pieces cut a character', async () => {
    expect(await guess(new TextEncoder().encode(`Größe;€\n${ascii}`))).toEqual({
      encoding: 'utf-8',
      certain: true,
      byteOrderMark: false,
    });
    expect(await guess(new TextEncoder().encode(`\uFEFF${ascii}`))).toMatchObject({
      encoding: 'utf-8',
      byteOrderMark: true,
    });
  });
  it('tells UTF-16 by its mark and by its zeros', async () => {
    expect(await guess(Buffer.from(`\uFEFF${ascii}`, 'utf16le'))).toMatchObject({
      encoding: 'utf-16le',
      certain: true,
    });
    expect(await guess(Buffer.from(ascii, 'utf16le'))).toMatchObject({ encoding: 'utf-16le', byteOrderMark: false });
    expect(await guess(Buffer.from(ascii, 'utf16le').swap16())).toMatchObject({ encoding: 'utf-16be' });
  });
  it('takes Western bytes for windows-1252 and Japanese pairs for Shift-JIS, and is sure of neither', async () => {
    const western = Buffer.from(`Zählung;Größe;Überlauf\n${ascii}`, 'latin1');
    expect(await guess(western)).toEqual({ encoding: 'windows-1252', certain: false, byteOrderMark: false });
    const pairlike = Buffer.from(`Zählung;Jahr\n${ascii}`, 'latin1');
    expect(await guess(pairlike)).toMatchObject({ encoding: 'windows-1252' });
    const japanese = Uint8Array.of(0x8e, 0x9e, 0x8d, 0x8f, 0x2c, 0x8e, 0xf9, 0x97, 0x76, 0x0a, 0x31, 0x2c, 0x32);
    expect(await guess(japanese)).toEqual({ encoding: 'shift_jis', certain: false, byteOrderMark: false });
  });
  it('sees a foreign byte late in the file', async () => {
    const late = Buffer.concat([Buffer.from(ascii.repeat(5000)), Buffer.from([0xe4, 0x20])]);
    expect(await guess(late, 4096)).toMatchObject({ encoding: 'windows-1252' });
  });
});
