/** How the desk's window is made: hardened, and never showing anything but the desk. */
import type { BrowserWindowConstructorOptions, Session, WebContents } from 'electron';
import { isDeskUrl } from './origin.ts';

export function windowOptions(preloadFile: string): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    title: 'Surewatt',
    backgroundColor: '#E6E6E6',
    show: false,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  };
}

/** Nothing the desk shows may lead elsewhere: no navigation, redirect, new window or embedded page. */
export function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (details) => stay(details));
  contents.on('will-frame-navigate', (details) => stay(details));
  contents.on('will-redirect', (details) => stay(details));
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

function stay(details: { url: string; preventDefault(): void }): void {
  if (!isDeskUrl(details.url)) details.preventDefault();
}

/** The desk needs no camera, no location, no device: every permission is denied, asked or checked. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
