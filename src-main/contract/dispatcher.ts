/** The one door behind every host: validates the request, runs the handler, turns whatever happens into plain data. */
import { describeError, toErrorReport } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { calls, type CallName, type Handlers, type Reply } from './calls.ts';

export type Dispatcher = (name: string, payload: unknown) => Promise<Reply<unknown>>;

const slowMs = 200;

export function createDispatcher(handlers: Handlers, log: Log, nowMs: () => number): Dispatcher {
  return async (name, payload) => {
    if (!Object.hasOwn(calls, name))
      return {
        ok: false,
        error: describeError('bad-request', { call: name.slice(0, 80), problem: 'there is no such call' }),
      };
    const call = name as CallName;
    const parsed = calls[call].request.safeParse(payload);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const problem = `${issue?.path.join('.') || 'payload'}: ${issue?.message ?? 'not understood'}`;
      return { ok: false, error: describeError('bad-request', { call, problem }) };
    }
    const started = nowMs();
    try {
      const handler = handlers[call] as (request: unknown) => unknown;
      return { ok: true, value: await handler(parsed.data) };
    } catch (thrown) {
      const error = toErrorReport(thrown);
      if (error.code === 'internal')
        log.error(`${call} failed`, { problem: thrown instanceof Error ? thrown.stack : String(thrown) });
      return { ok: false, error };
    } finally {
      const took = nowMs() - started;
      if (took > slowMs) log.warn('slow call', { call, milliseconds: Math.round(took) });
    }
  };
}
