/**
 * The stand-in for `electron` as a sandboxed preload sees it. Runs inside the page before any of its scripts: this function is
 * sent as text, so it may use nothing from outside itself.
 */
export interface PreloadWorld {
  deskOrigin: string;
  /** Name of the binding that carries an invoke to the test. */
  binding: string;
  /** Name of the function by which the test delivers events. */
  delivery: string;
}

/** The preload as CommonJS wants it: its text becomes the body of this function. */
export type PreloadBody = (require: (name: string) => unknown, module: object, exports: object) => void;

/** The script that gives a page this world and runs the preload in it. */
export function preloadScript(world: PreloadWorld, preload: string): string {
  return `(${preloadWorld.toString()})(${JSON.stringify(world)}, function (require, module, exports) {${preload}\n});`;
}

function preloadWorld({ deskOrigin, binding, delivery }: PreloadWorld, preload: PreloadBody): void {
  // Electron runs a preload in the main frame only, and only for the page of the window.
  const page = globalThis as unknown as Record<string, unknown> & { top: unknown; location: { origin: string } };
  if (page !== page.top || page.location.origin !== deskOrigin) return;
  const carry = page[binding] as (channel: string, args: unknown[]) => Promise<unknown>;
  Reflect.deleteProperty(page, binding);
  const listeners = new Map<string, Set<(event: unknown, payload: unknown) => void>>();

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) => carry(channel, structuredClone(args)),
    on(channel: string, listener: (event: unknown, payload: unknown) => void) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    removeListener(channel: string, listener: (event: unknown, payload: unknown) => void) {
      listeners.get(channel)?.delete(listener);
    },
  };

  /** As the context bridge: plain data is copied, functions become proxies, anything else may not pass. */
  const bridged = (value: unknown): unknown => {
    if (value === ipcRenderer) throw new Error('ipcRenderer was exposed');
    if (typeof value === 'function')
      return (...args: unknown[]) => {
        const result: unknown = (value as (...args: unknown[]) => unknown)(...args.map(bridged));
        return result instanceof Promise ? result.then(bridged) : bridged(result);
      };
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(bridged);
    if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bridged(item)]));
  };
  const contextBridge = {
    exposeInMainWorld(key: string, api: object) {
      if (key in page) throw new Error(`${key} is exposed twice`);
      Object.defineProperty(page, key, { value: Object.freeze(bridged(api)), writable: false });
    },
  };

  Object.defineProperty(page, delivery, {
    value: (channel: string, payload: unknown) => {
      // The event object must never reach the page: it holds a function, which cannot be copied.
      const event = Object.assign(Object.create(null) as object, { sender: ipcRenderer });
      for (const listener of listeners.get(channel) ?? []) listener(event, payload);
    },
  });

  const require = (name: string) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`a sandboxed preload cannot require "${name}"`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports);
}
