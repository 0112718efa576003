/** Entry of a helper's thread: one trade, one request after the other. The other side is helper-threads.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { openTrade, type AnyWork } from '../../planning/helpers/trades.ts';
import type { HelperStart, ThreadReply } from './helper-messages.ts';

const port = parentPort;
if (port === null) throw new Error('helper-entry.ts is the entry of a worker thread');

const send = (reply: ThreadReply): void => port.postMessage(reply);
const attempt = (work: () => void): void => {
  try {
    work();
  } catch (thrown) {
    send({ kind: 'broken', problem: thrown instanceof Error ? thrown.message : String(thrown) });
  }
};

attempt(() => {
  const { trade, known } = workerData as HelperStart;
  const work: AnyWork = openTrade(trade, known);
  port.on('message', (request: unknown) => attempt(() => send({ kind: 'answer', answer: work(request) })));
});
