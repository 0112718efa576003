/** What passes between the shim's two halves: the process that runs the desktop bundle, and the test that owns the page. */

/** From the test to the process. Each is answered by a `reply` with the same id. */
export type Ask =
  | { id: number; kind: 'request'; url: string; method: string; initiatorOrigin: string | null }
  | { id: number; kind: 'invoke'; channel: string; args: unknown[]; frame: FrameFacts | null }
  | { id: number; kind: 'navigate'; event: 'will-navigate' | 'will-frame-navigate'; url: string }
  | { id: number; kind: 'window-open'; url: string }
  | { id: number; kind: 'permission'; permission: string }
  | { id: number; kind: 'second-instance' }
  | { id: number; kind: 'menu'; label: string; savePath: string | null }
  | { id: number; kind: 'close-window' };

export type AskWithoutId = Ask extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

/** A frame as the page really has it; `parent` is true when it is embedded in another. */
export interface FrameFacts {
  url: string;
  embedded: boolean;
}

/** From the process to the test. */
export type Told =
  | { kind: 'reply'; id: number; value: unknown }
  | { kind: 'window'; url: string; preloadFile: string }
  | { kind: 'event'; channel: string; payload: unknown }
  | { kind: 'leaving' }
  /** Something Electron would have refused, ignored or made unsafe. */
  | { kind: 'fault'; problem: string };

export interface ServedFile {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}
