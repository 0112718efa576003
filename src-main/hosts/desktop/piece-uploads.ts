/** A file handed over in pieces, one call each: the reader waits for the writer, so no more than a piece is held. */
import { Refusal } from '../../base/errors.ts';
import type { UploadShelf } from '../upload-shelf.ts';

export interface PieceUploads {
  begin(payload: unknown): Promise<{ handle: string }>;
  /** Resolves when the piece was taken up. */
  piece(payload: unknown): Promise<null>;
  end(payload: unknown): Promise<{ uploadId: string }>;
}

/** Pieces may not be larger than this; the sender cuts. */
export const pieceLimitBytes = 4 * 1024 * 1024;
const openLimit = 4;

interface OpenUpload {
  write(bytes: Uint8Array | null): Promise<void>;
  /** Nobody will end it: what was written is thrown away. */
  abandon(): void;
  accepted: Promise<{ uploadId: string }>;
}

export function createPieceUploads(shelf: UploadShelf): PieceUploads {
  const open = new Map<string, OpenUpload>();
  let count = 0;

  const find = (payload: unknown): OpenUpload => {
    const handle = field(payload, 'handle');
    const upload = typeof handle === 'string' ? open.get(handle) : undefined;
    if (!upload) throw new Refusal('upload-unknown');
    return upload;
  };

  const giveUpOldest = async (): Promise<void> => {
    const [oldest] = open.values();
    oldest?.abandon();
    await oldest?.accepted.catch(() => undefined);
  };

  return {
    async begin(payload) {
      const name = field(payload, 'name');
      if (typeof name !== 'string' || name === '') throw refuse('an upload names its file');
      // A window that was loaded anew, or a file that could not be read on, never ends its upload: it would hold its place for ever.
      if (open.size >= openLimit) await giveUpOldest();
      const handle = `upload-${++count}`;
      const { bytes, write, abandon } = pieceQueue();
      const accepted = shelf.accept(name, bytes).finally(() => open.delete(handle));
      accepted.catch(() => undefined);
      open.set(handle, { write, abandon, accepted });
      return { handle };
    },
    async piece(payload) {
      const upload = find(payload);
      const bytes = field(payload, 'bytes');
      if (!(bytes instanceof Uint8Array) || bytes.length > pieceLimitBytes)
        throw refuse('a piece is bytes, at most 4 MiB');
      // If the shelf gave up, its reason is the answer; otherwise it would be waited for without end.
      await Promise.race([upload.write(bytes), upload.accepted]);
      return null;
    },
    async end(payload) {
      const upload = find(payload);
      await Promise.race([upload.write(null), upload.accepted]);
      return upload.accepted;
    },
  };
}

/** A queue of one: `write` resolves when the reader has taken the piece. */
function pieceQueue(): { bytes: AsyncIterable<Uint8Array> } & Pick<OpenUpload, 'write' | 'abandon'> {
  let waiting: PromiseWithResolvers<Uint8Array | null> = Promise.withResolvers();
  let taken: PromiseWithResolvers<void> = Promise.withResolvers();
  async function* read() {
    for (;;) {
      const piece = await waiting.promise;
      waiting = Promise.withResolvers();
      const { resolve } = taken;
      taken = Promise.withResolvers();
      resolve();
      if (piece === null) return;
      yield piece;
    }
  }
  return {
    bytes: read(),
    write(piece) {
      const { promise } = taken;
      waiting.resolve(piece);
      return promise;
    },
    abandon() {
      // The reader may be busy with the piece before, and meets this one when it asks for the next.
      waiting.promise.catch(() => undefined);
      waiting.reject(refuse('the upload was given up for newer ones'));
    },
  };
}

function field(payload: unknown, name: string): unknown {
  return typeof payload === 'object' && payload !== null && Object.hasOwn(payload, name)
    ? (payload as Record<string, unknown>)[name]
    : undefined;
}

function refuse(problem: string): Refusal {
  return new Refusal('bad-request', { call: 'host.upload', problem });
}
