/**
 * Files handed in by a window, held in a private temporary folder until they are imported or the host closes.
 * Written as they arrive: an upload is never held in memory.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { AnyEvent } from '../contract/calls.ts';
import { fileSource } from './file-source.ts';
import type { Door } from './door.ts';

/** Most bytes one upload may have. */
export const uploadLimitBytes = 2 * 1024 ** 3;

export interface UploadShelf {
  accept(name: string, bytes: AsyncIterable<Uint8Array>): Promise<{ uploadId: string }>;
  /** A door whose imports let the shelf throw a file away once it is safely stored. */
  watch(door: Door): Door;
  close(): Promise<void>;
}

export async function createUploadShelf(
  upload: Door['upload'],
  limitBytes: number = uploadLimitBytes,
): Promise<UploadShelf> {
  const folder = await mkdtemp(join(tmpdir(), 'surewatt-upload-'));
  const files = new Map<string, string>();
  const watching: (() => void)[] = [];
  let count = 0;

  const forget = async (uploadId: string) => {
    const path = files.get(uploadId);
    files.delete(uploadId);
    if (path) await rm(path, { force: true });
  };

  return {
    async accept(name, bytes) {
      const path = join(folder, String(count++));
      try {
        await pipeline(limited(bytes, limitBytes), createWriteStream(path, { mode: 0o600 }));
      } catch (thrown) {
        await rm(path, { force: true });
        throw thrown;
      }
      const source = await fileSource(path, { name, missing: { code: 'upload-unknown', details: {} } });
      const answer = upload(source);
      files.set(answer.uploadId, path);
      return answer;
    },
    watch(door) {
      const importing = new Map<string, string[]>();
      const onJob = (event: AnyEvent) => {
        if (event.name !== 'job' || event.payload.state === 'running' || event.payload.state === 'cancelling') return;
        const uploadIds = importing.get(event.payload.id) ?? [];
        importing.delete(event.payload.id);
        // A failed import keeps its file, so that the mapping can be corrected and tried again.
        if (event.payload.state === 'done') for (const uploadId of uploadIds) void forget(uploadId);
      };
      watching.push(door.onEvent(onJob));
      return {
        ...door,
        async dispatch(name, payload) {
          const reply = await door.dispatch(name, payload);
          const given = reply.ok ? uploadsOf(name, payload) : [];
          if (reply.ok && given.length > 0) importing.set((reply.value as { jobId: string }).jobId, given);
          return reply;
        },
      };
    },
    async close() {
      for (const stop of watching.splice(0)) stop();
      files.clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Uploads an import takes in; none for any other call. */
function uploadsOf(name: string, payload: unknown): string[] {
  if (name === 'telemetry.import') return [(payload as { uploadId: string }).uploadId];
  if (name !== 'feeders.import' && name !== 'roads.import') return [];
  const { uploads } = payload as { uploads: Record<string, string | null | undefined> };
  return Object.values(uploads).filter((id) => typeof id === 'string');
}

export class UploadTooLarge extends Error {}

async function* limited(bytes: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of bytes) {
    seen += chunk.length;
    if (seen > limitBytes) throw new UploadTooLarge(`more than ${limitBytes} bytes`);
    yield chunk;
  }
}
