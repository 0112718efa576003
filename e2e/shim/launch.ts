/**
 * Runs the built desktop bundle with the stand-in for `electron`, and answers the test that owns the page.
 * Arguments: the bundle, then what the application would be started with.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Ask } from './messages.ts';
import { app, fireReady, invoke, serve, state } from './electron.ts';
import { fault, leave, tell } from './strict.ts';

const standIn = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

/** Longer than any bundle needs to be evaluated; an entry that waits for `ready` at its top level never is. */
const evaluationMs = 5000;

const [, , bundle, ...args] = process.argv;
if (bundle === undefined) throw new Error('launch.ts needs the bundle to run');
process.argv = [process.execPath, bundle, ...args];
process.on('message', (ask: Ask) => void answer(ask).then((value) => tell({ kind: 'reply', id: ask.id, value })));
process.on('disconnect', () => process.exit(1));
process.on('unhandledRejection', (thrown) => {
  tell({ kind: 'fault', problem: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
});

const stuck = setTimeout(() => {
  tell({ kind: 'fault', problem: 'the entry module waits at its top level: Electron would never become ready' });
  leave(1);
}, evaluationMs);
try {
  await import(pathToFileURL(bundle).href);
  fireReady();
} catch (thrown) {
  tell({ kind: 'fault', problem: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  leave(1);
} finally {
  clearTimeout(stuck);
}

async function answer(ask: Ask): Promise<unknown> {
  const [window] = state.windows;
  switch (ask.kind) {
    case 'request':
      return serve(ask.url, ask.method, ask.initiatorOrigin);
    case 'invoke':
      return invoke(ask.channel, ask.args, ask.frame);
    case 'navigate': {
      let prevented = false;
      window?.webContents.emit(ask.event, {
        url: ask.url,
        isMainFrame: true,
        preventDefault: () => (prevented = true),
      });
      return prevented;
    }
    case 'window-open':
      return window?.webContents.openHandler?.({ url: ask.url }).action;
    case 'permission': {
      const asked = await new Promise(
        (resolve) => void state.permissions.request?.(window?.webContents, ask.permission, resolve),
      );
      return asked === true || state.permissions.check?.(window?.webContents, ask.permission, '') === true;
    }
    case 'second-instance':
      return app.emit('second-instance');
    case 'menu': {
      state.savePath = ask.savePath;
      const items = state.menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
      const item = items.find(({ label }) => label === ask.label);
      if (!item?.click) return fault(`there is no menu item "${ask.label}"`);
      (item.click as () => void)();
      return true;
    }
    case 'close-window':
      return window?.close();
  }
}
