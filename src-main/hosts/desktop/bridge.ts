/** What passes between main and window: one channel to ask on, one to be told on, and what the preload lays on `window`. */

export const invokeChannel = 'surewatt:call';
export const eventChannel = 'surewatt:event';
/** `window.surewatt` in the page. */
export const bridgeKey = 'surewatt';

/** Calls answered by the host itself and not by the core: a file crosses in pieces, because pages have no paths. */
export const uploadCalls = { begin: 'host.upload.begin', piece: 'host.upload.piece', end: 'host.upload.end' } as const;

export interface Bridge {
  call(name: string, payload: unknown): Promise<unknown>;
  /** Returns a function that stops the events. */
  subscribe(listener: (event: unknown) => void): () => void;
}
