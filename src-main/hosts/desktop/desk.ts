/** Everything of the desktop host that needs no Electron: the core, the upload shelf, the renderer's files, the invoke channel. */
import type { Log } from '../../base/log.ts';
import type { AnyEvent } from '../../contract/calls.ts';
import type { Dispatcher } from '../../contract/dispatcher.ts';
import { createAssetHandler, plainAnswer } from '../assets.ts';
import { compose } from '../compose.ts';
import { isFirstRun, startDemo, type FirstRun } from '../first-run.ts';
import { delivered, threadEntries } from '../places.ts';
import { createUploadShelf } from '../upload-shelf.ts';
import { createInvokeHandler, type InvokeHandler } from './calls.ts';
import { deskOrigin, isDeskUrl } from './origin.ts';
import { createPieceUploads } from './piece-uploads.ts';

export interface DesktopOptions {
  databaseFile: string;
  firstRun: FirstRun;
  log: Log;
  entryUrl: string;
}

/** What Electron hands a protocol handler: a request, and who made it when web content did. */
export type DeskRequest = Request & { readonly initiatorOrigin?: string };

export interface OpenedDesk {
  dispatch: Dispatcher;
  invoke: InvokeHandler;
  serve(request: DeskRequest): Promise<Response>;
  onEvent(listener: (event: AnyEvent) => void): () => void;
  preloadFile: string;
  close(): Promise<void>;
}

export async function openDesk({ databaseFile, firstRun, log, entryUrl }: DesktopOptions): Promise<OpenedDesk> {
  const { migrationsDirectory, demoDirectory, rendererDirectory, preloadFile } = delivered(entryUrl);
  const first = isFirstRun(databaseFile);
  const core = await compose({
    databaseFile,
    log,
    host: 'desktop',
    migrationsDirectory,
    demoDirectory,
    ...threadEntries(entryUrl),
  });
  const shelf = await createUploadShelf(core.upload);
  const { dispatch } = shelf.watch(core);
  const assets = createAssetHandler(rendererDirectory);
  if (first && firstRun === 'demo') void startDemo(core, log);
  return {
    dispatch,
    invoke: createInvokeHandler(dispatch, createPieceUploads(shelf)),
    async serve(request) {
      // Requests of this scheme carry neither Origin nor Referer; Electron names who made them, or nobody for its own.
      const from = request.initiatorOrigin;
      if (!isDeskUrl(request.url) || (from !== undefined && from !== deskOrigin))
        return plainAnswer(403, 'Only the desk is served.');
      return assets(request);
    },
    onEvent: core.onEvent,
    preloadFile,
    async close() {
      await core.close();
      await shelf.close();
    },
  };
}
