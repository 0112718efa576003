/** The one invoke channel: who may ask, and what of it is for the host itself. */
import type { IpcMainInvokeEvent } from 'electron';
import { describeError, toErrorReport } from '../../base/errors.ts';
import type { Reply } from '../../contract/calls.ts';
import type { Dispatcher } from '../../contract/dispatcher.ts';
import { isDeskUrl } from './origin.ts';
import type { PieceUploads } from './piece-uploads.ts';
import { uploadCalls } from './bridge.ts';

export type InvokeHandler = (
  event: Pick<IpcMainInvokeEvent, 'senderFrame'>,
  name: unknown,
  payload: unknown,
) => Promise<Reply<unknown>>;

/** Answers the main frame of the desk and nobody else; what the dispatcher does not know it refuses. */
export function createInvokeHandler(dispatch: Dispatcher, uploads: PieceUploads): InvokeHandler {
  return async (event, name, payload) => {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isDeskUrl(frame.url))
      return refuse(name, 'only the desk itself may ask');
    if (typeof name !== 'string') return refuse(name, 'a call has a name');
    try {
      switch (name) {
        case uploadCalls.begin:
          return { ok: true, value: await uploads.begin(payload) };
        case uploadCalls.piece:
          return { ok: true, value: await uploads.piece(payload) };
        case uploadCalls.end:
          return { ok: true, value: await uploads.end(payload) };
        default:
          return await dispatch(name, payload);
      }
    } catch (thrown) {
      return { ok: false, error: toErrorReport(thrown) };
    }
  };
}

function refuse(name: unknown, problem: string): Reply<never> {
  return { ok: false, error: describeError('bad-request', { call: String(name).slice(0, 80), problem }) };
}
