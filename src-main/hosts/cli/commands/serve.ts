import { once } from 'node:events';
import { exitCodes, numberOption, wrongUsage, type Command } from '../command.ts';
import { isPort } from '../../browser/port.ts';
import { databaseFile } from '../../places.ts';
import { linesLog } from '../../lines-log.ts';

export const serveCommand: Command = {
  name: 'serve',
  takes: '',
  summary: 'Open the desk for a browser on this machine; Ctrl+C ends it.',
  options: {
    port: { type: 'string', value: 'N', help: 'Port on 127.0.0.1; any free one unless said otherwise.' },
    empty: { type: 'boolean', help: 'Do not load the demo into a database that was not there before.' },
  },
  async run(context) {
    const port = numberOption(context.values, 'port') ?? 0;
    if (!isPort(port)) throw wrongUsage('--port takes a number from 0 to 65535.');
    const { db, empty } = context.values;
    const { startBrowserHost } = await import('../../browser/host.ts');
    const host = await startBrowserHost({
      databaseFile: databaseFile(typeof db === 'string' ? db : undefined),
      port,
      firstRun: empty === true ? 'empty' : 'demo',
      log: linesLog('warn'),
      entryUrl: context.entryUrl,
    });
    context.output.result({ url: host.openUrl }, () => `Surewatt is at ${host.openUrl}`);
    const stopped = new Promise<void>((resolve) => context.signal.onCancel(resolve));
    await Promise.race([stopped, once(process, 'SIGTERM')]);
    await host.close();
    return exitCodes.done;
  },
};
