/**
 * Entry of the desktop host. What must come before `ready` is done while this module is evaluated; nothing is awaited at its
 * top level, because Electron would then never become ready. Electron's modules are handed on as values from here only.
 */
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { parseArgs } from 'node:util';
import { toErrorReport } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { databaseFile } from '../places.ts';
import { eventChannel, invokeChannel } from './bridge.ts';
import { fileLog } from './log.ts';
import { menuTemplate } from './menu.ts';
import { deskUrl, scheme } from './origin.ts';
import { denyPermissions, guardContents, windowOptions } from './window.ts';

app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
app.on('web-contents-created', (_event, contents) => guardContents(contents));

if (!app.requestSingleInstanceLock()) app.quit();
else void app.whenReady().then(start).catch(giveUp);

async function start(): Promise<void> {
  // Not strict: Electron's own switches and, unpackaged, the folder of the application come first.
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { db: { type: 'string' }, empty: { type: 'boolean', default: false } },
    strict: false,
    allowPositionals: true,
  });
  const log = fileLog(app.getPath('logs'), 'info');
  // Imported late: it loads the database addon and the solver, which the window's first moments do not need.
  const { openDesk } = await import('./desk.ts');
  const desk = await openDesk({
    databaseFile: databaseFile(typeof values.db === 'string' ? values.db : undefined),
    firstRun: values.empty === true ? 'empty' : 'demo',
    log,
    entryUrl: import.meta.url,
  });
  denyPermissions(session.defaultSession);
  protocol.handle(scheme, (request) => desk.serve(request));
  ipcMain.handle(invokeChannel, (event, name: unknown, payload: unknown) => desk.invoke(event, name, payload));
  desk.onEvent((event) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(eventChannel, event);
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate(process.platform, { backUp: () => void backUp(desk.dispatch, log) })),
  );
  closeInOrder(desk.close, log);
  const reopen = (): void => {
    openWindow(desk.preloadFile).catch((thrown: unknown) => log.error('no window', { problem: String(thrown) }));
  };
  // On macOS the desk goes on without a window: asked for again, it gets one.
  app.on('second-instance', reopen);
  app.on('activate', reopen);
  await openWindow(desk.preloadFile);
}

async function openWindow(preloadFile: string): Promise<void> {
  if (BrowserWindow.getAllWindows().length > 0) return showWindow();
  const window = new BrowserWindow(windowOptions(preloadFile));
  window.once('ready-to-show', () => window.show());
  await window.loadURL(deskUrl);
}

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

async function backUp(dispatch: (name: string, payload: unknown) => Promise<unknown>, log: Log): Promise<void> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: 'Back up the database',
    defaultPath: 'surewatt-backup.db',
    // The dialog itself asks before it gives back the name of a file that is there.
    properties: ['showOverwriteConfirmation'],
  });
  if (canceled || !filePath) return;
  log.info('backup', { reply: await dispatch('desk.backup', { file: filePath, existing: 'replace' }) });
}

/** The database is closed before the process ends, whichever way it was asked to. */
function closeInOrder(close: () => Promise<void>, log: Log): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    // Asked again while it closes: once is enough.
    if (state === 'closing') return;
    state = 'closing';
    close()
      .catch((thrown: unknown) => log.error('closing failed', { problem: String(thrown) }))
      .finally(() => {
        state = 'closed';
        app.quit();
      });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}

function giveUp(thrown: unknown): void {
  const { message, next } = toErrorReport(thrown);
  process.stderr.write(`${message} ${next}\n`);
  dialog.showErrorBox('Surewatt cannot start', `${message}\n\n${next}`);
  app.exit(1);
}
