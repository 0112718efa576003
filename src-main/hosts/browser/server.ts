/**
 * The loopback host: the desk for a plain browser on this machine, over HTTP on 127.0.0.1 and nowhere else.
 *
 * | request          | answer                                                                              |
 * |------------------|-------------------------------------------------------------------------------------|
 * | GET /open?token= | the one-time token becomes an HttpOnly, SameSite=Strict cookie                      |
 * | POST /call       | { name, payload } to the dispatcher; JSON of at most 1 MiB                          |
 * | POST /upload     | the body, streamed to the upload shelf                                              |
 * | GET /events      | server-sent events                                                                  |
 * | GET anything     | the renderer's files                                                                |
 *
 * A wrong Host answers 421 (another name was made to point here), a foreign Origin 403, a missing cookie 401.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { createAssetHandler, plainAnswer } from '../assets.ts';
import type { Door } from '../door.ts';
import { createUploadShelf } from '../upload-shelf.ts';
import { answerCall, answerUpload } from './answers.ts';
import { createEventStream } from './event-stream.ts';
import { createSession, type Session } from './session.ts';

export interface LoopbackOptions {
  door: Door;
  rendererDirectory: string;
  log: Log;
  /** 0 takes any free port. */
  port: number;
}

export interface LoopbackServer {
  /** http://127.0.0.1:port */
  origin: string;
  /** The address that opens the desk, once. */
  openUrl: string;
  close(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<Response | null>;

/** @throws Refusal `port-unavailable` */
export async function startLoopbackServer({
  door,
  rendererDirectory,
  log,
  port,
}: LoopbackOptions): Promise<LoopbackServer> {
  const shelf = await createUploadShelf(door.upload);
  const watched = shelf.watch(door);
  const assets = createAssetHandler(rendererDirectory);
  const stream = createEventStream();
  const unsubscribe = door.onEvent((event) => stream.send(event));
  let session: Session | null = null;
  let host = '';

  const routes: Readonly<Record<string, Answer>> = {
    'POST /call': (request) => answerCall(request, watched.dispatch),
    'POST /upload': (request, _response, url) => answerUpload(request, url, shelf),
    'GET /events': async (_request, response) => {
      stream.attach(response);
      return null;
    },
  };

  const answer: Answer = async (request, response, url) => {
    if (request.headers.host !== host) return plainAnswer(421, 'This host answers only to its own address.');
    const foreign = refuseForeign(request, `http://${host}`);
    if (foreign) return foreign;
    if (url.pathname === '/open' && request.method === 'GET') return open(session, url);
    if (!session?.holds(request.headers.cookie))
      return plainAnswer(401, 'Open the desk with the address Surewatt printed when it started.');
    const route = routes[`${request.method} ${url.pathname}`];
    if (route) return route(request, response, url);
    if (!isSafe(request)) return plainAnswer(405, 'That is not answered here.', { allow: 'GET, HEAD' });
    return assets(new Request(url, { method: request.method as string }));
  };

  const server = createServer((request, response) => {
    void (async () => {
      const url = parseUrl(request.url);
      const answered = url ? await answer(request, response, url) : plainAnswer(400, 'That address cannot be read.');
      if (answered) await send(answered, response);
    })().catch((thrown: unknown) => {
      log.error('a request failed', { problem: thrown instanceof Error ? thrown.stack : String(thrown) });
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.headersTimeout = 10_000;
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  } catch (thrown) {
    unsubscribe();
    stream.close();
    await shelf.close();
    throw refusedPort(port, thrown);
  }
  const bound = (server.address() as AddressInfo).port;
  host = `127.0.0.1:${bound}`;
  session = createSession(`surewatt-${bound}`);

  return {
    origin: `http://${host}`,
    openUrl: `http://${host}/open?token=${session.token}`,
    async close() {
      unsubscribe();
      stream.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await shelf.close();
    },
  };
}

/** In words where the machine does not give the port; anything else as it is. */
function refusedPort(port: number, thrown: unknown): unknown {
  switch ((thrown as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new Refusal('port-unavailable', { port, problem: 'another program listens there' });
    case 'EACCES':
      return new Refusal('port-unavailable', { port, problem: 'it takes rights that you do not have' });
    default:
      return thrown;
  }
}

/** Only our own page may send anything; a browser names the sender of every POST, so a POST without one is refused too. */
function refuseForeign(request: IncomingMessage, origin: string): Response | null {
  const named = request.headers.origin;
  if (named === undefined ? !isSafe(request) : named !== origin)
    return plainAnswer(403, 'Requests from other pages are refused.');
  return null;
}

function isSafe(request: IncomingMessage): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

function open(session: Session | null, url: URL): Response {
  const cookie = session?.redeem(url.searchParams.get('token')) ?? null;
  if (cookie === null)
    return plainAnswer(403, 'This address opens the desk only once. Start Surewatt again to get a new one.');
  return plainAnswer(303, 'The desk is open.', { 'set-cookie': cookie, location: '/' });
}

function parseUrl(text: string | undefined): URL | null {
  return text?.startsWith('/') ? URL.parse(`http://127.0.0.1${text.startsWith('//') ? '/.' : ''}${text}`) : null;
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (!answer.body) response.end();
  else await pipeline(Readable.fromWeb(answer.body), response);
}
