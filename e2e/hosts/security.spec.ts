/** The loopback host as delivered, attacked from a real browser and with raw requests. */
import { createServer } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startBrowserHost, type RunningHost } from '../support/browser-host.ts';
import { freshDatabase } from '../support/databases.ts';
import { expect, test } from '../support/test.ts';

let host: RunningHost;
let removeDatabase: () => Promise<void>;
let cookie = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  const { file, remove } = await freshDatabase('demo');
  removeDatabase = remove;
  host = await startBrowserHost(file);
  const opened = await fetch(host.openUrl, { redirect: 'manual' });
  cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
});
test.afterAll(async () => {
  expect(await host.stop(), host.said()).toBe(0);
  await removeDatabase();
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}
function raw(path: string, method = 'GET', headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  const { hostname, port } = new URL(host.origin);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
const trusted = () => ({ cookie, origin: host.origin, 'content-type': 'application/json' });
const post = (name: string, payload: unknown = {}) =>
  raw('/call', 'POST', trusted(), JSON.stringify({ name, payload }));

test('listens on 127.0.0.1 alone', async () => {
  expect(new URL(host.origin).hostname).toBe('127.0.0.1');
  const { port } = new URL(host.origin);
  await expect(fetch(`http://[::1]:${port}/`)).rejects.toThrow();
});

test('answers 401 without its cookie, 403 to a used token', async () => {
  expect((await raw('/')).status).toBe(401);
  expect((await raw('/events')).status).toBe(401);
  const { pathname, search } = new URL(host.openUrl);
  expect((await raw(pathname + search)).status).toBe(403);
});

test('answers 421 to another name and 403 to another page', async () => {
  expect((await raw('/', 'GET', { cookie, host: 'surewatt.example' })).status).toBe(421);
  expect((await raw('/call', 'POST', { ...trusted(), origin: 'http://evil.example' }, '{}')).status).toBe(403);
  expect((await raw('/call', 'POST', { cookie, 'content-type': 'application/json' }, '{}')).status).toBe(403);
});

test('takes calls as JSON of at most one mebibyte', async () => {
  expect((await raw('/call', 'POST', { ...trusted(), 'content-type': 'text/plain' }, '{}')).status).toBe(415);
  expect((await raw('/call', 'POST', trusted(), 'x'.repeat(1024 * 1024 + 1))).status).toBe(413);
  expect((await raw('/call', 'POST', trusted(), '{')).status).toBe(400);
  expect((await post('desk.state')).status).toBe(200);
});

for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'desk', ''])
  test(`refuses the call "${name}" as unknown`, async () => {
    const answer = await post(name);
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

for (const path of [
  '/../package.json',
  '/..%2fpackage.json',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/assets/..%5c..%5cpackage.json',
  '//etc/passwd',
])
  test(`does not serve ${path}`, async () => {
    const { status, text } = await raw(path, 'GET', { cookie });
    expect([403, 404]).toContain(status);
    expect(text).not.toContain('surewatt');
  });

test('sends its policy with every answer', async () => {
  for (const path of ['/', '/absent.js', '/..%2fx']) {
    const { headers } = await raw(path, 'GET', { cookie });
    expect(headers['content-security-policy'], path).toContain("script-src 'self'");
    expect(headers['x-content-type-options'], path).toBe('nosniff');
  }
});

test('a page of another origin can neither call, read, frame nor listen', async ({ browser }) => {
  const evil = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
  );
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  const context = await browser.newContext();
  const [name, value] = cookie.split('=') as [string, string];
  await context.addCookies([{ name, value, url: host.origin, httpOnly: true, sameSite: 'Strict' }]);
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
  const tried = await page.evaluate(async (origin) => {
    const attempt = (promise: Promise<unknown>) =>
      promise.then(
        () => 'answered',
        () => 'refused',
      );
    const body = JSON.stringify({ name: 'desk.state', payload: {} });
    const json = { 'content-type': 'application/json' };
    return [
      await attempt(fetch(`${origin}/call`, { method: 'POST', credentials: 'include', headers: json, body })),
      await attempt(fetch(`${origin}/call`, { method: 'POST', credentials: 'include', body })),
      await attempt(fetch(`${origin}/`, { credentials: 'include' })),
    ];
  }, host.origin);
  expect(tried).toEqual(['refused', 'refused', 'refused']);
  await context.close();
  evil.close();
});
