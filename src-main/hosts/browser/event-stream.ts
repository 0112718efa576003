/** Events of the core as server-sent events, to every window that listens. */
import type { ServerResponse } from 'node:http';
import type { AnyEvent } from '../../contract/calls.ts';
import { encodeWire } from '../../contract/wire.ts';
import { securityHeaders } from '../assets.ts';

const heartbeatMs = 15_000;
/** A listener that does not read is let go rather than buffered for: it reconnects and reads the state anew. */
const backlogBytes = 16 * 1024 * 1024;

export interface EventStream {
  attach(response: ServerResponse): void;
  send(event: AnyEvent): void;
  close(): void;
}

export function createEventStream(): EventStream {
  const listeners = new Set<ServerResponse>();
  const write = (text: string) => {
    for (const listener of listeners) {
      if (listener.writableLength > backlogBytes) listener.destroy();
      else listener.write(text);
    }
  };
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
  heartbeat.unref();
  return {
    attach(response) {
      response.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 1000\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    },
    send: (event) => write(`data: ${encodeWire(event)}\n\n`),
    close() {
      clearInterval(heartbeat);
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
}
