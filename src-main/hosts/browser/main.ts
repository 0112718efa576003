/** Entry of the browser host: opens the database, listens on 127.0.0.1 and prints the address that opens the desk. */
import { parseArgs } from 'node:util';
import { toErrorReport } from '../../base/errors.ts';
import { linesLog } from '../lines-log.ts';
import { databaseFile } from '../places.ts';
import { requireNode } from '../require-node.ts';
import { closeWhenAsked } from '../until-stopped.ts';

async function main(): Promise<void> {
  requireNode();
  const { values } = parseArgs({
    options: {
      db: { type: 'string' },
      port: { type: 'string', default: '0' },
      empty: { type: 'boolean', default: false },
    },
  });
  const log = linesLog(process.env.SUREWATT_LOG === 'debug' ? 'debug' : 'warn');
  // Imported late: what it loads must not be loaded by a Node that is too old for it.
  const { startBrowserHost } = await import('./host.ts');
  const host = await startBrowserHost({
    databaseFile: databaseFile(values.db),
    port: Number(values.port),
    firstRun: values.empty ? 'empty' : 'demo',
    log,
    entryUrl: import.meta.url,
  });
  closeWhenAsked(host.close);
  process.stdout.write(`Surewatt is at ${host.openUrl}\n`);
}

main().catch((thrown: unknown) => {
  const { message, next } = toErrorReport(thrown);
  process.stderr.write(`${message} ${next}\n`);
  process.exit(1);
});
