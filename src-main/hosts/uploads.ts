/** Files handed in by a screen, by id, until they are imported or the host closes. */
import { Refusal } from '../base/errors.ts';
import type { ByteSource } from '../planning/ports.ts';

export interface Uploads {
  hold(source: ByteSource): { uploadId: string };
  /** @throws Refusal `upload-unknown` */
  find(uploadId: string): ByteSource;
  forget(uploadId: string): void;
}

export function createUploads(): Uploads {
  const held = new Map<string, ByteSource>();
  let count = 0;
  return {
    hold: (source) => {
      const uploadId = `upload-${++count}`;
      held.set(uploadId, source);
      return { uploadId };
    },
    find: (uploadId) => {
      const source = held.get(uploadId);
      if (!source) throw new Refusal('upload-unknown');
      return source;
    },
    forget: (uploadId) => void held.delete(uploadId),
  };
}
