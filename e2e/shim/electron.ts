/**
 * A strict stand-in for the module `electron` in the main process: only what the desktop shell uses, and nothing of it
 * forgiving. It proves the wiring of the real bundle; it does not prove that the application works in Electron.
 */
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions, WebPreferences } from 'electron';
import type { FrameFacts, ServedFile } from './messages.ts';
import { becomeReady, cross, fault, isReady, leave, onlyAfterReady, onlyBeforeReady, tell } from './strict.ts';

type Listener = (...args: unknown[]) => unknown;
type Handler = (request: Request) => Response | Promise<Response>;

/** What the shell has set up so far; the shim's process asks it on behalf of the page. */
export const state = {
  sandboxEnabled: false,
  privileged: new Map<string, Record<string, unknown>>(),
  protocolHandlers: new Map<string, Handler>(),
  invokeHandlers: new Map<string, Listener>(),
  permissions: { request: null as Listener | null, check: null as Listener | null, device: null as Listener | null },
  windows: [] as BrowserWindow[],
  menu: [] as MenuItemConstructorOptions[],
  savePath: null as string | null,
  quitting: false,
};

const readiness = Promise.withResolvers<null>();

class App extends EventEmitter {
  readonly isPackaged = false;
  enableSandbox(): void {
    onlyBeforeReady('app.enableSandbox');
    state.sandboxEnabled = true;
  }
  requestSingleInstanceLock(): boolean {
    return process.env.SHIM_SECOND_INSTANCE !== '1';
  }
  whenReady(): Promise<unknown> {
    return readiness.promise;
  }
  getPath(name: string): string {
    const place = process.env[`SHIM_PATH_${name.toUpperCase()}`];
    return place ?? fault(`app.getPath('${name}') is not known to the shim`);
  }
  quit(): void {
    // As Electron: asked once, may be prevented, and then windows close before the end.
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (prevented) return;
    state.quitting = true;
    for (const window of [...state.windows]) window.close();
    this.emit('will-quit', { preventDefault: () => undefined });
    this.exit(0);
  }
  exit(code = 0): void {
    leave(code);
  }
}
export const app = new App();

/** Called by the launcher once the entry module was evaluated: only then does Electron become ready. */
export function fireReady(): void {
  becomeReady();
  app.emit('ready');
  readiness.resolve(null);
}

export const protocol = {
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, unknown> }[]): void {
    onlyBeforeReady('protocol.registerSchemesAsPrivileged');
    if (state.privileged.size > 0) fault('protocol.registerSchemesAsPrivileged may be called once only');
    for (const { scheme, privileges } of schemes) state.privileged.set(scheme, privileges);
  },
  handle(scheme: string, handler: Handler): void {
    onlyAfterReady('protocol.handle');
    const privileges = state.privileged.get(scheme);
    if (!privileges) fault(`the scheme ${scheme} is handled but was not registered as privileged before ready`);
    if (privileges.standard !== true || privileges.secure !== true)
      fault(`the scheme ${scheme} is not standard and secure`);
    if (privileges.bypassCSP === true) fault(`the scheme ${scheme} goes around the content security policy`);
    if (state.protocolHandlers.has(scheme)) fault(`the scheme ${scheme} is handled twice`);
    state.protocolHandlers.set(scheme, handler);
  },
};

const defaultSession = {
  setPermissionRequestHandler: (handler: Listener) => (state.permissions.request = handler),
  setPermissionCheckHandler: (handler: Listener) => (state.permissions.check = handler),
  setDevicePermissionHandler: (handler: Listener) => (state.permissions.device = handler),
};
export const session = {
  get defaultSession() {
    onlyAfterReady('session.defaultSession');
    return defaultSession;
  },
};

export const ipcMain = {
  handle(channel: string, handler: Listener): void {
    if (state.invokeHandlers.has(channel)) fault(`the channel ${channel} is handled twice`);
    state.invokeHandlers.set(channel, handler);
    if (state.invokeHandlers.size > 1) fault('there is more than one invoke channel');
  },
};

export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu(template: MenuItemConstructorOptions[]): void {
    onlyAfterReady('Menu.setApplicationMenu');
    state.menu = template;
  },
};

export const dialog = {
  showErrorBox: (title: string, content: string) => tell({ kind: 'fault', problem: `${title}: ${content}` }),
  showSaveDialog: () => Promise.resolve({ canceled: state.savePath === null, filePath: state.savePath ?? '' }),
};

class WebContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  send(channel: string, payload: unknown): void {
    tell({ kind: 'event', channel, payload: cross(payload, `an event on ${channel}`) });
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents();
  readonly preferences: WebPreferences;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    onlyAfterReady('new BrowserWindow');
    this.preferences = options.webPreferences ?? {};
    refuseUnsafe(this.preferences);
    state.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  static getAllWindows(): BrowserWindow[] {
    return state.windows;
  }
  loadURL(url: string): Promise<void> {
    refuseUnguarded(this.webContents);
    const scheme = new URL(url).protocol.slice(0, -1);
    if (!state.protocolHandlers.has(scheme)) fault(`${url} is loaded, but nothing handles ${scheme}`);
    tell({ kind: 'window', url, preloadFile: this.preferences.preload ?? '' });
    queueMicrotask(() => this.emit('ready-to-show'));
    return Promise.resolve();
  }
  show(): void {}
  focus(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false;
  }
  close(): void {
    state.windows.splice(state.windows.indexOf(this), 1);
    this.emit('closed');
    if (state.windows.length === 0 && !state.quitting) app.emit('window-all-closed');
  }
}

function refuseUnsafe(preferences: WebPreferences): void {
  if (!state.sandboxEnabled) fault('app.enableSandbox was not called before ready');
  const wanted: WebPreferences = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true };
  for (const [name, value] of Object.entries(wanted))
    if (preferences[name as keyof WebPreferences] !== value) fault(`webPreferences.${name} is not ${String(value)}`);
  for (const name of [
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'webviewTag',
    'allowRunningInsecureContent',
  ] as const)
    if (preferences[name] === true) fault(`webPreferences.${name} is on`);
  const { preload } = preferences;
  if (preload === undefined || !isAbsolute(preload) || !existsSync(preload))
    fault(`the preload ${String(preload)} is not there`);
  const source = readFileSync(preload, 'utf8');
  if (/^\s*(import|export)\s/m.test(source)) fault('a sandboxed preload cannot import or export');
}

function refuseUnguarded(contents: WebContents): void {
  for (const [name, handler] of Object.entries(state.permissions))
    if (!handler) fault(`there is no permission ${name} handler`);
  if (!contents.openHandler) fault('there is no window open handler');
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])
    if (contents.listenerCount(name) === 0) fault(`nothing listens to ${name}`);
  if (state.invokeHandlers.size !== 1) fault('there is no invoke channel');
}

/** An invoke as the renderer makes it, with the frame it really came from. */
export async function invoke(channel: string, args: unknown[], frame: FrameFacts | null): Promise<unknown> {
  const handler = state.invokeHandlers.get(channel);
  if (!handler) fault(`nothing handles the channel ${channel}`);
  const senderFrame = frame && { url: frame.url, parent: frame.embedded ? {} : null };
  try {
    return cross(await handler({ senderFrame }, ...args), `the reply on ${channel}`);
  } catch (thrown) {
    return fault(`an error was thrown across IPC: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

/** A request of the page through the protocol handler of its scheme. */
export async function serve(url: string, method: string, initiatorOrigin: string | null): Promise<ServedFile> {
  const handler = state.protocolHandlers.get(new URL(url).protocol.slice(0, -1));
  if (!handler) fault(`nothing handles ${url}`);
  const request = Object.assign(new Request(url, { method }), initiatorOrigin === null ? {} : { initiatorOrigin });
  const response = await handler(request);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

export { isReady };
