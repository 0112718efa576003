/**
 * The `test` every flow uses: a `page` already showing the desk, through the door of the running project, on a database of its
 * own. A script error or a blocked resource anywhere fails the test.
 *
 *     import { expect, test } from '../support/test.ts';
 *     test.use({ database: 'planned' });
 *     test('…', async ({ page }) => { … });
 */
import { _electron, test as base, expect, type Page } from '@playwright/test';
import { startBrowserHost } from './browser-host.ts';
import { root } from './built.ts';
import { freshDatabase, type DatabaseState } from './databases.ts';
import { electronBinary, noElectron } from './electron-binary.ts';
import { openShim } from '../shim/shell.ts';

export type DoorName = 'browser' | 'shim' | 'electron';
export interface DoorOptions {
  door: DoorName;
  /** What is in the database when the desk opens. */
  database: DatabaseState;
}
interface DoorFixtures {
  databaseFile: string;
  /** Messages of script errors and of the content security policy; empty at the end, or the test fails. */
  complaints: string[];
}

export const test = base.extend<DoorOptions & DoorFixtures>({
  door: ['browser', { option: true }],
  database: ['demo', { option: true }],

  databaseFile: async ({ database }, use) => {
    const { file, remove } = await freshDatabase(database);
    await use(file);
    await remove();
  },

  complaints: async ({}, use) => {
    const complaints: string[] = [];
    await use(complaints);
    expect(complaints, 'script errors and blocked resources').toEqual([]);
  },

  page: async ({ door, databaseFile, database, complaints, context }, use, testInfo) => {
    const opened = await openDoor();
    listen(opened.page, complaints);
    await opened.show();
    await use(opened.page);
    await opened.close();

    async function openDoor(): Promise<Opened> {
      // An empty database stays empty in flows: the demo of a first run has its own spec.
      const args = database === 'none' ? ['--empty'] : [];
      switch (door) {
        case 'browser': {
          const host = await startBrowserHost(databaseFile, args);
          const page = await context.newPage();
          return {
            page,
            show: () => page.goto(host.openUrl),
            close: async () => {
              await page.close();
              expect(await host.stop(), host.said()).toBe(0);
            },
          };
        }
        case 'shim': {
          const shell = await openShim(context, { args: ['--db', databaseFile, ...args] });
          return {
            page: shell.page,
            show: () => shell.show(),
            close: async () => {
              const ending = await shell.quit();
              await shell.page.close();
              expect(ending, 'how the shell ended').toEqual({ code: 0, faults: [] });
            },
          };
        }
        case 'electron': {
          const executablePath = electronBinary();
          testInfo.skip(executablePath === null, noElectron);
          const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
          const application = await _electron.launch({
            executablePath: executablePath!,
            args: [...asRoot, root, '--db', databaseFile, ...args],
          });
          return {
            page: await application.firstWindow(),
            show: () => Promise.resolve(),
            close: () => application.close(),
          };
        }
      }
    }
  },
});

interface Opened {
  page: Page;
  show(): Promise<unknown>;
  close(): Promise<void>;
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|\[Report Only\]/i.test(message.text()))
      complaints.push(message.text());
  });
}

export { expect };
