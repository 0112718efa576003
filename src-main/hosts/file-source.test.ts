import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSource } from './file-source.ts';

let folder = '';
const text = 'time;MW\n2021-01-01 00:00;48.153\n'.repeat(40_000);

const file = async (name: string, content: Uint8Array | string) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const readText = async (path: string, encoding = 'utf-8') => {
  const source = await fileSource(path);
  let read = '';
  for await (const part of source.decode(source.open(), encoding)) read += part;
  return read;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surewatt-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a file as a byte source', () => {
  it('reads the same text, hash, name and size from a file and from its gzip', async () => {
    const plain = await fileSource(await file('load.csv', text));
    const packed = await fileSource(await file('load.csv.gz', gzipSync(text)));
    const wanted = createHash('sha256').update(text).digest('hex');
    for (const source of [plain, packed]) {
      expect(source.name).toBe('load.csv');
      expect(source.size).toBe(text.length);
      expect(await source.hash()).toBe(wanted);
    }
    expect(await readText(join(folder, 'load.csv.gz'))).toBe(text);
  });
  it('opens afresh each time', async () => {
    const path = await file('twice.csv', 'a,b\n');
    const source = await fileSource(path);
    for (let pass = 0; pass < 2; pass++) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of source.open()) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe('a,b\n');
    }
  });
  it('decodes other encodings, drops a byte order mark, and keeps a character split between chunks', async () => {
    expect(await readText(await file('latin.csv', Uint8Array.of(0x4d, 0xfc, 0x6c, 0x6c, 0x80)), 'windows-1252')).toBe(
      'Müll€',
    );
    expect(await readText(await file('sjis.csv', Uint8Array.of(0x93, 0x8c, 0x8b, 0x9e)), 'shift_jis')).toBe('東京');
    expect(await readText(await file('bom.csv', '\uFEFFa,b'))).toBe('a,b');
    const long = 'ü'.repeat(200_000);
    expect(await readText(await file('long.csv', `x${long}`))).toBe(`x${long}`);
  });
  it('shows bytes the encoding does not know instead of dropping them', async () => {
    expect(await readText(await file('bad.csv', Uint8Array.of(0x61, 0xff, 0x62)))).toBe('a\uFFFDb');
  });
  it('refuses in words what is missing, no file, damaged or of an unknown encoding', async () => {
    await expect(fileSource(join(folder, 'absent.csv'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(fileSource(folder)).rejects.toMatchObject({ code: 'import-bad-file' });
    const damaged = await file('cut.csv.gz', gzipSync(text).subarray(0, 500));
    await expect(readText(damaged)).rejects.toMatchObject({ code: 'import-bad-file' });
    await expect(readText(join(folder, 'load.csv'), 'klingon')).rejects.toMatchObject({ code: 'import-bad-file' });
  });
  it('says what it was told to say when the file vanished after it was handed in', async () => {
    for (const [name, content] of [
      ['gone.csv', text],
      ['gone.csv.gz', gzipSync(text)],
    ] as const) {
      const path = await file(name, content);
      const source = await fileSource(path, { missing: { code: 'upload-unknown', details: {} } });
      await rm(path);
      await expect(source.hash()).rejects.toMatchObject({ code: 'upload-unknown' });
    }
  });
});
