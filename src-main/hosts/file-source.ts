/**
 * A file on disk as the byte source telemetry reads: streamed, hashed, decoded. Gzip is recognised by its first two bytes and
 * undone, so that the hash and the text are those of the file inside.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { Refusal, type ErrorCode, type ErrorDetails } from '../base/errors.ts';
import type { ByteSource } from '../planning/ports.ts';

export interface FileSourceOptions {
  /** Name shown and stored; the file's own name unless given. */
  name?: string;
  /** What to say when the file is not there. */
  missing?: { code: ErrorCode; details: ErrorDetails };
}

const chunkBytes = 256 * 1024;

/** @throws Refusal `not-found` (or what `missing` says) when there is no such file; `import-bad-file` when it is a folder */
export async function fileSource(path: string, options: FileSourceOptions = {}): Promise<ByteSource> {
  const missing = options.missing ?? { code: 'not-found', details: { what: 'file', id: path } };
  const found = await stat(path).catch(() => null);
  if (!found) throw new Refusal(missing.code, missing.details);
  if (!found.isFile()) throw new Refusal('import-bad-file', { file: path, problem: 'it is not a file' });
  const name = (options.name ?? basename(path)).replace(/\.gz$/i, '');
  const packed = await isGzip(path);
  const size = packed ? await unpackedSize(path, found.size) : found.size;
  const bytes = () => readBytes(path, name, packed, missing);
  return {
    name,
    size,
    open: bytes,
    async hash() {
      const hash = createHash('sha256');
      for await (const chunk of bytes()) hash.update(chunk);
      return hash.digest('hex');
    },
    decode: (source, encoding) => decodeBytes(source, encoding, name),
  };
}

async function* readBytes(
  path: string,
  name: string,
  packed: boolean,
  missing: { code: ErrorCode; details: ErrorDetails },
): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  const unpacked = packed ? file.pipe(createGunzip({ chunkSize: chunkBytes })) : file;
  // `pipe` does not carry a read error over; without this a vanished file would hang the reader.
  if (unpacked !== file) file.on('error', (problem) => unpacked.destroy(problem));
  try {
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) yield chunk;
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT') throw new Refusal(missing.code, missing.details);
    if (code.startsWith('Z_') || code === 'EACCES' || code === 'EIO')
      throw new Refusal('import-bad-file', { file: name, problem: packed ? 'its gzip packing is damaged' : code });
    throw thrown;
  } finally {
    file.destroy();
  }
}

/** Streaming decoder; a byte sequence the encoding does not know becomes U+FFFD, which the reader of the text can see. */
async function* decodeBytes(bytes: AsyncIterable<Uint8Array>, encoding: string, name: string): AsyncGenerator<string> {
  const decoder = makeDecoder(encoding, name);
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (text) yield text;
  }
  const rest = decoder.decode();
  if (rest) yield rest;
}

function makeDecoder(encoding: string, name: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new Refusal('import-bad-file', { file: name, problem: `the encoding "${encoding}" is not known` });
  }
}

async function isGzip(path: string): Promise<boolean> {
  const head = await readAt(path, 0, 2);
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The last four bytes of a gzip member: size of what is inside, modulo 2³². Used for progress only. */
async function unpackedSize(path: string, packedSize: number): Promise<number> {
  const tail = await readAt(path, Math.max(0, packedSize - 4), 4);
  return tail.length < 4 ? packedSize : Buffer.from(tail).readUInt32LE(0);
}

async function readAt(path: string, position: number, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
