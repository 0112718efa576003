import { resolve } from 'node:path';
import type { BackupResult } from '../../../contract/desk.ts';
import { runJob } from '../ask.ts';
import { exitCodes, wrongUsage, type Command } from '../command.ts';
import { facts, number } from '../table.ts';
import { existingOf, forceOption } from '../written-file.ts';

export const backupCommand: Command = {
  name: 'backup',
  takes: '<file>',
  summary: 'Copy the database, whole and of one instant, while others may read and write it.',
  options: forceOption,
  async run(context) {
    const [file, ...more] = context.positionals;
    if (file === undefined || more.length > 0) throw wrongUsage('backup takes one file.');
    const request = { file: resolve(file), existing: existingOf(context.values) };
    const done = (await runJob(context, 'desk.backup', request)) as BackupResult;
    context.output.result(done, () =>
      facts([
        ['backup', done.file],
        ['bytes', number(done.bytes, 0)],
      ]),
    );
    return exitCodes.done;
  },
};
