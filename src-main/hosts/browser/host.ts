/** The browser host as a whole: core and loopback server, started and stopped together. */
import type { Log } from '../../base/log.ts';
import { compose } from '../compose.ts';
import { isFirstRun, startDemo, type FirstRun } from '../first-run.ts';
import { delivered, threadEntries } from '../places.ts';
import { startLoopbackServer, type LoopbackServer } from './server.ts';

export interface BrowserHostOptions {
  databaseFile: string;
  /** 0 takes any free port. */
  port: number;
  firstRun: FirstRun;
  log: Log;
  /** import.meta.url of the entry: what is delivered lies beside it. */
  entryUrl: string;
}

export async function startBrowserHost(options: BrowserHostOptions): Promise<LoopbackServer> {
  const { databaseFile, port, log, entryUrl } = options;
  const { migrationsDirectory, demoDirectory, rendererDirectory } = delivered(entryUrl);
  const first = isFirstRun(databaseFile);
  const core = await compose({
    databaseFile,
    log,
    host: 'browser',
    migrationsDirectory,
    demoDirectory,
    ...threadEntries(entryUrl),
  });
  try {
    const server = await startLoopbackServer({ door: core, rendererDirectory, log, port });
    if (first && options.firstRun === 'demo') void startDemo(core, log);
    return {
      ...server,
      async close() {
        await server.close();
        await core.close();
      },
    };
  } catch (thrown) {
    await core.close();
    throw thrown;
  }
}
