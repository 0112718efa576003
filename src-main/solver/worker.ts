/** Entry of a solver thread: loads HiGHS once, then serves one task at a time. The pool on the other side is pool.ts. */
import { parentPort } from 'node:worker_threads';
import { loadHighsEngine } from './highs-engine.ts';
import { shortProblem, type Reply, type Task } from './messages.ts';

const port = parentPort;
if (port === null) throw new Error('solver/worker.ts is the entry of a worker thread');

const send = (reply: Reply, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(reply, transfer);
const buffersOf = (...arrays: Float64Array[]): ArrayBuffer[] => arrays.map((array) => array.buffer as ArrayBuffer);
const loading = loadHighsEngine();

port.on('message', (task: Task) => {
  void serve(task);
});

async function serve({ job, programs, options, flag }: Task): Promise<void> {
  try {
    const engine = await loading;
    let current = 0;
    engine.solve(programs, options, {
      flag: new Int32Array(flag),
      onStarted: (index) => {
        current = index;
        send({ kind: 'started', job, index });
      },
      onProgress: (progress) => send({ kind: 'progress', job, index: current, progress }),
      onIncumbent: (incumbent) =>
        send({ kind: 'incumbent', job, index: current, incumbent }, buffersOf(incumbent.columns)),
      onOutcome: (index, outcome) => {
        const arrays = 'solution' in outcome ? outcome.solution : null;
        send(
          { kind: 'outcome', job, index, outcome },
          arrays === null ? [] : buffersOf(arrays.columns, arrays.rows, arrays.rowDuals),
        );
      },
    });
    send({ kind: 'done', job });
  } catch (thrown) {
    // The message only: an uncaught error would print the minified source of the WebAssembly loader.
    send({ kind: 'broken', job, problem: shortProblem(thrown) });
  }
}
