import { describe, expect, it } from 'vitest';
import { Refusal } from '../base/errors.ts';
import { silentLog } from '../base/log.ts';
import type { Handlers } from './calls.ts';
import { createClient } from './client.ts';
import { createDispatcher } from './dispatcher.ts';

const handlers = {
  'desk.setOperator': ({ operator }: { operator: string }) => ({ operator }),
  'plan.get': () => {
    throw new Refusal('plan-not-found', { id: 'x' });
  },
  'desk.backup': () => {
    throw new TypeError('boom');
  },
  'audit.list': () => ({ total: 'many', entries: [] }),
} as unknown as Handlers;
const dispatch = createDispatcher(handlers, silentLog, () => 0);

describe('the dispatcher', () => {
  it('answers, refuses unknown names and wrong payloads, and never throws', async () => {
    expect(await dispatch('desk.setOperator', { operator: 'Ada' })).toEqual({ ok: true, value: { operator: 'Ada' } });
    for (const name of ['__proto__', 'constructor', 'toString', 'nothing.here'])
      expect(await dispatch(name, {})).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(await dispatch('desk.setOperator', { operator: 7 })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    expect(await dispatch('plan.get', { planId: 'x' })).toMatchObject({ ok: false, error: { code: 'plan-not-found' } });
    expect(await dispatch('desk.backup', { file: 'f', existing: 'keep' })).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
  });
  it('lets the client refuse an answer that breaks the contract', async () => {
    const client = createClient({
      call: dispatch,
      subscribe: () => () => undefined,
      upload: () => Promise.reject(new Error()),
    });
    const reply = await client.call('audit.list', { offset: 0, limit: 10 });
    expect(reply).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('does not fit the contract') },
    });
  });
});
