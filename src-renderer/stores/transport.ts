/**
 * How the stores reach the core. A page served over http: speaks HTTP to the loopback host it came from; any other page must
 * have been given the desktop's bridge. There is no third way and no silent fallback.
 */
import type { Transport } from '../../src-main/contract/client.ts';
import { decodeWire, encodeWire } from '../../src-main/contract/wire.ts';

/** What the desktop's preload lays on `window.surewatt`. */
export interface DesktopBridge {
  call(name: string, payload: unknown): Promise<unknown>;
  subscribe(listener: (event: unknown) => void): () => void;
}

/** @throws Error when the page is neither served over http: nor has a bridge */
export function chooseTransport(page: { protocol: string; bridge: unknown }): Transport {
  if (page.protocol === 'http:') return httpTransport();
  if (isBridge(page.bridge)) return bridgeTransport(page.bridge);
  throw new Error('This page was opened outside Surewatt: it has neither a loopback host nor the desktop bridge.');
}

function isBridge(value: unknown): value is DesktopBridge {
  const bridge = value as Partial<DesktopBridge> | null | undefined;
  return typeof bridge?.call === 'function' && typeof bridge.subscribe === 'function';
}

/** Calls as POST, events as server-sent events, files as a streamed POST; all to the page's own origin. */
export function httpTransport(): Transport {
  return {
    async call(name, payload) {
      const body = encodeWire({ name, payload });
      const answer = await fetch('/call', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      return decodeWire(await textOf(answer));
    },
    subscribe(listener) {
      const source = new EventSource('/events');
      source.onmessage = (message: MessageEvent<string>) => listener(decodeWire(message.data));
      return () => source.close();
    },
    async upload(file) {
      const headers = { 'content-type': 'application/octet-stream' };
      const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
        method: 'POST',
        headers,
        body: blobOf(file),
      });
      return uploadOf(decodeWire(await textOf(answer)));
    },
  };
}

/** Pieces well below what the host takes in one call. */
const pieceBytes = 1024 * 1024;

/** Calls and events by the preload's two functions; a file crosses in pieces, each awaited before the next is read. */
export function bridgeTransport(bridge: DesktopBridge): Transport {
  return {
    call: (name, payload) => bridge.call(name, payload),
    subscribe: (listener) => bridge.subscribe(listener),
    async upload(file) {
      const blob = blobOf(file);
      const { handle } = valueOf(await bridge.call('host.upload.begin', { name: file.name })) as { handle: string };
      for (let at = 0; at < blob.size; at += pieceBytes) {
        const bytes = new Uint8Array(await blob.slice(at, at + pieceBytes).arrayBuffer());
        valueOf(await bridge.call('host.upload.piece', { handle, bytes }));
      }
      return uploadOf(await bridge.call('host.upload.end', { handle }));
    },
  };
}

async function textOf(answer: Response): Promise<string> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(text.trim() || `the host answered ${answer.status}`);
  return text;
}

function blobOf(file: unknown): Blob {
  if (file instanceof Blob) return file;
  throw new TypeError('A file chosen or dropped in the window is expected.');
}

function uploadOf(reply: unknown): { uploadId: string } {
  return valueOf(reply) as { uploadId: string };
}

function valueOf(reply: unknown): unknown {
  const { ok, value, error } = reply as { ok: boolean; value?: unknown; error?: { message: string } };
  if (!ok) throw new Error(error?.message ?? 'the host refused');
  return value;
}
