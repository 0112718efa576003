/** The typed client of the renderer's stores. A transport carries names and plain data; it knows nothing else. */
import { describeError } from '../base/errors.ts';
import {
  calls,
  events,
  type AnyEvent,
  type CallName,
  type EventName,
  type EventPayload,
  type Reply,
  type Request,
  type Response,
} from './calls.ts';

export interface Transport {
  call(name: string, payload: unknown): Promise<unknown>;
  /** Events as { name, payload }; returns a function that stops them. */
  subscribe(listener: (event: unknown) => void): () => void;
  /** Hands a file to the core; resolves with the id to preview and import it by. */
  upload(file: { name: string; size: number; stream(): unknown }): Promise<{ uploadId: string }>;
}

export interface Client {
  call<Name extends CallName>(name: Name, request: Request<Name>): Promise<Reply<Response<Name>>>;
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void;
  upload: Transport['upload'];
}

export function createClient(transport: Transport): Client {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  transport.subscribe((event) => {
    const { name, payload } = event as AnyEvent;
    if (!Object.hasOwn(events, name)) return;
    const parsed = events[name].safeParse(payload);
    if (parsed.success) for (const listener of listeners.get(name) ?? []) listener(parsed.data as never);
  });
  return {
    upload: (file) => transport.upload(file),
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (payload: never) => void);
      return () => set.delete(listener as (payload: never) => void);
    },
    call: async (name, request) => {
      const fail = (problem: string) => ({
        ok: false as const,
        error: describeError('bad-request', { call: name, problem }),
      });
      let reply: Reply<unknown>;
      try {
        reply = (await transport.call(name, request)) as Reply<unknown>;
      } catch (thrown) {
        return fail(thrown instanceof Error ? thrown.message : 'the connection to the core was lost');
      }
      if (!reply.ok) return reply;
      const parsed = calls[name].response.safeParse(reply.value);
      if (!parsed.success)
        return fail(
          `the answer does not fit the contract: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`,
        );
      return { ok: true, value: parsed.data as Response<typeof name> };
    },
  };
}
