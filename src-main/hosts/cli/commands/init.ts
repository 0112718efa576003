import { createAsk, runJob } from '../ask.ts';
import { exitCodes, type Command } from '../command.ts';
import { facts } from '../table.ts';

export const initCommand: Command = {
  name: 'init',
  takes: '',
  summary: 'Make the database, or bring an older one up to date; with --demo fill it with the bundled demo.',
  options: { demo: { type: 'boolean', help: 'Load the bundled site, telemetry and charging sessions.' } },
  async run(context) {
    const ask = await createAsk(context);
    if (context.values.demo === true) await runJob(context, 'desk.loadDemo', {});
    const { database, site, tomorrow } = await ask('desk.state', {});
    context.output.result({ database, site, tomorrow }, () =>
      facts([
        ['database', database.file],
        ['schema', database.schemaVersion],
        ['site', site ? `${site.name} (${site.zone}, ${site.aggregators.length} aggregators)` : 'none yet'],
        ['next day to plan', tomorrow ?? 'none: no telemetry yet'],
      ]),
    );
    return exitCodes.done;
  },
};
