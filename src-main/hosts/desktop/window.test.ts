import type { Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { denyPermissions, guardContents, windowOptions } from './window.ts';

describe('the window', () => {
  it('is sandboxed, isolated and without Node', () => {
    expect(windowOptions('/p.cjs').webPreferences).toMatchObject({
      preload: '/p.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });
  it('goes nowhere but the desk', () => {
    const listeners = new Map<string, (details: { url: string; preventDefault(): void }) => void>();
    let openHandler: () => { action: string } = () => ({ action: 'allow' });
    guardContents({
      on: (name: string, listener: never) => listeners.set(name, listener),
      setWindowOpenHandler: (handler: typeof openHandler) => (openHandler = handler),
    } as unknown as WebContents);
    expect(openHandler()).toEqual({ action: 'deny' });
    const prevented = (name: string, url: string) => {
      const preventDefault = vi.fn();
      listeners.get(name)?.({ url, preventDefault });
      return preventDefault.mock.calls.length === 1;
    };
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        'surewatt://desk.evil/',
        'javascript:alert(1)',
        'nonsense',
      ])
        expect(prevented(name, url), `${name} ${url}`).toBe(true);
      expect(prevented(name, 'surewatt://desk/'), name).toBe(false);
    }
    expect(prevented('will-attach-webview', 'surewatt://desk/')).toBe(true);
  });
  it('has every permission denied, asked or checked', () => {
    const handlers: Record<string, (...args: unknown[]) => unknown> = {};
    const keep = (name: string) => (handler: (...args: unknown[]) => unknown) => (handlers[name] = handler);
    denyPermissions({
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
    } as unknown as Session);
    const answers: boolean[] = [];
    handlers.request?.({}, 'media', (allowed: boolean) => answers.push(allowed));
    expect(answers).toEqual([false]);
    expect(handlers.check?.({}, 'geolocation')).toBe(false);
    expect(handlers.device?.({ deviceType: 'usb' })).toBe(false);
  });
});
