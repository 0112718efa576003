/** What the loopback host answers to a call and to an upload, once the sender has been let in. */
import type { IncomingMessage } from 'node:http';
import type { Dispatcher } from '../../contract/dispatcher.ts';
import { decodeWire, encodeWire } from '../../contract/wire.ts';
import { toErrorReport } from '../../base/errors.ts';
import { plainAnswer } from '../assets.ts';
import { UploadTooLarge, type UploadShelf } from '../upload-shelf.ts';

export const callLimitBytes = 1024 * 1024;

/** 415 for anything but JSON, 413 above 1 MiB, 400 for what is not { name, payload }; else 200 with the dispatcher's reply. */
export async function answerCall(request: IncomingMessage, dispatch: Dispatcher): Promise<Response> {
  if (mediaType(request) !== 'application/json') return refuse(request, 415, 'A call is application/json.');
  const text = await readText(request, callLimitBytes);
  if (text === null) return refuse(request, 413, 'A call is at most 1 MiB; files go to /upload.');
  const call = parseCall(text);
  if (!call) return plainAnswer(400, 'A call is {"name": …, "payload": …}.');
  return jsonAnswer(await dispatch(call.name, call.payload));
}

export async function answerUpload(request: IncomingMessage, url: URL, shelf: UploadShelf): Promise<Response> {
  if (mediaType(request) !== 'application/octet-stream')
    return refuse(request, 415, 'An upload is application/octet-stream.');
  const name = url.searchParams.get('name');
  if (!name) return refuse(request, 400, 'An upload names its file: /upload?name=…');
  try {
    return jsonAnswer({ ok: true, value: await shelf.accept(name, request) });
  } catch (thrown) {
    if (thrown instanceof UploadTooLarge) return refuse(request, 413, 'The file is too large.');
    return jsonAnswer({ ok: false, error: toErrorReport(thrown) });
  }
}

function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
}

/** Whole body as text, or null as soon as it is longer than the limit. */
async function readText(request: IncomingMessage, limitBytes: number): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return null;
  const chunks: Buffer[] = [];
  let seen = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    seen += chunk.length;
    if (seen > limitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseCall(text: string): { name: string; payload: unknown } | null {
  try {
    const call = decodeWire(text);
    if (typeof call !== 'object' || call === null) return null;
    const { name, payload } = call as Record<string, unknown>;
    return typeof name === 'string' ? { name, payload } : null;
  } catch {
    return null;
  }
}

function jsonAnswer(value: unknown): Response {
  const answer = plainAnswer(200, '', { 'content-type': 'application/json' });
  return new Response(encodeWire(value), { status: 200, headers: answer.headers });
}

/** A refusal before the body was read: the connection is closed, so that the rest of it is not waited for. */
function refuse(request: IncomingMessage, status: number, text: string): Response {
  request.resume();
  return plainAnswer(status, text, { connection: 'close' });
}
