import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../base/log.ts';
import type { AnyEvent } from '../../contract/calls.ts';
import { decodeWire, encodeWire } from '../../contract/wire.ts';
import type { ByteSource } from '../../planning/ports.ts';
import type { Door } from '../door.ts';
import { startLoopbackServer, type LoopbackServer } from './server.ts';

let folder = '';
let server: LoopbackServer;
let cookie = '';
const listeners = new Set<(event: AnyEvent) => void>();
const emit = (event: AnyEvent) => listeners.forEach((listener) => listener(event));
let held: ByteSource[] = [];
let asked: { name: string; payload: unknown }[] = [];

const door: Door = {
  dispatch: async (name, payload) => {
    asked.push({ name, payload });
    return {
      ok: true,
      value: name === 'telemetry.import' ? { jobId: 'job-1' } : { name, values: Float64Array.of(1, NaN) },
    };
  },
  onEvent: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  upload: (source) => ({ uploadId: `upload-${held.push(source)}` }),
};

interface Sent {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Uint8Array;
}
/** Raw HTTP, because `fetch` would correct what these tests must send wrong. */
function send(path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const { hostname, port } = new URL(server.origin);
  return new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; text: string }>(
    (resolve, reject) => {
      const outgoing = request({ hostname, port, path, method, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    },
  );
}
const json = () => ({ cookie, origin: server.origin, 'content-type': 'application/json' });
const bytes = () => ({ cookie, origin: server.origin, 'content-type': 'application/octet-stream' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surewatt-server-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>desk');
  held = [];
  asked = [];
  server = await startLoopbackServer({ door, rendererDirectory: folder, log: silentLog, port: 0 });
  const opened = await send(new URL(server.openUrl).pathname + new URL(server.openUrl).search);
  cookie = String(opened.headers['set-cookie']).split(';')[0]!;
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

it('says in words that its port is taken, and leaves nothing behind', async () => {
  const port = Number(new URL(server.origin).port);
  const listening = listeners.size;
  await expect(startLoopbackServer({ door, rendererDirectory: folder, log: silentLog, port })).rejects.toMatchObject({
    report: { code: 'port-unavailable', details: { port } },
  });
  expect(listeners.size).toBe(listening);
});

describe('the loopback host lets in', () => {
  it('only who opens it with the token, and only once', async () => {
    const { pathname, search } = new URL(server.openUrl);
    expect((await send(pathname + search)).status).toBe(403);
    expect((await send('/open?token=guess')).status).toBe(403);
    expect((await send('/')).status).toBe(401);
    expect((await send('/', { headers: { cookie: 'surewatt=1' } })).status).toBe(401);
    const page = await send('/', { headers: { cookie } });
    expect(page).toMatchObject({ status: 200, text: '<!doctype html>desk' });
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });
  it('with a cookie no script and no other site can use', async () => {
    const second = await startLoopbackServer({ door, rendererDirectory: folder, log: silentLog, port: 0 });
    const opened = await fetch(second.openUrl, { redirect: 'manual' });
    const given = opened.headers.get('set-cookie') ?? '';
    expect(given).toMatch(/HttpOnly; SameSite=Strict; Path=\/$/);
    expect(given.split('=')[0]).not.toBe(cookie.split('=')[0]);
    expect(new URL(second.origin).hostname).toBe('127.0.0.1');
    await second.close();
  });
  it('no other name, no other page', async () => {
    expect((await send('/', { headers: { cookie, host: 'surewatt.example' } })).status).toBe(421);
    expect((await send('/', { headers: { cookie, host: `localhost:${new URL(server.origin).port}` } })).status).toBe(
      421,
    );
    const body = encodeWire({ name: 'desk.state', payload: {} });
    for (const origin of ['http://evil.example', 'null', `${server.origin}1`])
      expect((await send('/call', { method: 'POST', headers: { ...json(), origin }, body })).status).toBe(403);
    expect(
      (await send('/call', { method: 'POST', headers: { cookie, 'content-type': 'application/json' }, body })).status,
    ).toBe(403);
    expect((await send('/', { headers: { cookie, origin: 'http://evil.example' } })).status).toBe(403);
    expect(asked).toEqual([]);
  });
});

describe('the loopback host answers', () => {
  it('calls, typed arrays and NaN included', async () => {
    const body = encodeWire({ name: 'telemetry.read', payload: { at: Infinity } });
    const reply = await send('/call', { method: 'POST', headers: json(), body });
    expect(reply.status).toBe(200);
    expect(decodeWire(reply.text)).toEqual({
      ok: true,
      value: { name: 'telemetry.read', values: Float64Array.of(1, NaN) },
    });
    expect(asked).toEqual([{ name: 'telemetry.read', payload: { at: Infinity } }]);
  });
  it('400, 413 and 415 for calls it cannot take', async () => {
    const post = (headers: OutgoingHttpHeaders, body: string) => send('/call', { method: 'POST', headers, body });
    expect((await post({ ...json(), 'content-type': 'text/plain' }, '{}')).status).toBe(415);
    for (const body of ['{', '[]', 'null', '{"name":7}', '']) expect((await post(json(), body)).status).toBe(400);
    const large = JSON.stringify({ name: 'x', payload: 'y'.repeat(1024 * 1024) });
    expect((await post(json(), large)).status).toBe(413);
    expect((await post({ ...json(), 'transfer-encoding': 'chunked' }, large)).status).toBe(413);
    expect(asked).toEqual([]);
  });
  it('405 for what it does not know, 404 and 403 for files that are not its own', async () => {
    expect((await send('/call', { method: 'DELETE', headers: json() })).status).toBe(405);
    expect((await send('/nothing', { method: 'POST', headers: json() })).status).toBe(405);
    expect((await send('/call', { headers: { cookie } })).status).toBe(404);
    expect((await send('/../../etc/passwd', { headers: { cookie } })).status).toBe(404);
    expect((await send('/..%2f..%2fetc%2fpasswd', { headers: { cookie } })).status).toBe(403);
    expect((await send('//evil.example/x', { headers: { cookie } })).status).toBe(403);
  });
});

describe('uploads', () => {
  it('are streamed to a private file, readable by id, and gone once imported', async () => {
    const content = Buffer.alloc(3_000_000, 'a,b\n');
    const reply = await send('/upload?name=load%20%C3%BC.csv', { method: 'POST', headers: bytes(), body: content });
    expect(decodeWire(reply.text)).toEqual({ ok: true, value: { uploadId: 'upload-1' } });
    const [source] = held;
    expect(source?.name).toBe('load ü.csv');
    expect(source?.size).toBe(content.length);

    const body = encodeWire({ name: 'telemetry.import', payload: { uploadId: 'upload-1' } });
    await send('/call', { method: 'POST', headers: json(), body });
    const job = { id: 'job-1', state: 'failed' };
    emit({ name: 'job', payload: job } as AnyEvent);
    expect(await source?.hash()).toHaveLength(64);
    await send('/call', { method: 'POST', headers: json(), body });
    emit({ name: 'job', payload: { ...job, state: 'done' } } as AnyEvent);
    await expect
      .poll(() =>
        source?.hash().then(
          () => 'there',
          (gone: { code: string }) => gone.code,
        ),
      )
      .toBe('upload-unknown');
  });
  it('are refused without a name or as anything but bytes', async () => {
    expect((await send('/upload', { method: 'POST', headers: bytes(), body: 'x' })).status).toBe(400);
    expect((await send('/upload?name=a', { method: 'POST', headers: json(), body: 'x' })).status).toBe(415);
  });
  it('leave nothing behind when the host closes', async () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('surewatt-upload-'));
    const before = folders();
    await send('/upload?name=a.csv', { method: 'POST', headers: bytes(), body: 'x' });
    await server.close();
    await expect(held[0]?.hash()).rejects.toMatchObject({ code: 'upload-unknown' });
    const gone = before.filter((name) => !existsSync(join(tmpdir(), name)));
    expect(gone.length).toBeGreaterThan(0);
    server = await startLoopbackServer({ door, rendererDirectory: folder, log: silentLog, port: 0 });
  });
});

describe('events', () => {
  it('arrive at every window that listens', async () => {
    const abort = new AbortController();
    const listen = async () => {
      const stream = await fetch(`${server.origin}/events`, { headers: { cookie }, signal: abort.signal });
      expect(stream.headers.get('content-type')).toBe('text/event-stream');
      return stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    };
    const readers = [await listen(), await listen()];
    emit({ name: 'changed', payload: { what: 'plans' } });
    for (const reader of readers) {
      let text = '';
      while (!text.includes('data: ')) text += (await reader.read()).value ?? '';
      expect(decodeWire(/data: (.*)\n\n/.exec(text)?.[1] ?? '')).toEqual({
        name: 'changed',
        payload: { what: 'plans' },
      });
    }
    abort.abort();
  });
  it('are not for strangers', async () => {
    expect((await send('/events')).status).toBe(401);
  });
});
