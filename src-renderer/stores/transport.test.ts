import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeWire, encodeWire } from '../../src-main/contract/wire.ts';
import { bridgeTransport, chooseTransport, httpTransport, type DesktopBridge } from './transport.ts';

const file = (content: string, name = 'load ü.csv') => new File([content], name);
const noBridge: DesktopBridge = {
  call: () => Promise.reject(new Error('not expected')),
  subscribe: () => () => undefined,
};

afterEach(() => vi.unstubAllGlobals());

describe('the transport of a page', () => {
  it('is HTTP over http:, the bridge elsewhere, and never a silent third', async () => {
    const call = vi.fn(() => Promise.resolve('bridge'));
    expect(await chooseTransport({ protocol: 'surewatt:', bridge: { ...noBridge, call } }).call('a', {})).toBe(
      'bridge',
    );
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(encodeWire('http'))));
    expect(await chooseTransport({ protocol: 'http:', bridge: { ...noBridge, call } }).call('a', {})).toBe('http');
    for (const protocol of ['surewatt:', 'https:', 'file:'])
      for (const bridge of [undefined, null, {}, { call }, 'bridge'])
        expect(() => chooseTransport({ protocol, bridge }), protocol).toThrow('outside Surewatt');
  });
});

describe('HTTP', () => {
  it('posts a call as wire text and reads the reply with its typed arrays', async () => {
    const asked: { url: string; init: RequestInit }[] = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      asked.push({ url, init });
      return Promise.resolve(new Response(encodeWire({ ok: true, value: Float64Array.of(1, NaN) })));
    });
    const reply = await httpTransport().call('telemetry.read', { from: Infinity });
    expect(reply).toEqual({ ok: true, value: Float64Array.of(1, NaN) });
    expect(asked[0]).toMatchObject({
      url: '/call',
      init: { method: 'POST', headers: { 'content-type': 'application/json' } },
    });
    expect(decodeWire(asked[0]?.init.body as string)).toEqual({ name: 'telemetry.read', payload: { from: Infinity } });
  });
  it('says what the host said when it refuses', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('Open the desk with its address.\n', { status: 401 })));
    await expect(httpTransport().call('desk.state', {})).rejects.toThrow('Open the desk with its address.');
  });
  it('uploads the file itself under its name', async () => {
    const asked: { url: string; body: unknown }[] = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      asked.push({ url, body: init.body });
      return Promise.resolve(new Response(encodeWire({ ok: true, value: { uploadId: 'upload-1' } })));
    });
    const sent = file('a,b');
    expect(await httpTransport().upload(sent)).toEqual({ uploadId: 'upload-1' });
    expect(asked).toEqual([{ url: '/upload?name=load%20%C3%BC.csv', body: sent }]);
    await expect(httpTransport().upload({ name: 'x', size: 0, stream: () => null })).rejects.toThrow('A file');
  });
});

describe('the bridge', () => {
  function recording(refuseAt?: string) {
    const calls: { name: string; payload: unknown }[] = [];
    const bridge: DesktopBridge = {
      ...noBridge,
      call(name, payload) {
        calls.push({ name, payload });
        if (name === refuseAt) return Promise.resolve({ ok: false, error: { message: 'refused' } });
        const values: Record<string, unknown> = {
          'host.upload.begin': { handle: 'h' },
          'host.upload.end': { uploadId: 'u' },
        };
        return Promise.resolve({ ok: true, value: values[name] ?? null });
      },
    };
    return { calls, bridge };
  }
  it('sends a file in pieces of at most one mebibyte, in order and whole', async () => {
    const content = 'x'.repeat(2.5 * 1024 * 1024);
    const { calls, bridge } = recording();
    expect(await bridgeTransport(bridge).upload(file(content))).toEqual({ uploadId: 'u' });
    expect(calls.map(({ name }) => name.split('.')[2])).toEqual(['begin', 'piece', 'piece', 'piece', 'end']);
    const pieces = calls.slice(1, -1).map(({ payload }) => (payload as { bytes: Uint8Array }).bytes);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBe(1024 * 1024);
    expect(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).text()).toBe(content);
  });
  it('stops at the first refusal', async () => {
    const { calls, bridge } = recording('host.upload.piece');
    await expect(bridgeTransport(bridge).upload(file('a'.repeat(3_000_000)))).rejects.toThrow('refused');
    expect(calls.at(-1)?.name).toBe('host.upload.piece');
  });
});
