/** What every host mounts: the dispatcher, the events, and a shelf for files handed in. `Core` of compose.ts satisfies it. */
import type { AnyEvent } from '../contract/calls.ts';
import type { Dispatcher } from '../contract/dispatcher.ts';
import type { ByteSource } from '../planning/ports.ts';

export interface Door {
  dispatch: Dispatcher;
  onEvent(listener: (event: AnyEvent) => void): () => void;
  upload(source: ByteSource): { uploadId: string };
}
