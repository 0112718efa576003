/**
 * The desktop shell without Electron: the built main bundle in its own process, the built preload in a real Chromium page, and
 * this between them. The page lives at an https address that stands for the desk's own scheme; nothing is ever sent there.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Frame, Page, Request, Route } from '@playwright/test';
import { builtMain } from '../support/built.ts';
import type { AskWithoutId, FrameFacts, ServedFile, Told } from './messages.ts';
import { preloadScript } from './preload-world.ts';

const realOrigin = 'surewatt://desk';
const pageOrigin = 'https://desk.surewatt.test';
/** Longer than closing the database may take. */
const endingMs = 15_000;
const names = { binding: '__shimInvoke', delivery: '__shimDeliver' };

export interface ShimOptions {
  args: readonly string[];
  /** Another bundle than the built one: how a seeded fault is run. */
  bundle?: string;
  preload?: string;
  secondInstance?: 'yes';
}

export interface Shim {
  page: Page;
  /** Loads the desk, once the shell has asked for its window. */
  show(): Promise<void>;
  ask(message: AskWithoutId): Promise<unknown>;
  /** Everything Electron would have refused, ignored or made unsafe so far. */
  faults: string[];
  /** Addresses outside the desk the page tried to reach. */
  outside: string[];
  /** Resolves when the process has ended by itself. */
  ended: Promise<number | null>;
  /** Closes the window and waits for the end. */
  quit(): Promise<{ code: number | null; faults: string[] }>;
}

export async function openShim(context: BrowserContext, options: ShimOptions): Promise<Shim> {
  const page = await context.newPage();
  const logs = await mkdtemp(join(tmpdir(), 'surewatt-shim-'));
  // Nothing is awaited between starting the process and listening to it: what it tells first would be lost.
  const child = fork(
    join(import.meta.dirname, 'launch.ts'),
    [options.bundle ?? builtMain('desktop'), ...options.args],
    {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, SHIM_PATH_LOGS: logs, ...(options.secondInstance ? { SHIM_SECOND_INSTANCE: '1' } : {}) },
    },
  );
  const faults: string[] = [];
  const outside: string[] = [];
  const waiting = new Map<number, (value: unknown) => void>();
  const window = Promise.withResolvers<{ url: string; preloadFile: string }>();
  window.promise.catch(() => undefined);
  const ended = once(child, 'exit').then(async ([code]) => {
    window.reject(
      new Error(`the shell ended with code ${String(code)} before it opened a window: ${faults.join('; ') || said}`),
    );
    for (const resolve of waiting.values()) resolve(undefined);
    await rm(logs, { recursive: true, force: true });
    return code as number | null;
  });
  let said = '';
  let asked = 0;
  let loading = false;
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));

  const ask = (message: AskWithoutId) =>
    new Promise<unknown>((resolve) => {
      const id = ++asked;
      waiting.set(id, resolve);
      // A shell that is leaving may close its channel between the question and its sending.
      if (child.connected) child.send({ ...message, id }, (error) => (error ? resolve(undefined) : undefined));
      else resolve(undefined);
    });

  child.on('message', (told: Told) => {
    switch (told.kind) {
      case 'reply':
        waiting.get(told.id)?.(told.value);
        waiting.delete(told.id);
        return;
      case 'window':
        window.resolve(told);
        return;
      case 'event':
        void deliver(page, told.channel, told.payload);
        return;
      case 'leaving':
        return;
      case 'fault':
        faults.push(told.problem);
        window.reject(new Error(told.problem));
        return;
    }
  });

  const navigationRefused = async (url: string, frame: Frame) => {
    const event = frame.parentFrame() === null ? 'will-navigate' : 'will-frame-navigate';
    return (await ask({ kind: 'navigate', event, url: toReal(url) })) === true;
  };

  await context.route('**/*', async (route: Route) => {
    const request = route.request();
    const url = request.url();
    const frame = frameOf(request);
    if (frame?.page() !== page) return route.abort();
    // No content: the page stays as it is, as when Electron prevents a navigation.
    if (!loading && request.isNavigationRequest() && (await navigationRefused(url, frame)))
      return route.fulfill({ status: 204 });
    if (!url.startsWith(`${pageOrigin}/`)) {
      outside.push(url);
      return route.abort();
    }
    const initiatorOrigin = loading && request.isNavigationRequest() ? null : realOrigin;
    const served = (await ask({ kind: 'request', url: toReal(url), method: request.method(), initiatorOrigin })) as
      ServedFile | undefined;
    if (!served) return route.abort();
    return route.fulfill({ status: served.status, headers: served.headers, body: Buffer.from(served.body) });
  });
  await page.exposeBinding(names.binding, ({ frame }, channel: string, args: unknown[]) =>
    ask({ kind: 'invoke', channel, args, frame: factsOf(frame) }),
  );
  page.on('popup', (popup) => {
    void (async () => {
      const action = await ask({ kind: 'window-open', url: popup.url() });
      if (action !== 'deny') faults.push(`a new window was allowed for ${popup.url()}`);
      await popup.close();
    })();
  });

  return {
    page,
    ask,
    faults,
    outside,
    ended,
    async show() {
      const { url, preloadFile } = await window.promise;
      const preload = await readFile(options.preload ?? preloadFile, 'utf8');
      await page.addInitScript({ content: preloadScript({ ...names, deskOrigin: pageOrigin }, preload) });
      loading = true;
      await page.goto(toPage(url));
      loading = false;
    },
    async quit() {
      await Promise.race([ask({ kind: 'close-window' }), ended]);
      const late = setTimeout(() => {
        faults.push('the shell did not end after its window was closed');
        child.kill('SIGKILL');
      }, endingMs);
      const code = await ended;
      clearTimeout(late);
      return { code, faults };
    },
  };
}

const toReal = (url: string) => (url.startsWith(pageOrigin) ? realOrigin + url.slice(pageOrigin.length) : url);
const toPage = (url: string) => url.replace(realOrigin, pageOrigin);

/** The frame that asked; null while it is still being made, as for a new window. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

function factsOf(frame: Frame): FrameFacts {
  return { url: toReal(frame.url()), embedded: frame.parentFrame() !== null };
}

/** Events before the page is there, or after it is gone, are lost: as in Electron. */
async function deliver(page: Page, channel: string, payload: unknown): Promise<void> {
  await page
    .evaluate(
      ([name, to, what]) =>
        (globalThis as unknown as Record<string, ((to: string, what: unknown) => void) | undefined>)[name]?.(to, what),
      [names.delivery, channel, payload] as const,
    )
    .catch(() => undefined);
}
