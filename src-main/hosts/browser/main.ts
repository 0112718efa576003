/** Entry of the browser host: opens the database, listens on 127.0.0.1 and prints the address that opens the desk. */
import { parseArgs } from 'node:util';
import { Refusal, toErrorReport } from '../../base/errors.ts';
import { linesLog } from '../lines-log.ts';
import { databaseFile } from '../places.ts';
import { requireNode } from '../require-node.ts';
import { isPort } from './port.ts';
import { closeWhenAsked } from '../until-stopped.ts';

async function main(): Promise<void> {
  requireNode();
  const { db, port, empty } = wishesOf(process.argv.slice(2));
  const log = linesLog(process.env.SUREWATT_LOG === 'debug' ? 'debug' : 'warn');
  // Imported late: what it loads must not be loaded by a Node that is too old for it.
  const { startBrowserHost } = await import('./host.ts');
  const host = await startBrowserHost({
    databaseFile: databaseFile(db),
    port,
    firstRun: empty ? 'empty' : 'demo',
    log,
    entryUrl: import.meta.url,
  });
  closeWhenAsked(host.close);
  process.stdout.write(`Surewatt is at ${host.openUrl}\n`);
}

/** @throws Refusal `usage` */
function wishesOf(args: string[]): { db: string | undefined; port: number; empty: boolean } {
  const options = {
    db: { type: 'string' },
    port: { type: 'string', default: '0' },
    empty: { type: 'boolean', default: false },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (thrown) {
    throw new Refusal('usage', { problem: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  const port = values.port.trim() === '' ? NaN : Number(values.port);
  if (!isPort(port)) throw new Refusal('usage', { problem: '--port takes a number from 0 to 65535.' });
  return { db: values.db, port, empty: values.empty };
}

main().catch((thrown: unknown) => {
  const { message, next } = toErrorReport(thrown);
  process.stderr.write(`${message} ${next}\n`);
  process.exit(1);
});
