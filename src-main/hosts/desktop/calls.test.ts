import { describe, expect, it } from 'vitest';
import { createUploadShelf, type UploadShelf } from '../upload-shelf.ts';
import type { ByteSource } from '../../planning/ports.ts';
import { createInvokeHandler, type InvokeHandler } from './calls.ts';
import { createPieceUploads } from './piece-uploads.ts';

type Frame = Parameters<InvokeHandler>[0]['senderFrame'];
const frame = (url: string, parent: object | null = null) => ({ senderFrame: { url, parent } as unknown as Frame });
const desk = frame('surewatt://desk/');

const noShelf: UploadShelf = {
  accept: () => Promise.reject(new Error('no upload expected')),
  watch: (door) => door,
  close: () => Promise.resolve(),
};
const dispatch = (name: string) => Promise.resolve({ ok: true as const, value: name });

describe('the invoke channel', () => {
  const invoke = createInvokeHandler(dispatch, createPieceUploads(noShelf));
  it('passes a call of the desk to the dispatcher', async () => {
    expect(await invoke(desk, 'desk.state', {})).toEqual({ ok: true, value: 'desk.state' });
  });
  it.each([
    ['a frame that is gone', { senderFrame: null }],
    ['an embedded frame', frame('surewatt://desk/', {})],
    ['another page', frame('https://evil.example/')],
    ['a file', frame('file:///surewatt/desk/')],
    ['another host of the scheme', frame('surewatt://desk.evil/')],
    ['an empty page', frame('about:blank')],
    ['no address at all', frame('')],
  ])('refuses %s', async (_who, event) => {
    expect(await invoke(event, 'desk.state', {})).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });
  it('refuses a name that is none', async () => {
    for (const name of [undefined, 7, {}, ['desk.state']])
      expect(await invoke(desk, name, {})).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });
});

describe('uploads in pieces', () => {
  const held: ByteSource[] = [];
  const upload = (source: ByteSource) => ({ uploadId: `upload-${held.push(source)}` });

  it('become the file that was sent, and refuse what is not one', async () => {
    const shelf = await createUploadShelf(upload);
    const invoke = createInvokeHandler(dispatch, createPieceUploads(shelf));
    const begun = await invoke(desk, 'host.upload.begin', { name: 'sessions.csv' });
    const { handle } = (begun as { value: { handle: string } }).value;
    for (const text of ['a,b\n', '1,2\n'])
      expect(await invoke(desk, 'host.upload.piece', { handle, bytes: Buffer.from(text) })).toEqual({
        ok: true,
        value: null,
      });
    expect(await invoke(desk, 'host.upload.end', { handle })).toEqual({ ok: true, value: { uploadId: 'upload-1' } });
    let text = '';
    for await (const part of held[0]!.decode(held[0]!.open(), 'utf-8')) text += part;
    expect(text).toBe('a,b\n1,2\n');

    for (const [name, payload] of [
      ['host.upload.begin', { name: '' }],
      ['host.upload.begin', null],
      ['host.upload.piece', { handle, bytes: Buffer.from('late') }],
      ['host.upload.end', { handle: 'upload-99' }],
    ] as const)
      expect(await invoke(desk, name, payload)).toMatchObject({ ok: false });
    await shelf.close();
  });
  it('refuse a piece that is too large or no bytes, and a file that is too large', async () => {
    const shelf = await createUploadShelf(upload, 10);
    const invoke = createInvokeHandler(dispatch, createPieceUploads(shelf));
    const begun = await invoke(desk, 'host.upload.begin', { name: 'big.csv' });
    const { handle } = (begun as { value: { handle: string } }).value;
    expect(await invoke(desk, 'host.upload.piece', { handle, bytes: 'text' })).toMatchObject({ ok: false });
    expect(await invoke(desk, 'host.upload.piece', { handle, bytes: new Uint8Array(5_000_000) })).toMatchObject({
      ok: false,
    });
    await invoke(desk, 'host.upload.piece', { handle, bytes: new Uint8Array(11) });
    expect(await invoke(desk, 'host.upload.end', { handle })).toMatchObject({ ok: false });
    await shelf.close();
  });
  it('are at most four at once: one that nobody ends gives way to the next', async () => {
    const shelf = await createUploadShelf(upload);
    const invoke = createInvokeHandler(dispatch, createPieceUploads(shelf));
    const handles: string[] = [];
    for (let count = 0; count < 4; count++) {
      const begun = await invoke(desk, 'host.upload.begin', { name: 'a.csv' });
      handles.push((begun as { value: { handle: string } }).value.handle);
    }
    const [oldest, ...others] = handles;
    await invoke(desk, 'host.upload.piece', { handle: oldest, bytes: Buffer.from('half') });
    expect(await invoke(desk, 'host.upload.begin', { name: 'a.csv' })).toMatchObject({ ok: true });
    const error = { code: 'upload-unknown' };
    expect(await invoke(desk, 'host.upload.end', { handle: oldest })).toMatchObject({ ok: false, error });
    for (const handle of others) expect(await invoke(desk, 'host.upload.end', { handle })).toMatchObject({ ok: true });
    await shelf.close();
  });
});
